"""The built-in provider among the server's routes."""

from starlette.applications import Starlette
from starlette.testclient import TestClient

from club.web import identity


def test_the_provider_stands_where_the_app_looks_for_it(context):
    auth = identity.auth_secrets(context, {"TOMOE_PORT": "8600"})["auth"]
    app = Starlette(routes=[identity.mount(context)])
    metadata = TestClient(app).get(auth["server_metadata_url"])

    assert metadata.json()["issuer"] == "http://localhost:8501/identity"
    assert metadata.json()["token_endpoint"] == "http://localhost:8600/identity/token"


def test_the_port_is_that_of_the_address_unless_the_server_listens_on_another(context):
    auth = identity.auth_secrets(context, {})["auth"]

    assert auth["server_metadata_url"].startswith("http://localhost:8501/identity/")

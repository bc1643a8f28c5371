"""One apology with a reference; the log has the rest."""

import json

from streamlit.testing.v1 import AppTest

from club import logs


def test_a_person_gets_a_reference_and_the_log_the_trace(capsys):
    def script():
        from pages.parts.apology import apologise  # noqa: PLC0415 - the script is run by itself

        apologise(LookupError())

    logs.configure(readable=False)
    at = AppTest.from_function(script, default_timeout=30).run()
    lines = [line for line in capsys.readouterr().err.splitlines() if line.startswith("{")]

    told = json.loads(lines[-1])
    assert told["reference"] in at.error[0].value
    assert told["exception"][0]["exc_type"] == "LookupError"

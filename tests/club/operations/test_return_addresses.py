"""Where a visitor was going before they signed in."""

from club.operations.signing_in import leave_return_address, take_return_address
from club.store.tables import return_addresses


def test_a_visitor_comes_back_once_to_where_they_were_going(context, clock):
    leave_return_address(context, "cookie", "/pledge?round=r1")
    leave_return_address(context, "cookie", "results?round=r2")
    leave_return_address(context, "another", "pledge")

    assert take_return_address(context, "cookie") == "results?round=r2"
    assert take_return_address(context, "cookie") is None
    clock.forward(minutes=16)
    assert take_return_address(context, "another") is None
    assert take_return_address(context, None) is None


def test_only_pages_of_the_club_are_come_back_to(context):
    for path in ("//evil.example", "https://evil.example/x", "auth/logout", ""):
        leave_return_address(context, "cookie", path)

    assert take_return_address(context, "cookie") is None


def test_an_address_put_into_the_database_by_hand_leads_nowhere_else(context):
    leave_return_address(context, "cookie", "pledge")
    with context.database.write() as tx:
        tx.execute(return_addresses.update().values(path="//evil.example"))

    assert take_return_address(context, "cookie") is None

"""What an outside provider says of people who sign in there."""

from club.operations.signing_in import who

ISSUER = "https://login.example/tenant"


def claims(context, email, **changed):
    """What an outside provider says of somebody who has just signed in."""
    now = int(context.now().timestamp())
    return {
        "is_logged_in": True,
        "iss": ISSUER,
        "sub": f"subject of {email}",
        "nonce": "n1",
        "email": email,
        "email_verified": True,
        "name": "鈴木 一郎",
        "locale": "en-GB",
        "iat": now,
        "auth_time": now,
    } | changed


def see(context, given):
    return who(context, given, issuer=ISSUER)

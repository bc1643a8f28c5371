from club.documents import Issuer, issuer_of
from club.settings import read


def test_the_issuer_is_the_club_of_the_settings():
    issuer = issuer_of(
        read(
            {
                "TOMOE_CLUB_NAME_JA": "見本クラブ",
                "TOMOE_CLUB_NAME_EN": "Sample Club",
                "TOMOE_CLUB_REGISTRATION_NUMBER": "",
                "TOMOE_CLUB_ADDRESS": "東京都",
                "TOMOE_CLUB_BANK": "見本銀行",
            }
        )
    )

    assert issuer == Issuer(
        name_ja="見本クラブ",
        name_en="Sample Club",
        address="東京都",
        registration_number=None,
        bank="見本銀行",
    )

"""Certificates and holdings, before and after the credits are retired."""

import pytest

from club.documents import write_certificate
from club.domain.organisations import Kind
from club.i18n import Speech
from club.operations.delivering import accept_delivery, record_delivery
from club.operations.retiring import RetirementTerms, issue_certificates, record_retirement
from club.operations.viewing.holdings import certificate_paper, my_certificates
from pages.holding import certificates, holdings
from pages.holding.lines import exact
from tests.bought import a_bought_round
from tests.builders import NOON, join
from tests.pages.reading import as_read

LANGUAGES = ["ja", "en"]
SERIALS = ("JCR-1-1001 to 1117", "JCR-2-1001 to 1116")


def say(language, id, **facts):
    return Speech(language, "Asia/Tokyo").say(id, **facts)


def texts(at):
    return "\n".join(each.value for each in (*at.markdown, *at.caption, *at.subheader))


def deliver(context, bought):
    found = []
    for seller, award, serials in zip(bought.sellers, bought.awards, SERIALS, strict=True):
        delivery = record_delivery(
            context, seller, request_id=award.id, award_id=award.id, serials=serials
        )
        found.append(
            accept_delivery(
                context, bought.facilitator, request_id=award.id, delivery_id=delivery.id
            )
        )
    return found


def retire(context, bought):
    for delivery, serials in zip(deliver(context, bought), SERIALS, strict=True):
        terms = RetirementTerms(
            serials=serials,
            retired_on=NOON.date(),
            registry_reference="RET-1",
            beneficiary="Tomoe",
            purpose_ja="試験のため",
            purpose_en="For a test",
        )
        record_retirement(
            context,
            bought.facilitator,
            request_id=f"retire {delivery.id}",
            delivery_id=delivery.id,
            terms=terms,
        )


@pytest.fixture
def bought(context):
    return a_bought_round(context)


@pytest.fixture
def certified(context, bought):
    retire(context, bought)
    issue_certificates(context, bought.facilitator, request_id="issue", round_id=bought.round_.id)
    return bought


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("screen", "empty"),
    [(certificates, "holding.no_certificates"), (holdings, "holding.no_holdings")],
    ids=["certificates", "holdings"],
)
def test_before_a_first_round_it_says_what_will_be_here(
    open_screen, context, screen, empty, language
):
    at = open_screen(screen.render, join(context), language)

    assert not at.exception
    assert at.info[0].value == say(language, empty)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_shared_out_is_on_its_way_until_it_is_delivered(
    open_screen, context, bought, language
):
    at = open_screen(holdings.render, bought.members[0], language)
    assert [each.value for each in at.metric] == ["100.000 t", "0 kg", "0 kg"]

    deliver(context, bought)

    at = open_screen(holdings.render, bought.members[0], language)
    assert [each.value for each in at.metric] == ["0 kg", "100.000 t", "0 kg"]
    assert at.info[0].value == say(language, "holding.no_units")


@pytest.mark.parametrize("language", LANGUAGES)
def test_retired_kilograms_stand_with_the_serials_behind_them(open_screen, certified, language):
    at = open_screen(holdings.render, certified.members[0], language)

    assert not at.exception
    assert [each.value for each in at.metric] == ["0 kg", "0 kg", "100.000 t"]
    lots, units = map(as_read, at.table)
    assert say(language, "holding.held_kg") not in lots.columns
    serials = set(units[say(language, "words.field.serials")])
    assert serials == {"JCR-1-1001 – JCR-1-1117", "JCR-2-1001 – JCR-2-1116"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_certificate_stands_with_its_check_and_its_lines(
    open_screen, context, certified, language
):
    member = certified.members[0]
    (certificate,) = my_certificates(context, member)

    at = open_screen(certificates.render, member, language)

    assert not at.exception
    assert say(language, "holding.certified", count=1, total_kg=100_000) in texts(at)
    assert at.get("link_button")[0].proto.url.endswith(f"/verify/{certificate.token}")
    lines = as_read(at.table[0])
    assert set(lines[say(language, "words.field.registry_reference")]) == {"RET-1"}


def test_the_paper_behind_the_button_is_a_pdf(context, certified):
    member = certified.members[0]
    (certificate,) = my_certificates(context, member)

    paper = certificate_paper(context, member, certificate.id)

    assert write_certificate(paper).startswith(b"%PDF")


def test_the_lines_of_the_file_add_up_to_the_certificate(context, certified):
    member = certified.members[1]
    (certificate,) = my_certificates(context, member)
    paper = certificate_paper(context, member, certificate.id)

    rows = [exact(paper.number, batch) for batch in paper.batches]

    assert sum(row["quantity_kg"] for row in rows) == certificate.quantity_kg


def test_another_members_certificate_is_not_shown(open_screen, context, certified):
    at = open_screen(certificates.render, join(context), "en")

    assert at.info[0].value == say("en", "holding.no_certificates")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_club_sees_what_is_left_of_last_units(open_screen, context, bought, language):
    club = bought.facilitator
    at = open_screen(holdings.render, club, language)
    assert at.info[0].value == say(language, "holding.no_custody")

    deliver(context, bought)

    at = open_screen(holdings.render, club, language)
    assert at.title[0].value == say(language, "holding.custody")
    assert [each.value for each in at.metric] == ["100 kg", "0 kg"]


def test_holdings_are_members_and_the_clubs_screens(visit_of, context):
    from pages.holding import SCREENS  # noqa: PLC0415 - the package's own names are used above

    supplier = visit_of(join(context, Kind.SUPPLIER))

    assert [screen.path for screen in SCREENS if screen.is_for(supplier)] == []

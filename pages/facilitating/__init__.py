"""What the club's own people use: rounds, organisations, the books, the chains."""

from club.domain.organisations import Kind, Role
from pages.facilitating import (
    auction_desk,
    audit,
    catalogue_desk,
    health,
    low_prices,
    organisations,
    pass_desk,
    question_statistics,
    round_desk,
    round_form,
    rounds_desk,
    treasury,
)
from pages.parts.screens import Screen

OPERATOR = frozenset({Kind.OPERATOR})
FACILITATOR = frozenset({Role.FACILITATOR})
WATCHING = frozenset({Role.FACILITATOR, Role.AUDITOR})
BOOKKEEPERS = frozenset({Role.TREASURER, Role.AUDITOR, Role.FACILITATOR})

SCREENS: tuple[Screen, ...] = (
    Screen(
        "rounds_desk",
        "facilitate",
        ":material/event_note:",
        rounds_desk.render,
        roles=WATCHING,
        kinds=OPERATOR,
    ),
    Screen(
        "round_form",
        "facilitate",
        ":material/edit_calendar:",
        round_form.render,
        roles=FACILITATOR,
        kinds=OPERATOR,
        in_menu=False,
    ),
    Screen(
        "round_desk",
        "facilitate",
        ":material/desk:",
        round_desk.render,
        roles=WATCHING,
        kinds=OPERATOR,
        in_menu=False,
    ),
    Screen(
        "auction_desk",
        "facilitate",
        ":material/gavel:",
        auction_desk.render,
        roles=WATCHING,
        kinds=OPERATOR,
        in_menu=False,
    ),
    Screen(
        "low_prices",
        "facilitate",
        ":material/price_check:",
        low_prices.render,
        roles=WATCHING,
        kinds=OPERATOR,
    ),
    Screen(
        "organisations",
        "facilitate",
        ":material/apartment:",
        organisations.render,
        roles=FACILITATOR,
        kinds=OPERATOR,
    ),
    Screen(
        "pass_desk",
        "facilitate",
        ":material/workspace_premium:",
        pass_desk.render,
        roles=FACILITATOR,
        kinds=OPERATOR,
    ),
    Screen(
        "catalogue_desk",
        "facilitate",
        ":material/library_add:",
        catalogue_desk.render,
        roles=FACILITATOR,
        kinds=OPERATOR,
    ),
    Screen(
        "question_statistics",
        "facilitate",
        ":material/query_stats:",
        question_statistics.render,
        roles=FACILITATOR,
        kinds=OPERATOR,
    ),
    Screen(
        "treasury",
        "facilitate",
        ":material/account_balance:",
        treasury.render,
        roles=BOOKKEEPERS,
        kinds=OPERATOR,
    ),
    Screen(
        "audit",
        "facilitate",
        ":material/link:",
        audit.render,
        roles=WATCHING,
        kinds=OPERATOR,
    ),
    Screen(
        "health",
        "facilitate",
        ":material/monitor_heart:",
        health.render,
        roles=FACILITATOR,
        kinds=OPERATOR,
    ),
)

"""Every table there is; a test holds them equal to what the migrations make."""

from club.store.tables.accounts import (
    authorization_codes,
    credentials,
    return_addresses,
    sign_ins,
    tokens,
    tries,
)
from club.store.tables.after import (
    batches,
    certificate_lines,
    certificates,
    deliveries,
    entries,
    invoices,
    numbers,
    postings,
)
from club.store.tables.catalogue import lots, projects
from club.store.tables.falling import falls, next_bests, price_flags, questions
from club.store.tables.journal import audit_heads, audit_links, notices, requests
from club.store.tables.learning import (
    answers,
    attempts,
    later_answers,
    pass_certificates,
    review_answers,
)
from club.store.tables.live import live_events, live_presence, live_pulses
from club.store.tables.openers import opener_keys, opener_shares, openers, openings
from club.store.tables.people import (
    invitations,
    join_requests,
    organisations,
    people,
    terms_acceptances,
)
from club.store.tables.practising import practice_rounds
from club.store.tables.rounds import (
    allocations,
    awards,
    clearings,
    envelopes,
    explanations,
    offers,
    pledge_history,
    pledges,
    round_auctions,
    round_keys,
    round_suppliers,
    rounds,
)
from club.store.tables.schema import metadata

__all__ = [
    "allocations",
    "answers",
    "attempts",
    "audit_heads",
    "audit_links",
    "authorization_codes",
    "awards",
    "batches",
    "certificate_lines",
    "certificates",
    "clearings",
    "credentials",
    "deliveries",
    "entries",
    "envelopes",
    "explanations",
    "falls",
    "invitations",
    "invoices",
    "join_requests",
    "later_answers",
    "live_events",
    "live_presence",
    "live_pulses",
    "lots",
    "metadata",
    "next_bests",
    "notices",
    "numbers",
    "offers",
    "opener_keys",
    "opener_shares",
    "openers",
    "openings",
    "organisations",
    "pass_certificates",
    "people",
    "pledge_history",
    "pledges",
    "postings",
    "practice_rounds",
    "price_flags",
    "projects",
    "questions",
    "requests",
    "return_addresses",
    "review_answers",
    "round_auctions",
    "round_keys",
    "round_suppliers",
    "rounds",
    "sign_ins",
    "terms_acceptances",
    "tokens",
    "tries",
]

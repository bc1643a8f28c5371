"""One round of the demonstration as a script: what is done at which instant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from auctions.envelopes import one_price
from club.demo import acts
from club.demo.files import (
    AuctionPage,
    BidPage,
    EndingPage,
    LotPage,
    OfferPage,
    PledgePage,
    RoundPage,
    UnitsPage,
)
from club.demo.stage import Stage
from club.domain.auction_terms import AuctionTerms
from club.operations.bidding import BidTerms
from club.operations.pledging import PledgeTerms
from club.operations.retiring import RetirementTerms

Scene = tuple[datetime, Callable[[], object]]
MORNING, TEN, ELEVEN, CLOSING = 9, 10, 11, 17
YESTERDAY = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Days counted from today, where the club is."""

    today: date
    zone: ZoneInfo

    def on(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def at(self, days: int, hour: int) -> datetime:
        return datetime.combine(self.on(days), time(hour), self.zone).astimezone(UTC)


@dataclass(slots=True, kw_only=True)
class StoryRound:
    """A round of the script, played as far as today."""

    page: RoundPage
    stage: Stage
    days: Days
    lots: Mapping[str, tuple[LotPage, str]]
    """Each lot's page and, once it is entered, its id, by key."""
    required_modules: frozenset[str]
    id: str = ""
    """Known once the round is drafted."""

    def scenes(self) -> Iterator[Scene]:
        page = self.page
        yield self.days.at(page.opens_days, MORNING), self._open
        for number, pledge in enumerate(page.pledges):
            yield self._pledging_at(number), partial(self._pledge, pledge)
        if page.pledging_closes_days <= YESTERDAY:
            yield (
                self.days.at(page.pledging_closes_days, CLOSING),
                lambda: acts.close_pledging(self.stage, self.id),
            )
        for offer in page.offers:
            after = page.pledging_closes_days + 1
            yield (
                self.days.at(after if offer.days is None else offer.days, ELEVEN),
                partial(self._offer, offer),
            )
        for number, bid in enumerate(page.bids):
            at = self.days.at(page.pledging_closes_days + 1, ELEVEN + number)
            yield at, partial(self._bid, bid)
        if page.ending is not None:
            yield (
                self.days.at(page.bidding_closes_days, CLOSING),
                lambda: acts.clear(self.stage, self.id),
            )
            yield from self._ending(page.ending)

    def _ending(self, ending: EndingPage) -> Iterator[Scene]:
        stage = self.stage
        serials = {self.lots[u.lot][1]: u.serials for u in ending.units}
        terms = {self.lots[units.lot][1]: self._retired(ending, units) for units in ending.units}
        at = self.days.at
        texts = {self.lots[each.lot][1]: each.text for each in ending.explanations}
        yield at(ending.explained_days, TEN), lambda: acts.explain(stage, self.id, texts)
        yield at(ending.agreed_days, TEN), lambda: acts.agree(stage, self.id)
        yield at(ending.paid_days, TEN), lambda: acts.pay(stage, self.id)
        yield at(ending.delivered_days, TEN), lambda: acts.deliver(stage, self.id, serials)
        yield at(ending.accepted_days, TEN), lambda: acts.accept(stage, self.id)
        yield at(ending.retired_days, TEN), lambda: acts.retire(stage, self.id, terms)
        yield at(ending.certified_days, TEN), lambda: acts.certify(stage, self.id)

    def _retired(self, ending: EndingPage, units: UnitsPage) -> RetirementTerms:
        return RetirementTerms(
            serials=units.serials,
            retired_on=self.days.on(ending.retired_days),
            registry_reference=units.reference,
            beneficiary=ending.beneficiary,
            purpose_ja=ending.purpose_ja,
            purpose_en=ending.purpose_en,
        )

    def _pledging_at(self, number: int) -> datetime:
        """A day after another from the second on, none later than yesterday or the last day."""
        last = min(self.page.pledging_closes_days - 1, YESTERDAY)
        return self.days.at(min(self.page.opens_days + 1 + number, last), ELEVEN + number)

    def _open(self) -> None:
        page, at = self.page, self.days.at
        acts.accept_terms(self.stage)
        terms = acts.round_terms(
            page,
            opens_at=at(page.opens_days, TEN),
            pledging_closes_at=at(page.pledging_closes_days, CLOSING),
            bidding_closes_at=at(page.bidding_closes_days, CLOSING),
            required_modules=self.required_modules,
            auction=self._auction(page.auction),
        )
        self.id = acts.open_round(self.stage, terms, page.suppliers).id

    def _auction(self, page: AuctionPage | None) -> AuctionTerms | None:
        if page is None:
            return None
        end = self.days.at(self.page.bidding_closes_days, CLOSING)
        return AuctionTerms(
            format=page.format,
            decrement_per_t=page.decrement_per_t,
            window_s=page.window_s,
            hard_end_at=end + timedelta(minutes=page.hard_end_minutes),
        )

    def _bid(self, bid: BidPage) -> None:
        lot, lot_id = self.lots[bid.lot]
        terms = BidTerms(
            quantity_kg=bid.quantity_kg, price_per_t=bid.price_per_t, minimum_kg=bid.minimum_kg
        )
        acts.bid(self.stage, lot.supplier, self.id, lot_id=lot_id, terms=terms)

    def _pledge(self, pledge: PledgePage) -> None:
        terms = PledgeTerms(
            quantity_kg=pledge.quantity_kg,
            limit_per_t=pledge.limit_per_t,
            minimum_kg=pledge.minimum_kg,
        )
        acts.pledge(self.stage, pledge.member, self.id, terms, is_approved=pledge.is_approved)

    def _offer(self, offer: OfferPage) -> None:
        lot, lot_id = self.lots[offer.lot]
        terms = one_price(
            quantity_kg=offer.quantity_kg,
            price_per_t=offer.price_per_t,
            minimum_kg=offer.minimum_kg,
        )
        acts.offer(self.stage, lot.supplier, self.id, lot_id=lot_id, offer_terms=terms)

"""What the club's rules can refuse, as a tree of classes that carry facts and no sentences.

* ClubError
  + Refused                    a rule says no; the person can change the request
    - InputRefused             what was typed cannot be read or is out of bounds
    - PhaseRefused             too early, too late, or already over
    - TermsRefused             what was asked for breaks a term of the round
    - StandingRefused          the organisation may not do this now
  + NotAllowed                 the person's role does not permit it
  + NotFound                   there is no such thing, or it is not theirs to see

Every refusal has a code; the sentence for it stands in `data/locale/*/errors.po` under
`errors.<code>`, with the facts as its blanks. A fact whose name ends in a unit (`left_kg`,
`price_per_t`, `total_jpy`, `closed_at`) is shown in the reader's own format.
"""

from __future__ import annotations


class ClubError(Exception):
    """Base of everything a person may be told."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


class Refused(ClubError):
    """A rule says no; the request can be changed."""


class InputRefused(Refused):
    """What was typed cannot be read, or is out of bounds; `field` says where."""


class PhaseRefused(Refused):
    """Too early, too late, or already over."""


class TermsRefused(Refused):
    """What was asked for breaks a term of the round, of a lot, or of a rule of the club."""


class StandingRefused(Refused):
    """The organisation may not do this now."""


class NotAllowed(ClubError):
    """The person's role does not permit it."""

    def __init__(self) -> None:
        super().__init__("not_allowed")


class NotFound(ClubError):
    """There is no such thing, or it is not theirs to see: the two look alike on purpose."""

    def __init__(self) -> None:
        super().__init__("not_found")


CODES = frozenset(
    {
        "not_allowed",
        "not_found",
        # what was typed
        "missing",
        "not_a_number",
        "not_positive",
        "not_whole_kg",
        "not_a_share",
        "too_large",
        "too_long",
        "not_an_email",
        "not_a_date",
        "dates_out_of_order",
        "date_in_future",
        "unknown_choice",
        "not_all_chosen",
        "chosen_twice",
        "same_answer",
        # a sheet
        "sheet_too_large",
        "sheet_locked_or_old",
        "sheet_unreadable",
        "sheet_too_many_rows",
        "sheet_heads_differ",
        "sheet_empty",
        "outside_the_sheet",
        "only_in_first_row",
        "unknown_lot",
        # a question file
        "question_file_not_utf8",
        "question_file_control_mark",
        "question_file_too_large",
        "question_file_not_xml",
        "question_file_not_a_quiz",
        "question_file_declares_entities",
        "question_file_empty",
        "question_file_unknown_suffix",
        "question_file_not_our_json",
        # when
        "pledging_not_open",
        "pledging_closed",
        "bidding_not_open",
        "bidding_closed",
        "auction_closed",
        "auction_paused",
        "auction_not_paused",
        "clock_stopped",
        "end_not_later",
        "beyond_hard_end",
        "wrong_phase",
        "already_done",
        "takes_too_long",
        "not_proved",
        "older_result",
        "changed_meanwhile",
        "already_retired",
        "delivery_not_accepted",
        "not_all_retired",
        # terms of an auction
        "not_in_this_format",
        "not_with_this_pricing",
        "not_without_openers",
        "openers_out_of_range",
        # openers of a sealed round
        "openers_miscounted",
        "not_an_opener",
        "passphrase_too_weak",
        "passphrases_differ",
        "passphrase_fixed",
        "passphrase_wrong",
        "opening_not_begun",
        "opening_late",
        "opening_over",
        "share_given",
        "share_damaged",
        "duplicate_rule",
        "duplicate_order",
        "too_many_rules",
        "empty_set",
        "unknown_attribute",
        "no_bound",
        "share_out_of_range",
        "cap_of_nothing",
        "minimum_above_maximum",
        "minimums_above_maximum",
        "too_few_suppliers",
        "minimum_award_out_of_range",
        "duplicate_id",
        "bad_id",
        "values_too_fine",
        "too_many_criteria",
        "answers_out_of_range",
        "negative_value",
        "values_reach_one",
        # terms of a round
        "pool_full",
        "below_member_minimum",
        "above_member_maximum",
        "minimum_above_quantity",
        "limit_above_ceiling",
        "price_above_ceiling",
        "prices_not_rising",
        "too_many_steps",
        "not_answered",
        "price_moved",
        "improvement_too_small",
        "no_lower_price",
        "quantity_lowered",
        "quantity_raised",
        "minimum_raised",
        "clock_left",
        "no_bid_yet",
        "no_proxy",
        "floor_too_high",
        "decrement_too_fine",
        "no_pledge",
        "no_offer",
        "not_invited",
        "lot_of_another",
        "lot_exhausted",
        "lot_bound",
        "project_known",
        "not_a_supplier",
        "units_mismatch",
        "serials_overlap",
        "serials_outside",
        "serials_unreadable",
        "delivery_late",
        "explaining_over",
        "not_explained",
        "answering_over",
        "award_falling",
        "award_delivered",
        "awards_in_question",
        "payment_differs",
        "evidence_missing",
        # standing
        "organisation_not_approved",
        "terms_not_accepted",
        "module_not_passed",
        "quorum_not_met",
        "quorum_lacks_duty",
        "wait_before_next_try",
        "buyer_and_seller",
        "needs_another_person",
        "pass_of_ones_own",
        "nothing_to_certify",
        # joining
        "invitation_unknown",
        "invitation_used",
        "invitation_expired",
        "already_member",
        "last_of_its_role",
        "password_too_short",
        "password_too_common",
        "passwords_differ",
    }
)
"""Every code a refusal may carry; a test holds it equal to the sentences and to the raises."""

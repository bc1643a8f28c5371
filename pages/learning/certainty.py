"""How sure one was and how right: the points beside the score, and the calibration."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import streamlit as st

from club.operations.viewing.certainty import my_certainty
from curriculum.confidence import Calibration, Points
from curriculum.figures import Untold
from pages.learning.way import percent
from pages.parts import forms
from pages.parts.tables import table
from pages.parts.visit import Visit


def mine(visit: Visit) -> None:
    """One's own answers at each level: how many, and how often right."""
    st.subheader(visit.say("learning.certainty.title"))
    own = forms.read(visit, lambda: my_certainty(visit.context, visit.actor))
    if own is None:
        return
    if own.points.n == 0:
        st.info(visit.say("learning.certainty.none"), icon=":material/psychology:")
        return
    st.markdown(visit.say("learning.certainty.explained"))
    table(visit, [_row(visit, level) for level in own.levels], name="certainty")
    tell_points(visit, own.points)


def tell_points(visit: Visit, points: Points) -> None:
    """Say what certainty earned, where anybody said how sure they were."""
    if points.n:
        earned = round(Decimal(points.earned.numerator) / points.earned.denominator, 1)
        facts = {"count": points.n, "earned": earned, "most": points.most}
        st.caption(visit.say("learning.certainty.points", **facts))


def _row(visit: Visit, level: Calibration) -> dict[str, object]:
    return {
        visit.say("learning.certainty.level"): visit.say(f"learning.confidence.{level.confidence}"),
        visit.say("learning.certainty.answers"): level.n,
        visit.say("learning.certainty.right"): _share(visit, level),
    }


def _share(visit: Visit, level: Calibration) -> str:
    if isinstance(level.right, Untold):
        return visit.say("learning.certainty.too_few", n=level.n)
    return f"{percent(Fraction(level.right))}%"

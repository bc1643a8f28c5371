"""What members have: certificates, and kilograms with the units behind them."""

from club.domain.organisations import Kind
from pages.holding import certificates, holdings
from pages.parts.screens import Screen

MEMBERS = frozenset({Kind.MEMBER})
HOLDERS = frozenset({Kind.MEMBER, Kind.OPERATOR})

SCREENS: tuple[Screen, ...] = (
    Screen("holdings", "hold", ":material/inventory_2:", holdings.render, kinds=HOLDERS),
    Screen("certificates", "hold", ":material/verified:", certificates.render, kinds=MEMBERS),
)
"""The club's own holdings are what it keeps in custody."""

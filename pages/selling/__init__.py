"""What a supplier does: lots, sealed offers, awards and their delivery."""

from club.domain.organisations import Kind, Role
from pages.parts.screens import Screen
from pages.selling import awards, explain, live, my_lots, offer, offers

SELLERS = frozenset({Role.SELLER})
SUPPLIERS = frozenset({Kind.SUPPLIER})

SCREENS: tuple[Screen, ...] = (
    Screen("offers", "sell", ":material/sell:", offers.render, SELLERS, SUPPLIERS),
    Screen("my_lots", "sell", ":material/forest:", my_lots.render, SELLERS, SUPPLIERS),
    Screen("awards", "sell", ":material/emoji_events:", awards.render, SELLERS, SUPPLIERS),
    Screen("live", "sell", ":material/gavel:", live.render, SELLERS, SUPPLIERS, in_menu=False),
    Screen(
        "explain",
        "sell",
        ":material/price_check:",
        explain.render,
        SELLERS,
        SUPPLIERS,
        in_menu=False,
    ),
    Screen("offer", "sell", ":material/lock:", offer.render, SELLERS, SUPPLIERS, in_menu=False),
)

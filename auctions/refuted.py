"""How a check says no."""


class Refuted(Exception):
    """A result breaks a rule: which rule, and where."""

    def __init__(self, what: str, where: str) -> None:
        super().__init__(what, where)
        self.what = what
        self.where = where


def require(holds: bool, what: str, where: str) -> None:
    """Raise Refuted unless a rule holds."""
    if not holds:
        raise Refuted(what, where)

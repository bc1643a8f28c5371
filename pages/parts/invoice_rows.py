"""An invoice's exact figures, as they are taken away."""

from __future__ import annotations

from club.domain.invoices import Invoice


def exact(invoice: Invoice) -> dict[str, object]:
    """One row of a CSV; amounts in yen, instants in UTC."""
    return {
        "number": invoice.number,
        "round_id": invoice.round_id,
        "quantity_kg": invoice.quantity_kg,
        "value_jpy": invoice.value_jpy,
        "fee_jpy": invoice.fee_jpy,
        "tax_percent": invoice.tax_percent,
        "tax_jpy": invoice.tax_jpy,
        "total_jpy": invoice.total_jpy,
        "issued_at": invoice.issued_at.isoformat(),
        "due_on": invoice.due_on.isoformat(),
        "paid_at": invoice.paid_at.isoformat() if invoice.paid_at else None,
        "paid_before_jpy": invoice.paid_before_jpy,
        "due_jpy": invoice.due_jpy,
        "replaces": invoice.replaces,
        "credit_number": invoice.credit_number,
        "credited_at": invoice.credited_at.isoformat() if invoice.credited_at else None,
    }

"""Papers as PDF: values in, bytes out; the same values are always the same bytes."""

from club.documents.award_note import AwardedLot, AwardNote, Priced, write_award_note
from club.documents.certificate import (
    CertificatePaper,
    RetiredBatch,
    certificate_content,
    certificate_digest,
    write_certificate,
)
from club.documents.invoice import InvoicedAward, InvoicePaper, write_invoice
from club.documents.parties import Issuer, Party, issuer_of
from club.documents.pass_certificate import PassPaper, write_pass_certificate

__all__ = [
    "AwardNote",
    "AwardedLot",
    "CertificatePaper",
    "InvoicePaper",
    "InvoicedAward",
    "Issuer",
    "Party",
    "PassPaper",
    "Priced",
    "RetiredBatch",
    "certificate_content",
    "certificate_digest",
    "issuer_of",
    "write_award_note",
    "write_certificate",
    "write_invoice",
    "write_pass_certificate",
]

"""Words in both languages, and the published documents they rest on."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from curriculum.blocks import Item

LANGUAGES = ("ja", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The same words in Japanese and in English."""

    ja: str
    en: str

    def in_language(self, language: str) -> str:
        return {"ja": self.ja, "en": self.en}[language]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A publication as it was read on a day; many pages do not say when they were published."""

    id: str
    title: Text
    url: str | None
    published_on: date | None
    read_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The place in a document that carries a statement."""

    document: Document
    clause: str

    def place(self, language: str) -> str:
        """Name the place as a reader finds it: one written `ja / en` keeps its English for those
        who read English, beside the words that stand in the document."""
        return self.clause.partition(" / ")[0] if language == "ja" else self.clause


def folded(words: str) -> str:
    """Write words as they are compared: NFKC, without case, single spaces within, none around."""
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())


def read_text(item: Item) -> Text:
    found = item.block(*LANGUAGES)
    return Text(ja=found["ja"].text(), en=found["en"].text())


def read_documents(item: Item) -> dict[str, Document]:
    documents: dict[str, Document] = {}
    for entry in item.items():
        document = _read_document(entry)
        if document.id in documents:
            entry.refuse("duplicate_id", f"The document {document.id!r} is listed twice.")
        documents[document.id] = document
    return documents


def _read_document(item: Item) -> Document:
    found = item.block("id", "title", "read_on", optional=["url", "published_on"])
    document = Document(
        id=found["id"].id(),
        title=read_text(found["title"]),
        url=found["url"].text() if "url" in found else None,
        published_on=found["published_on"].day() if "published_on" in found else None,
        read_on=found["read_on"].day(),
    )
    if document.published_on is not None and document.read_on < document.published_on:
        item.refuse("read_too_early", "This document was read before it was published.")
    if document.url is not None and not document.url.startswith("https://"):
        item.refuse("bad_url", "An address begins with https://.")
    return document


def read_sources(
    item: Item, documents: Mapping[str, Document], *, listed_in: str = "module.yaml"
) -> tuple[Source, ...]:
    return tuple(read_source(entry, documents, listed_in=listed_in) for entry in item.items())


def read_source(item: Item, documents: Mapping[str, Document], *, listed_in: str) -> Source:
    """Read one place in a document of those listed in the file of that name."""
    found = item.block("doc", "clause")
    id = found["doc"].id()
    if id not in documents:
        found["doc"].refuse("unknown_document", f"{listed_in} lists no document {id!r}.")
    return Source(document=documents[id], clause=found["clause"].text())

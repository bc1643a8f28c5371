"""A project's facts in the reader's words; what its source does not state is said to be so."""

from __future__ import annotations

from urllib.parse import urlsplit

from club.domain.lots import Label, Lot, Project
from club.operations.viewing.market import CatalogueRow, LotRow
from pages.parts.countries import country, prefecture
from pages.parts.programmes import programme
from pages.parts.visit import Visit


def place(visit: Visit, project: Project) -> str:
    """Region and country, or the country alone; the prefecture where no region is named."""
    region = visit.speech.text(project, "region")
    if not region and project.prefecture is not None:
        region = prefecture(visit, project.prefecture)
    where = country(visit, project.country)
    return visit.speech.say("market.place", region=region, country=where) if region else where


def vintage(visit: Visit, lot: Lot) -> str:
    return str(lot.vintage) if lot.vintage else visit.speech.say("words.not_stated")


def labels(visit: Visit, lot: Lot) -> str:
    """The lot's labels in the order in which the club lists them; nothing where it has none."""
    words = [visit.speech.word(label) for label in Label if label in lot.labels]
    return ("、" if visit.speech.language == "ja" else ", ").join(words)


def shorten(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def web_address(project: Project) -> str | None:
    """The source's address, where it is one that a browser opens."""
    url = project.source_url or ""
    return url if urlsplit(url).scheme in {"http", "https"} else None


def table_row(visit: Visit, row: CatalogueRow, each: LotRow | None) -> dict[str, object]:
    """One lot of a project, or the project where it has none."""
    project, say = row.project, visit.speech.say
    lot = each.lot if each else None
    return {
        say("market.project"): visit.speech.name(project),
        say("words.field.programme"): programme(visit, project.programme),
        say("market.filter.region"): place(visit, project),
        say("words.field.category"): visit.speech.word(project.category),
        say("words.field.mechanism"): visit.speech.word(project.mechanism),
        say("words.field.vintage"): vintage(visit, lot) if lot else say("market.no_lot"),
        say("words.field.quantity_kg"): visit.speech.kg(lot.quantity_kg) if lot else "",
        say("words.field.unit_kg"): visit.speech.kg(lot.unit_kg) if lot else "",
        say("words.field.supplier_id"): visit.speech.name(each.supplier) if each else "",
        say("words.field.source"): project.source,
        say("words.field.source_read_on"): visit.speech.on(project.source_read_on),
    }


def exact_row(row: CatalogueRow, each: LotRow | None) -> dict[str, object]:
    """The same for a spreadsheet: both languages, codes, whole numbers."""
    project = row.project
    lot = each.lot if each else None
    return {
        "project": project.id,
        "name_ja": project.name_ja,
        "name_en": project.name_en,
        "programme": project.programme,
        "registry_number": project.registry_number,
        "country": project.country,
        "region_ja": project.region_ja,
        "region_en": project.region_en,
        "prefecture": project.prefecture,
        "category": project.category.value,
        "mechanism": project.mechanism.value,
        "basis": project.basis.value,
        "methodology": project.methodology,
        "rating": project.rating,
        "vintage": lot.vintage if lot else None,
        "quantity_kg": lot.quantity_kg if lot else None,
        "unit_kg": lot.unit_kg if lot else None,
        "labels": " ".join(sorted(lot.labels)) if lot else None,
        "supplier_ja": each.supplier.name_ja if each else None,
        "supplier_en": each.supplier.name_en if each else None,
        "source": project.source,
        "source_url": project.source_url,
        "source_read_on": project.source_read_on.isoformat(),
    }

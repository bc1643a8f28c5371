"""A small glossary and a case study that are whole: what the tests change and break."""

from pathlib import Path

GLOSSARY = """\
documents:
  - {id: almanac, title: {ja: 潮汐表, en: Almanac}, read_on: 2026-11-01}
terms:
  - id: spring-tide
    term: {ja: 大潮, en: spring tide}
    reading: おおしお
    also: {ja: [満月の潮], en: [springs]}
    unlinked: {ja: [], en: [springs]}
    meaning: {ja: 大きな潮。, en: A great tide.}
    see: [neap-tide]
    modules: [tides]
    sources: [{doc: almanac, clause: "p. 4"}]
    review_by: 2027-03-01
  - id: neap-tide
    term: {ja: 小潮, en: neap tide}
    reading: こしお
    also: {ja: [], en: []}
    meaning: {ja: 小さな潮。, en: A small tide.}
    see: [spring-tide]
    modules: [tides]
    sources: [{doc: almanac, clause: "p. 5"}]
"""

CASE = """\
id: harbour
title: {ja: 港の話, en: A harbour}
who: {ja: 港, en: The harbour}
where: {ja: 浜, en: The shore}
when: {ja: 2025年, en: In 2025}
credits:
  - programme: {ja: 潮, en: Tide}
    kind: {ja: 海, en: Sea}
    quantity: "2.5"
    unit: {ja: t, en: t}
    status: {ja: 見込み, en: Expected}
    source: {doc: almanac, clause: "p. 6"}
  - programme: {ja: 潮, en: Tide}
    kind: {ja: 川, en: River}
    status: {ja: 未定, en: Not settled}
    source: {doc: almanac, clause: "p. 6"}
what_happened: {ja: 満ちました。, en: It rose.}
what_to_learn: {ja: また引きます。, en: It falls again.}
facts:
  - label: {ja: 高さ, en: Height}
    value: 2
    unit: {ja: m, en: m}
    source: {doc: almanac, clause: "p. 6"}
lessons:
  - {module: tides, lesson: high}
sources: [{doc: almanac, clause: "p. 6"}]
review_by: 2027-03-01
documents:
  - {id: almanac, title: {ja: 潮汐表, en: Almanac}, read_on: 2026-11-01}
"""


def write_glossary(folder: Path) -> Path:
    path = folder.joinpath("glossary.yaml")
    path.write_text(GLOSSARY, "utf-8")
    return path


def write_case(folder: Path, name: str = "01-harbour.yaml") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder.joinpath(name)
    path.write_text(CASE, "utf-8")
    return path

"""The workbook of a recorded run: its tables as whoever reads may have them."""

from __future__ import annotations

from collections.abc import Iterator

from ..text.diagnostic import Diagnostics
from .run_page import RunPage
from .workbook import workbook_of

FILE = "report.xlsx"


def run_workbook(page: RunPage, diagnostics: Diagnostics) -> bytes:
    """The bytes of the workbook; a table that Excel cannot hold is reported (X040)."""
    record = page.record
    return workbook_of(record["title"], record["policy"], _said(page), page.tables.values(), diagnostics)


def _said(page: RunPage) -> Iterator[tuple[str, str]]:
    record, data = page.record, page.record["data"]
    yield "Policy", record["policy"]
    yield "As of", f"{record['as_of']}, school year {record['school_year']}"
    for place, one in enumerate(record["sources"]):
        read = f"(read {one['read']})" if one["read"] else ""
        yield (
            "" if place else "Law and sources",
            " ".join(filter(None, [one["title"] or one["name"], one["url"], read])),
        )
    yield "Data", data["title"] or "untitled"
    if data["made_up"]:
        yield "Made up", data["note"] or "the data are made up"
    if page.public:
        yield "For everybody", "no row is about a person; numbers behind which fewer than ten persons stand are blank"
    else:
        yield "For inside", "rows may be about single persons; do not publish it"
    for place, one in enumerate(page.tables.values()):
        rows = f"{len(one.rows):,} row{'' if len(one.rows) == 1 else 's'}"
        yield "" if place else "Sheets", f"{one.name}: {rows}"
    yield "Made by", f"specie {record['engine']}"

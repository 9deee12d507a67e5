"""Long-term occupational projections of the states and the nation, as Projections Central publishes them.

Openings are per year, as published. The change is over the whole projection: what it is in a year is for policies
to say. Tables of single states (some give openings over ten years) have other headers and are refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date as Date
from pathlib import Path

from ..text.diagnostic import Diagnostics
from ..text.source import NOWHERE, Source, Span
from .labor_folder import PROJECTIONS, write_labor_folder
from .places import place_of
from .report import ImportReport
from .soc import is_soc_code, level_of
from .source_table import SourceComplaints, SourceTable, read_sources, records
from .standard_form import NOT_PUBLISHED, Key, Row, why
from .wanted_areas import check_areas_seen, read_areas

YEARS = (2022, 2032)
"""Base and projected year where nobody says them: the cycle of the bulk file, whose columns do not name it.

It is told by its national figures, which are those of the Bureau of Labor Statistics for 2022 to 2032.
"""

NO_BASE = "no change of a base that is published as 0"

COLUMNS = {
    "base_employment": "BASE",
    "projected_employment": "PROJECTED",
    "growth": "PERCENTCHANGE",
    "annual_openings": "AVGANNUALOPENINGS",
}
"""Column of the model → header (in capitals)."""

_HEADERS = (("STFIPS",), ("OCCCODE",), ("TITLE",), *((header,) for header in COLUMNS.values()))
_FORM = "a table of Projections Central"
_CURE = "take the long-term table, saved as CSV or TSV with its headers in the first line"
_WHOLE = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+")
_PERCENT = re.compile(r"-?[0-9]+(?:\.[0-9]{1,4})?")
_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")
_ZEROS = ("0", "0.0")
_MARK = re.compile(r"\s*\(SOC 20[0-9]{2}\)$")


@dataclass(slots=True)
class _Found:
    """What the tables have given so far; `years` are those that a table names itself."""

    wanted: tuple[str, ...]
    years: tuple[int, int] | None
    markets: dict[Key, Row] = field(default_factory=dict)
    lines: dict[Key, tuple[str, int]] = field(default_factory=dict)
    occupations: dict[Key, Row] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    vintages: set[str] = field(default_factory=set)
    rows_read: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    masked: Counter[str] = field(default_factory=Counter)


def import_projections(
    files: Sequence[Path],
    out: Path,
    diagnostics: Diagnostics,
    *,
    areas: tuple[str, ...] = (),
    base_year: int | None = None,
    projected_year: int | None = None,
    as_of: Date | None = None,
) -> ImportReport | None:
    """Write projections into the dataset `out`, beside the wages that an import of OEWS has put there, if any.

    `areas` are codes of the model (US, US-OH); without them every area is taken. Where the table has no columns
    BaseYear and ProjYear, the years are those given, else `YEARS`, with a warning (D052). Jobs and openings a year
    are counts, the growth is percent of the base. Nothing is written, and nothing comes back, where anything is
    wrong (D040 to D055).
    """
    own = Diagnostics()
    report = _import(files, out, own, areas, base_year, projected_year, as_of)
    diagnostics.extend(own.sorted())
    return report


def _import(
    files: Sequence[Path],
    out: Path,
    diagnostics: Diagnostics,
    areas: tuple[str, ...],
    base_year: int | None,
    projected_year: int | None,
    as_of: Date | None,
) -> ImportReport | None:
    wanted = read_areas(areas, diagnostics)
    sound_years = _check_years(base_year, projected_year, diagnostics)
    sound = read_sources(files, _HEADERS, _FORM, _CURE, diagnostics)
    if wanted is None or not sound_years or sound is None:
        return None
    given = (base_year, projected_year) if base_year and projected_year else None
    found = _Found(wanted, given)
    assumed = [table for table in sound if given is None and table.place("BASEYEAR") < 0]
    for table in assumed:
        span = Span(Source(table.name, table.text.partition("\n")[0]), 0, 0)
        help = f"say them, as in `--base-year {YEARS[0]} --projected-year {YEARS[1]}`"
        diagnostics.report("D052", span, help=help, file=table.name, base=YEARS[0], projected=YEARS[1])
    for table in sound:
        _read_table(table, found, diagnostics)
    check_areas_seen(wanted, found.seen, diagnostics)
    if diagnostics.has_errors:
        return None
    written = write_labor_folder(out, PROJECTIONS, found.markets, found.occupations, as_of, diagnostics)
    if written is None:
        return None
    vintage = ", ".join(sorted(found.vintages))
    notes = (f"years taken for granted: {YEARS[0]} to {YEARS[1]}",) if assumed else ()
    return ImportReport(
        source="projections",
        vintage=vintage,
        rows_read=found.rows_read,
        rows_written=len(found.markets),
        masked=dict(sorted(found.masked.items())),
        skipped=dict(sorted(found.skipped.items())),
        files=written,
        notes=notes,
    )


def _check_years(base: int | None, projected: int | None, diagnostics: Diagnostics) -> bool:
    if base is None and projected is None:
        return True
    if base and projected and 1900 <= base < projected <= 2200:
        return True
    help = "say both, the base first, as in `--base-year 2022 --projected-year 2032`"
    wanted = "two years, the first before the second"
    diagnostics.report("D054", NOWHERE, help=help, option="base-year and projected-year", wanted=wanted)
    return False


def _read_table(table: SourceTable, found: _Found, diagnostics: Diagnostics) -> None:
    """Add the rows of a table; complaints: D043, D044 and D048 to D050."""
    complaints = SourceComplaints(table, diagnostics)
    area_at, code_at, title_at = table.place("STFIPS"), table.place("OCCCODE"), table.place("TITLE")
    years_at = (table.place("BASEYEAR"), table.place("PROJYEAR"))
    columns = {name: table.place(header) for name, header in COLUMNS.items()}
    for line, cells in records(table, complaints):
        found.rows_read += 1
        if not cells:
            found.skipped["a blank row"] += 1
            continue
        place, code = place_of(cells[area_at]), cells[code_at]
        if place is None:
            help = "areas are FIPS codes, with or without their zero; the nation is 0"
            complaints.add("D049", line, area_at, help=help, value=cells[area_at])
            continue
        found.seen.add(place.code)
        if found.wanted and place.code not in found.wanted:
            found.skipped["an area that was not asked for"] += 1
            continue
        if not is_soc_code(code):
            help = "SOC codes look like 15-1252; spreadsheets turn some of them into dates"
            complaints.add("D048", line, code_at, help=help, value=code)
            continue
        key = (code, place.code)
        if key in found.lines:
            file, other = found.lines[key]
            where = f"line {other}" if file == table.name else f"line {other} of {file}"
            complaints.add("D050", line, code_at, help="leave one of the two out", row=" in ".join(key), other=where)
            continue
        found.lines[key] = (table.name, line)
        years = _years(cells, years_at, found, line, complaints)
        row = {"occupation": code, "area": place.code, "base_year": str(years[0]), "projected_year": str(years[1])}
        for name, at in columns.items():
            _read_cell(name, cells[at], line, at, row, found, complaints)
        if row["base_employment"] in _ZEROS and row["growth"] in _ZEROS:
            row["growth"], row[why("growth")] = "", NO_BASE
            found.masked[NO_BASE] += 1
        row["projection_vintage"] = f"{years[0]}-{years[1] % 100:02}"
        found.vintages.add(row["projection_vintage"])
        found.markets[key] = row
        title = _MARK.sub("", cells[title_at])
        found.occupations.setdefault((code,), {"code": code, "title": title, "level": level_of(code)})
    complaints.report()


def _years(
    cells: list[str], places: tuple[int, int], found: _Found, line: int, complaints: SourceComplaints
) -> tuple[int, int]:
    """The years of a row: those that it names itself, else those given, else those taken for granted."""
    if min(places) < 0:
        return found.years or YEARS
    base, projected = (cells[at] for at in places)
    if not (_YEAR.fullmatch(base) and _YEAR.fullmatch(projected) and base < projected):
        help = "the base year is before the projected year, both in four digits"
        value = f"`{base}` and `{projected}`"
        complaints.add("D044", line, places[0], help=help, column="BASEYEAR", value=value)
        return YEARS
    named = (int(base), int(projected))
    if found.years not in (None, named):
        help = f"leave the years out; the row says {base} to {projected}"
        complaints.add("D044", line, places[0], help=help, column="BASEYEAR", value=f"`{base}`, not the year given")
    return named


def _read_cell(name: str, text: str, line: int, at: int, row: Row, found: _Found, complaints: SourceComplaints) -> None:
    """Put a number into the row, or why there is none."""
    form = _PERCENT if name == "growth" else _WHOLE
    if form.fullmatch(text):
        row[name] = text.replace(",", "")
    elif not text:
        row[name], row[why(name)] = "", NOT_PUBLISHED
        found.masked[NOT_PUBLISHED] += 1
    else:
        wanted = "a number of percent such as 5.2" if name == "growth" else "a whole number"
        header = complaints.table.headers[at]
        complaints.add("D044", line, at, help=f"it takes {wanted}", column=header, value=f"`{text}`")
        row[name] = ""

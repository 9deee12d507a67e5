"""Wages and jobs of the Occupational Employment and Wage Statistics of the Bureau of Labor Statistics.

Two forms are read: tables with footnote columns (`-` and a code in `A_MEDIAN_FN`), and the older ones with symbols
in the cells (`*`, `**`, `#`), which hold postal codes instead of FIPS codes. Either may leave columns out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date as Date
from decimal import Decimal
from pathlib import Path

from ..text.diagnostic import Diagnostics
from ..text.source import NOWHERE, Source, Span
from .labor_folder import WAGES, write_labor_folder
from .oews_cells import ANNUAL, COUNTS, ERRORS, HOURLY, meanings, read_cell
from .places import Place, place_of
from .report import ImportReport
from .soc import is_soc_code, level_of
from .source_table import SourceComplaints, SourceTable, read_sources, records
from .standard_form import Key, Row, why
from .top_codes import TOP_CODES, TopCode, parse_top_code
from .wanted_areas import check_areas_seen, read_areas

_WAGES = {"mean": "MEAN", "p10": "PCT10", "p25": "PCT25", "median": "MEDIAN", "p75": "PCT75", "p90": "PCT90"}

COLUMNS = {
    "employment": ("TOT_EMP", COUNTS),
    "employment_error": ("EMP_PRSE", ERRORS),
    **{f"hourly_{name}": (f"H_{header}", HOURLY) for name, header in _WAGES.items()},
    **{f"annual_{name}": (f"A_{header}", ANNUAL) for name, header in _WAGES.items()},
    "mean_wage_error": ("MEAN_PRSE", ERRORS),
    "location_quotient": ("LOC_QUOTIENT", COUNTS),
}
"""Column of the model → header and kind. Columns that a table has not are left out of the dataset."""

_HEADERS = (("AREA", "PRIM_STATE"), ("OCC_CODE",), ("OCC_TITLE",), ("TOT_EMP",), ("A_MEDIAN",))
_FORM = "a table of the Occupational Employment and Wage Statistics"
_CURE = "take the national or the state table, saved as CSV or TSV with its headers in the first line"

_SMALLER = "an area smaller than a state"
_INDUSTRY = "one industry or one kind of owner only"
_NOT_WANTED = "an area that was not asked for"
_BLANK = "a blank row"

_RELEASE = re.compile(r"(20[0-9]{2})(?:-05)?")
_IN_NAME = re.compile(r"(?<![a-z])(?:may|m)[ _-]?(20[0-9]{2})(?![0-9])", re.IGNORECASE)
_ACROSS = {"I_GROUP": "cross-industry", "OWN_CODE": "1235", "NAICS": "000000"}


@dataclass(slots=True)
class _Found:
    """What the tables have given so far."""

    wanted: tuple[str, ...]
    markets: dict[Key, Row] = field(default_factory=dict)
    lines: dict[Key, tuple[str, int]] = field(default_factory=dict)
    occupations: dict[Key, Row] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    rows_read: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    masked: Counter[str] = field(default_factory=Counter)


def import_oews(
    files: Sequence[Path],
    out: Path,
    diagnostics: Diagnostics,
    *,
    areas: tuple[str, ...] = (),
    release: str = "",
    top_code: str = "",
    as_of: Date | None = None,
) -> ImportReport | None:
    """Write the tables of one release into the dataset `out`: areas, occupations and labor markets.

    `areas` are codes of the model (US, US-OH); without them every area is taken. `release` is the year of the release
    (`2025` or `2025-05`), which may also stand in the name of a file (`…_may2025…`, `…_M2025…`). `top_code` is, for
    releases that `TOP_CODES` has not, `115.00/239200`. Wages in the cells are USD per hour and USD per year; those
    above the top code are bounds. Nothing is written, and nothing comes back, where anything is wrong (D040 to D055).
    """
    own = Diagnostics()
    report = _import(files, out, own, areas, release, top_code, as_of)
    diagnostics.extend(own.sorted())
    return report


def _import(
    files: Sequence[Path],
    out: Path,
    diagnostics: Diagnostics,
    areas: tuple[str, ...],
    release: str,
    top_code: str,
    as_of: Date | None,
) -> ImportReport | None:
    wanted = read_areas(areas, diagnostics)
    sound = read_sources(files, _HEADERS, _FORM, _CURE, diagnostics)
    year = _release(sound, release, diagnostics) if sound else None
    top = _top_code(year, top_code, sound[0], diagnostics) if sound and year else None
    if wanted is None or sound is None or year is None or top is None:
        return None
    found = _Found(wanted)
    for table in sound:
        _read_table(table, f"{year}-05", top, found, diagnostics)
    check_areas_seen(wanted, found.seen, diagnostics)
    if diagnostics.has_errors:
        return None
    written = write_labor_folder(out, WAGES, found.markets, found.occupations, as_of, diagnostics)
    if written is None:
        return None
    said = "" if release else ", as the name of the file says"
    return ImportReport(
        source="oews",
        vintage=f"{year}-05",
        rows_read=found.rows_read,
        rows_written=len(found.markets),
        masked=dict(sorted(found.masked.items())),
        skipped=dict(sorted(found.skipped.items())),
        files=written,
        notes=(
            f"release of May {year}{said}",
            f"top code ${top.hourly} an hour, ${int(top.annual):,} a year: {top.source}",
        ),
    )


def _release(tables: Sequence[SourceTable], given: str, diagnostics: Diagnostics) -> int | None:
    """The year of the release: as given, else as the names of the files say; they are of one release (D045)."""
    if given:
        found = _RELEASE.fullmatch(given.strip())
        if found is None:
            help = "write the year of the release, as in `--release 2025`"
            diagnostics.report("D054", NOWHERE, help=help, option="release", wanted="a year such as `2025-05`")
        return int(found[1]) if found else None
    years: dict[int, str] = {}
    for table in tables:
        named = _IN_NAME.search(Path(table.name).name)
        if named is None:
            help = "say it, as in `--release 2025`; the release decides what the top code is"
            diagnostics.report("D045", _top(table), help=help, file=table.name, problem="its name does not say")
            return None
        years.setdefault(int(named[1]), table.name)
    if len(years) > 1:
        help = "import one release into one folder; wages of two releases are not compared row by row"
        problem = "the files are of several: " + ", ".join(str(year) for year in sorted(years))
        diagnostics.report("D045", _top(tables[-1]), help=help, file=tables[-1].name, problem=problem)
        return None
    return next(iter(years))


def _top_code(year: int, given: str, table: SourceTable, diagnostics: Diagnostics) -> TopCode | None:
    if given:
        top = parse_top_code(given)
        if top is None:
            help = "by the hour, a stroke, by the year: `--top-code 115.00/239200`"
            wanted = "two amounts such as `115.00/239200`"
            diagnostics.report("D054", NOWHERE, help=help, option="top-code", wanted=wanted)
        return top
    if year not in TOP_CODES:
        help = "see the notes of that release and say it, as in `--top-code 115.00/239200`"
        diagnostics.report("D046", _top(table), help=help, release=f"May {year}")
    return TOP_CODES.get(year)


def _top(table: SourceTable) -> Span:
    return Span(Source(table.name, table.text.partition("\n")[0]), 0, 0)


def _read_table(table: SourceTable, vintage: str, top: TopCode, found: _Found, diagnostics: Diagnostics) -> None:
    """Add the rows of a table; complaints: D043, D044 and D047 to D050."""
    complaints = SourceComplaints(table, diagnostics)
    area_at, code_at, title_at = table.place("AREA", "PRIM_STATE"), table.place("OCC_CODE"), table.place("OCC_TITLE")
    level_at = table.place("O_LEVEL", "O_GROUP")
    across = [(table.place(name), value) for name, value in _ACROSS.items() if table.place(name) >= 0]
    columns = [
        (name, kind, table.place(header), table.place(f"{header}_FN"))
        for name, (header, kind) in COLUMNS.items()
        if table.place(header) >= 0
    ]
    for line, cells in records(table, complaints):
        found.rows_read += 1
        place = place_of(cells[area_at]) if cells else None
        reason = _skip(cells, cells[area_at] if cells else "", place, across, found)
        if reason:
            found.skipped[reason] += 1
            continue
        code = cells[code_at]
        if place is None:
            help = "areas are FIPS codes (39), postal codes (OH) or the nation's 00, 0 and 99"
            complaints.add("D049", line, area_at, help=help, value=cells[area_at])
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
        level = level_of(code, cells[level_at] if level_at >= 0 else "")
        found.occupations.setdefault((code,), {"code": code, "title": cells[title_at], "level": level})
        row = {"occupation": code, "area": place.code}
        for name, kind, at, note_at in columns:
            text, note = cells[at], cells[note_at] if note_at >= 0 else ""
            cell = read_cell(kind, text, note, top)
            if cell is None:
                value = f"`{text}` with the footnote `{note}`" if note else f"`{text}`"
                help = f"known marks of this column are {meanings(kind)}"
                complaints.add("D044", line, at, help=help, column=table.headers[at], value=value)
                continue
            row[name], row[why(name)], counted = cell
            if counted:
                found.masked[counted] += 1
            elif note_at < 0 and _above(name, kind, cell[0], top):
                help = "name the release that the file is of, or its `--top-code`"
                limit = top.hourly if kind == HOURLY else top.annual
                complaints.add("D047", line, at, help=help, column=table.headers[at], value=f"`{text}`", top=limit)
        row["wage_vintage"] = vintage
        found.markets[key] = row
    complaints.report()


def _skip(cells: list[str], area: str, place: Place | None, across: list[tuple[int, str]], found: _Found) -> str:
    """Why a row is left out; empty where it is not."""
    if not cells:
        return _BLANK
    if any(cells[at] != value for at, value in across):
        return _INDUSTRY
    if place is None:
        return _SMALLER if area.isdigit() and len(area) >= 5 else ""
    found.seen.add(place.code)
    return _NOT_WANTED if found.wanted and place.code not in found.wanted else ""


def _above(name: str, kind: str, cell: str, top: TopCode) -> bool:
    """Whether a percentile is above the top code, in a form in which it would have been masked; means are not."""
    if kind in (COUNTS, ERRORS) or name.endswith("_mean"):
        return False
    return Decimal(cell) > Decimal(top.hourly if kind == HOURLY else top.annual)

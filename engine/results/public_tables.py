"""The tables of a recorded run for everybody: nothing of a person, and no number behind which few stand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from fractions import Fraction

from .table import Cell, ResultTable

FEWEST = 10
"""The smallest number of persons that is told, as on all public pages."""

LEFT_OUT = ("claims", "student_points", "within_caps", "caps", "definitions", "near_misses", "statistics", "held")
"""Tables with rows about persons, or with numbers and reasons that count few of them."""

REASONS = frozenset({"measured", "required", "margin", "reason", "why", "message"})
"""Columns with sentences and numbers that may count persons."""

COUNTED = ("n", "numerator", "denominator")
"""Columns of `indicators` that count persons."""

OF_LINE = frozenset(
    {"appropriation", "fiscal_year", "line", "how", "unspent_is", "cite", "school_year", "as_of", "policy"}
)
"""Columns of `allocation` that stay of a line that pays few persons."""

COUNTS = frozenset({*COUNTED, *(f"{name}_at_most" for name in COUNTED), "contribution", "unrounded"})
"""Columns of `indicators` with counts, or made of them with all digits."""

KEPT = frozenset(
    {"entity", "key", "name", "student_group", "indicator", "title", "status", "part_of", "weight", "reported", "cite",
     "school_year", "as_of", "policy", "rating", "rating_line", "override", "other_overrides", "lowest_rating",
     "highest_rating", "next_rating", "prior_school_year", "prior_rating", "scale"}
)  # fmt: skip
"""Columns of `indicators` and `ratings` that stay where the numbers of a row are hidden."""

FINDINGS = ("tie", "exception", "made_up")
"""Findings that count no persons."""

Row = dict[str, Cell]
Place = tuple[Cell, Cell]


def public_tables(tables: Mapping[str, ResultTable], personal: Collection[str]) -> dict[str, ResultTable]:
    """Rows about persons are left out, and whole tables of them; of schools, districts and the state, numbers behind
    which fewer than ten persons stand, or stand beside them, are blank, with all that they could be had from.
    """
    few = _few_rows(tables.get("indicators"))
    lines = {row["line"] for row in _rows(tables.get("payments")) if row["entity"] in personal}
    hiding: dict[str, Callable[[list[Row]], list[Row]]] = {
        "indicators": lambda rows: _indicators(rows, few),
        "ratings": lambda rows: [_rating(row, few) for row in rows],
        "allocation": lambda rows: [_allocation(row, lines) for row in rows],
        "reconciliation": _reconciliation,
        "findings": lambda rows: [row for row in rows if row["kind"] in FINDINGS],
    }
    found = {}
    for name, one in tables.items():
        if name in LEFT_OUT:
            continue
        kept = [row for row in _rows(one) if row.get("entity") not in personal]
        shown = hiding[name](kept) if name in hiding else [_without(row, REASONS) for row in kept]
        found[name] = ResultTable(one.name, one.columns, tuple(tuple(row.values()) for row in shown))
    return found


def _rows(one: ResultTable | None) -> list[Row]:
    return [] if one is None else [dict(zip(one.names, row, strict=True)) for row in one.rows]


def _without(row: Row, hidden: Collection[str]) -> Row:
    return {head: None if head in hidden else cell for head, cell in row.items()}


def _but(row: Row, kept: Collection[str]) -> Row:
    return {head: cell if head in kept else None for head, cell in row.items()}


def _number(cell: Cell) -> Fraction | None:
    return cell if isinstance(cell, Fraction) else None


def _are_few(*counts: Fraction | None) -> bool:
    return any(count is not None and 0 < abs(count) < FEWEST for count in counts)


# -- money ----------------------------------------------------------------------------------------------------------


def _allocation(row: Row, lines: Collection[Cell]) -> Row:
    """The row of a line: without its numbers where it pays few persons, without the count of few claims."""
    if row["line"] in lines and _are_few(_number(row["payees"])):
        return _but(row, OF_LINE)
    return _without(row, {"pending_claims"}) if _are_few(_number(row["pending_claims"])) else row


def _reconciliation(rows: list[Row]) -> list[Row]:
    """All steps of a line without their numbers where one of them is about few: the others would tell it."""
    few = {row["line"] for row in rows if _are_few(_number(row["claims"]), _number(row["students"]))}
    return [_without(row, {"claims", "students", "amount", "note"} if row["line"] in few else {"note"}) for row in rows]


# -- ratings --------------------------------------------------------------------------------------------------------


def _rating(row: Row, few: Mapping[Place, Collection[Cell]]) -> Row:
    """The row of a rating: without its reason, which counts persons, and without numbers made of few."""
    return _but(row, KEPT) if (row["entity"], row["key"]) in few else _without(row, REASONS)


def _indicators(rows: list[Row], few: Mapping[Place, Collection[Cell]]) -> list[Row]:
    """Rows without the numbers made of few, and where there are any, none of the same indicator with its counts: that
    of a district less those of its other schools would be what is hidden.
    """
    hidden = {name for names in few.values() for name in names}
    told = [_but(row, KEPT) if _is_few(row, few) else row for row in rows]
    return [_without(row, COUNTS) if row["indicator"] in hidden else row for row in told]


def _is_few(row: Row, few: Mapping[Place, Collection[Cell]]) -> bool:
    """Whether the numbers of an indicator's row are hidden: few stand behind it in any group of the same row, or it is
    made of others, such as a domain, behind which few stand.
    """
    hidden = few.get((row["entity"], row["key"]), ())
    return bool(hidden) and (row["indicator"] in hidden or row["n"] is None)


def _few_rows(indicators: ResultTable | None) -> dict[Place, set[Cell]]:
    """For each school, district or state, the indicators behind which few persons stand in any group."""
    found: dict[Place, set[Cell]] = {}
    rows = _rows(indicators)
    everybody = {(*_place(row), row["indicator"]): row["n"] for row in rows if row["student_group"] == "all_students"}
    for row in rows:
        if _stand_few(row, _number(everybody.get((*_place(row), row["indicator"])))):
            found.setdefault(_place(row), set()).add(row["indicator"])
    return found


def _place(row: Row) -> Place:
    return row["entity"], row["key"]


def _stand_few(row: Row, whole: Fraction | None) -> bool:
    """Whether fewer than ten stand behind a row, or count in it, or do not, or are outside of its group."""
    n, over, under = (_number(row[part]) for part in COUNTED)
    counts = [n]
    if over is not None and under is not None and under == n:
        counts += [over, under - over]
    if whole is not None and n is not None:
        counts.append(whole - n)
    return _are_few(*counts)

"""The named columns of every level that a generated policy has, as the oracle says they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any, TypeAlias

from tests.property.indicator_rules import Indicator
from tests.property.rating_policies import GROUPS, YEAR, Rules, World
from tests.property.ratings import ALL, NOT_APPLICABLE, NOT_RATED, PENDING, Figure, Row, Tally, figure, tally
from tests.property.ratings_index import Part, blend, domain, mean, rating, round_part
from tests.property.spans import OUT, Span, at, holds

ANY_NUMBER = Span(Fraction(0), Fraction(10**9))
"""A number of rows of which nothing is known."""
Expected: TypeAlias = dict[tuple[str, str], dict[str, Any]]


def expected(made: Rules, cells: World) -> Expected:
    """Level and key → column → what it holds."""
    found: Expected = {}
    places: dict[str, dict[str, list[Row]]] = {
        "school": {one["school_id"]: [one] for one in cells.schools},
        "district": {key: [one for one in cells.schools if one["district"] == key] for key in ("d0", "d1")},
        "state": {"state": list(cells.schools)},
    }
    for level in made.levels:
        for key, schools in places[level].items():
            names = {one["school_id"] for one in schools}
            rows: list[Row] = [one for one in cells.students if one["accountable_school"] in names]
            found[level, key] = _place(made, cells, level, key, rows, schools[0] if level == "school" else {})
    return found


def _place(made: Rules, cells: World, level: str, key: str, rows: list[Row], own: Row) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    figures: dict[str, dict[str, Figure]] = {}
    for group in (ALL, *made.groups):
        figures[group] = {}
        for one in made.indicators:
            if one.kind == "value" and group != ALL:
                continue
            made_ = _figure(one, cells, level, key, group, rows, own, _reader(figures[group], own), made)
            figures[group][one.name] = made_
            columns |= _columns(one, made_, one.name if group == ALL else f"{one.name}, {group}")
    indexes = {
        group: _index(made, figures[group], own, columns if group == ALL else {})
        for group in figures
        if group == ALL or made.blend
    }
    index = indexes[ALL]
    if made.blend:
        index, _ = blend(index, {g: one for g, one in indexes.items() if g != ALL}, made.blend, made.alone)
        for group, whole in indexes.items():
            given = made.rated_when is None or holds(made.rated_when, _reader({}, own)) is True
            columns[f"index, {group}"] = whole.value if given else None
    rated = True
    if made.rated_when:
        rated = holds(made.rated_when, _reader({}, own))
        if rated is not True and index.status not in (NOT_RATED, NOT_APPLICABLE):
            index = Part(PENDING if rated is None else NOT_RATED, included=None if rated is None else False)
    columns["index: unrounded"] = index.value
    index = round_part(index, made.index_round, made.index_how)
    columns["index"] = index.value
    read = _reader({**figures[ALL], **_domains(made, figures[ALL], own), "index": index}, own)
    verdict = rating(index, made.lines, made.overrides, rated, read)
    columns["rating"], columns["rating: status"] = verdict.rating, verdict.status
    return columns


def _reader(parts: Mapping[str, Figure | Part], own: Row) -> Callable[[str], Any]:
    def read(name: str) -> Any:
        if name not in parts:
            return own[name]
        return OUT if parts[name].included is False else parts[name].value

    return read


def _figure(
    one: Indicator, cells: World, level: str, key: str, group: str, rows: list[Row], own: Row,
    read: Callable[[str], Any], made: Rules,
) -> Figure:  # fmt: skip
    def years(back: int) -> Tally | None:
        year = YEAR - back
        test = None if group == ALL else GROUPS[group]
        own_ = tally(one, rows, test, year)
        if back == 0:
            return own_
        here = tally(one, cells.students, None, year).n
        recorded = _recorded(one, cells, (level, key, one.name, group, year))
        if here.low > 0:
            return own_
        return recorded if here.high == 0 else _either(own_, recorded)

    applies = holds(one.applies_when, read) if one.applies_when else True
    if made.table is not None and applies is not False:
        word = own["configuration"]
        place = [each.name for each in made.indicators].index(one.name)
        if word is None:
            parts = {cells_[place] > 0 for cells_ in made.table.values()}
            applies = applies if parts == {True} else None
        elif not made.table[word][place]:
            applies = False
    value = own.get(one.column)
    zero = holds(one.zero_when, read) if one.zero_when else False
    return figure(one, years, zero, applies, None if value is None else at(value))


def _recorded(one: Indicator, cells: World, key: tuple[object, ...]) -> Tally | None:
    for row in cells.prior:
        if tuple(row[name] for name in ("entity", "subject", "indicator", "student_group", "school_year")) == key:
            below = at(row["denominator"])
            return Tally(below, at(row["numerator"]), below, times=1 if one.kind == "mean" else 100)
    return None


def _either(left: Tally, right: Tally | None) -> Tally | None:
    """What both agree on, where it is not known which of them is read."""
    if right is None or left.denominator != right.denominator:
        return None
    same = left.n == right.n
    return replace(
        left,
        n=left.n if same else ANY_NUMBER,
        sure=left.sure and same,
        numerator=left.numerator if left.numerator == right.numerator else None,
    )


def _columns(one: Indicator, made: Figure, name: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        name: made.value,
        f"{name}: status": made.status,
    }
    if made.value is not None:
        found[f"{name}: unrounded"] = made.unrounded
        if one.score:
            found |= {f"{name}: rate": made.rate}
        if one.score == "growth":
            found |= {f"{name}: prior rate": made.prior}
    if (
        one.cap
        and one.over is None
        and made.tally is not None
        and made.years == 1
        and made.tally.sure
        and made.tally.under is not None
    ):
        under = made.tally.under
        allowed = one.cap.allowed(made.tally.n.low)
        counted = Span(min(under.low, allowed), min(under.high, allowed))
        if under.exact:
            found |= {f"{name}: few": under, f"{name}: few counted": counted}
    if made.tally is not None and made.status != NOT_APPLICABLE:
        whole = made.tally
        if whole.sure:
            found[f"{name}: n"] = whole.n
            if whole.numerator is not None:
                found[f"{name}: numerator"] = at(whole.numerator.low)
                if one.undetermined == "pending" and one.kind in ("rate", "over"):
                    found[f"{name}: numerator at most"] = at(whole.numerator.high)
            if whole.denominator.exact:
                found[f"{name}: denominator"] = whole.denominator
        if made.years is not None and (one.over or (one.minimum and one.minimum.then)):
            found[f"{name}: years"] = at(made.years)
    return found


def _parts(made: Rules, figures: Mapping[str, Figure]) -> dict[str, Part]:
    scored = {one.name for one in made.indicators if one.score}
    scored |= {name for name, one in figures.items() if one.tally is not None and not one.tally.counted}
    return {
        name: Part(one.status, one.value, included=one.included, scored=name in scored) for name, one in figures.items()
    }


def _domains(made: Rules, figures: Mapping[str, Figure], own: Row) -> dict[str, Part]:
    found: dict[str, Part] = {}
    for one in made.domains:
        found[one.name] = domain(one, _parts(made, figures), _reader(figures, own), made.missing)
    return found


def _index(made: Rules, figures: Mapping[str, Figure], own: Row, columns: dict[str, Any]) -> Part:
    parts = _parts(made, figures)
    inner = {name for one in made.domains for name in one.parts}
    weights: dict[str, Any] = {one.name: one.weight for one in made.indicators if one.name in parts and one.name not in inner}  # fmt: skip
    if made.table is not None:
        word = own["configuration"]
        names = [one.name for one in made.indicators]
        line = (None,) * len(names) if word is None else made.table[word]
        weights = {name: share for name, share in zip(names, line, strict=True) if name in parts}
    else:
        for one in made.domains:
            parts[one.name] = _domains(made, figures, own)[one.name]
            weights[one.name] = one.weight
            columns |= {one.name: parts[one.name].value, f"{one.name}: status": parts[one.name].status}  # fmt: skip
    found = mean(parts, weights, made.missing)
    for name, share in found.used.items():
        if found.value is not None:
            value = parts[name].value
            assert value is not None
            columns[f"{name}: weight used"] = at(share)
            columns[f"{name}: contribution"] = Span(value.low * share, value.high * share)
    return replace(found, status=NOT_RATED) if found.status == NOT_APPLICABLE else found

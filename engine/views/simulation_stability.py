"""How stable the list is under error in the data, as a section: the rows at its cut, with their chances."""

from __future__ import annotations

from collections.abc import Iterator

from ..results.simulate.measure import RATIO
from ..results.simulate.sensitivity.stability import NEAR, AtTheCut, Stability
from ..results.simulate.simulation import Simulation
from ..results.table import decimal_text
from .article import Grid, Section
from .chart import Chart, Mark
from .measure_text import cut, measure_text


def stability_section(one: Simulation) -> Iterator[Section]:
    """One section, where error is drawn and the policy has a list."""
    found = one.stability
    if found is None:
        return
    other = "In no draw is anything on the list that is not on it as published, or the other way round."
    if found.expected:
        other = (
            f"In a draw {cut(found.expected)} rows on average are on the list that are not on it as published, or the "
            "other way round."
        )
    left = "Rows of which it is not known, as published or in some draw, are left out of this."
    said = [f"{other} {left} {_count(found.unsure)} on it with a chance from 5% to 95%."]
    if found.unknown:
        said.append(f"Of {found.unknown:,} it cannot be told in all draws.")
    if not found.rows:
        said.append("The list has no limit, so that there is no cut.")
        yield Section("How stable the list is", (" ".join(said),))
        return
    said.append(
        f"Below are the {NEAR} places on each side of the cut as published; the margin is how far the score is inside."
    )
    head = ("place", "key", "name", "margin", "as published", "chance")
    rows = tuple(_row(each) for each in found.rows)
    yield Section(
        "How stable the list is", (" ".join(said),), (Grid(head, rows, frozenset({0, 3, 5})),), charts=_charts(found)
    )


def _count(count: int) -> str:
    return "1 row is" if count == 1 else f"{count:,} rows are" if count else "No row is"


def _row(one: AtTheCut) -> tuple[str, ...]:
    margin = "" if one.margin is None else decimal_text(one.margin)
    return str(one.place), one.key, one.name, margin, one.published, measure_text(one.chance, RATIO)


def _charts(found: Stability) -> tuple[Chart, ...]:
    """The chance by place: where it falls steeply the list is sure."""
    marks = [Mark(each.name or each.key, each.chance, each.published) for each in found.rows if each.chance is not None]
    if not marks:
        return ()
    alt = "For each row near the cut, by place, a bar as long as the part of the draws in which it is on the list."
    return (
        Chart(
            "stability", "bars", "The chance to be listed, by place", alt,
            ("row", "text"), ("part of the draws", "ratio"), tuple(marks),
        ),
    )  # fmt: skip

"""Which edit, or which of policy and data, causes what, as sections of an article."""

from __future__ import annotations

from fractions import Fraction

from ..results.diff.attribution import to_the_cent
from ..results.diff.comparison import Comparison
from ..results.dollars import dollars
from ..results.simulate.measure import PAID
from ..results.table import decimal_text
from .article import Grid, Section
from .diff_edit_words import short_path
from .masked import Masked


def causes_section(one: Comparison, masked: Masked) -> Section | None:
    """The part of each edit in every number that changes; each column sums to the change, to the cent."""
    causes = one.causes
    if causes is None or len(causes.groups) < 2:
        return None
    measures = [
        name
        for name in dict.fromkeys(part.measure for part in causes.parts)
        if any(part.part or part.alone for part in causes.of(name)) and not _is_hidden(one, masked, name)
    ]
    paid = [name for name in measures if name.startswith(f"{PAID} by ")]
    if len(paid) == 1 and PAID in measures:  # one line alone: the total says the same
        measures.remove(paid[0])
    if not measures:
        return None
    names = [", ".join(short_path(one.edits.edits[edit]) for edit in sorted(group)) for group in causes.groups]
    columns = [_column(name, [part.part for part in causes.of(name)]) for name in measures]
    alone = [[_said(name, part.alone) for part in causes.of(name)] for name in measures]
    rows = [
        (
            names[place],
            *(f"{column[place]} ({by_itself[place]})" for column, by_itself in zip(columns, alone, strict=True)),
        )
        for place in range(len(names))
    ]
    totals = [_said(name, sum((part.part for part in causes.of(name)), Fraction(0))) for name in measures]
    rows.append(("together", *totals))
    how = (
        f"The part of each edit is its mean over all {causes.orders:,} orders in which the edits can be made"
        if causes.exact
        else f"The part of each edit is its mean over {causes.orders:,} orders drawn by chance; the largest standard "
        f"error is {decimal_text(max(part.error for part in causes.parts))}"
    )
    said = f"{how}; what it does alone stands in brackets. The parts sum to the change."
    grid = Grid(("edit", *measures), tuple(rows), frozenset(range(1, len(measures) + 1)))
    return Section("Which edit does it", (said,), (grid,))


def crossed_section(one: Comparison, masked: Masked) -> Section | None:
    """What the policy did and what the data did."""
    if not one.crossed:
        return None
    rows = tuple(
        (
            split.measure, _plain(split.measure, split.before), _plain(split.measure, split.after),
            *_column(split.measure, [split.policy, split.data]),
            f"{_said(split.measure, split.policy_on_old_data)} / {_said(split.measure, split.policy_on_new_data)}",
        )
        for split in one.crossed
        if not _is_hidden(one, masked, split.measure)
    )  # fmt: skip
    head = ("", "before", "after", "by the policy", "by the data", "policy on the old / the new data")
    return Section("What the policy did and what the data did", (), (Grid(head, rows, frozenset(range(1, 6))),))


def _is_hidden(one: Comparison, masked: Masked, measure: str) -> bool:
    """Whether a sum would tell what a few persons are paid."""
    paid = one.outcome.paid if one.outcome is not None else None
    return measure.startswith(PAID) and paid is not None and masked.hides_money(paid)


def _column(measure: str, parts: list[Fraction]) -> list[str]:
    """Parts as they are shown: dollars to the cent so that they sum, counts exactly."""
    shown = to_the_cent(parts) if measure.startswith(PAID) else parts
    return [_said(measure, part) for part in shown]


def _said(measure: str, value: Fraction) -> str:
    sign = "+" if value > 0 else ""
    return f"{sign}{_plain(measure, value)}"


def _plain(measure: str, value: Fraction) -> str:
    if measure.startswith(PAID):
        return dollars(to_the_cent([value])[0])
    return decimal_text(value) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"

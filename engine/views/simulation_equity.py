"""What a scenario changes for groups of students, as sections of an article."""

from __future__ import annotations

from fractions import Fraction

from ..results.dollars import dollars
from ..results.equity.equity import SHARES, Equity
from ..results.simulate.equity import EquityChange
from .article import Grid, Section
from .chart import Chart, Mark
from .masked import HIDDEN
from .percent import percent, points

AS_IT_IS, WHAT_IS_SET = "the policy as it is", "with what is set"


def equity_sections(one: EquityChange) -> tuple[Section, ...]:
    """A section on shares and gaps, and one on dollars where any are paid for students."""
    if not one.before and not one.after:
        text = "Nothing can be said of groups: the policy credits no students, or the data have none."
        return (Section("Equity", (text,)),)
    found = [_shares(one)]
    if any(each.dollars is not None for each in one.after):
        found.append(_dollars(one))
    return tuple(found)


def _named(one: Equity) -> str:
    return f"{one.by}: {one.group}" if one.by else one.group


def _shares(one: EquityChange) -> Section:
    rows = []
    for before, after in one.pairs():
        known = after or before
        assert known is not None
        cells = [_named(known), _count(known.students)]
        for what in SHARES:
            cells.append(_both(*(None if side is None else side.share(what) for side in (before, after))))
        was, now = one.gaps(known, "credited")
        cells.append(_moved(was, now))
        rows.append(tuple(cells))
    head = ("group", "students", "access", "attained", "credited", "gap, credited")
    said = (
        "Shares of the students of each group: at a school where anybody is credited (access), with an attainment, "
        "credited. The gap is the share of the group less that of all others. What would tell of fewer than ten "
        f"students is {HIDDEN}."
    )
    return Section("Equity: who is reached", (said,), (Grid(head, tuple(rows), frozenset(range(1, 6))),))


def _dollars(one: EquityChange) -> Section:
    rows: list[tuple[str, ...]] = []
    marks, sides = [], 1 if one.before == one.after else 2
    for before, after in one.pairs():
        known = after or before
        assert known is not None
        each = [None if side is None else side.dollars_per_student for side in (before, after)]
        if all(value is None for value in each):
            continue
        was, now = each
        texts = [HIDDEN if value is None else _cents(value) for value in each]
        change = "" if was is None or now is None or was == now else _change(now - was)
        rows.append((_named(known), *texts, change))
        for value, series in zip(each[:sides], (AS_IT_IS, WHAT_IS_SET), strict=False):
            if value is not None:
                marks.append(Mark(_named(known), value, series))
    head = ("group", AS_IT_IS, WHAT_IS_SET, "change")[: 4 if sides == 2 else 2]
    grid = Grid(head, tuple(row[: len(head)] for row in rows), frozenset({1, 2, 3}))
    alt = "; ".join(f"{row[0]} {', then '.join(row[1 : sides + 1])}" for row in rows)
    chart = Chart(
        "equity-dollars", "bars", "Dollars per student", alt, ("group", "text"), ("dollars per student", "money"),
        tuple(marks),
    )  # fmt: skip
    said = (
        "What claims for students bring, by students of the group, rounded to the cent; a payment that no claim brings "
        "is of no student."
    )
    return Section("Equity: dollars per student", (said,), (grid,), charts=(chart,))


def _cents(value: Fraction) -> str:
    """Dollars rounded half up to the cent."""
    return dollars(Fraction((value * 100 + Fraction(1, 2)).__floor__(), 100))


def _change(value: Fraction) -> str:
    return f"{'+' if value > 0 else '-'}{_cents(abs(value))}"


def _count(value: int | None) -> str:
    return HIDDEN if value is None else f"{value:,}"


def _both(was: Fraction | None, now: Fraction | None) -> str:
    texts = [HIDDEN if value is None else percent(value) for value in (was, now)]
    return texts[1] if texts[0] == texts[1] else " to ".join(texts)


def _moved(was: Fraction | None, now: Fraction | None) -> str:
    texts = [HIDDEN if value is None else points(value) for value in (was, now)]
    return texts[1] if texts[0] == texts[1] else " to ".join(texts)

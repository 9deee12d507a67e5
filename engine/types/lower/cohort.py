"""The rows of a cohort, and how many of them there are, over which numerator and denominator, in which years.

On the rows stand `I: row counts`, `I: row numerator`, `I: row denominator` and `I: row year`; on `state` stands
`I: rated year` and, to know for which earlier years this dataset has rows, `I: rows 1 earlier` …; on each level
`I: n`, `I: numerator` (and, where undetermined rows are pending, `I: numerator at most`) and `I: denominator`;
with pooling also `I: years` and the numbers of each year.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...text.source import Span
from ..pending import Pending, lowered
from .build import Build
from .measure import ALL_STUDENTS, Measured, rows_relation

RESULTS = (
    "", "n", "numerator", "numerator at most", "denominator", "years", "unrounded", "status", "weight", "weight used",
    "contribution",
)  # fmt: skip
"""The columns of an indicator that are among the results; the others only lead to them."""


@dataclass(frozen=True, slots=True)
class Spot:
    """An indicator on a level, for everyone or for one student group: how its columns are called and where they are."""

    of: Measured
    level: str
    group: str = ""

    @property
    def make(self) -> Build:
        """Nodes that stand at the indicator."""
        return Build(self.span)

    @property
    def span(self) -> Span:
        """Where the author wrote it."""
        return self.of.item.span

    def called(self, part: str = "") -> str:
        """The name of a column: `graduation: n`, for a group `graduation, english_learner: n`."""
        base = f"{self.of.item.name}, {self.group}" if self.group else self.of.item.name
        return f"{base}: {part}" if part else base

    def name(self, part: str = "") -> Expr:
        """A column of this indicator as an expression."""
        return ast.Name(self.called(part), span=self.span)

    def column(self, part: str, body: Expr, slot: str = "value", **more: object) -> Pending:
        """A column of this indicator on its level."""
        path = f"accountability.indicators.{self.of.item.name}"
        role = "indicator" if part in RESULTS else "step"
        made = lowered(path, self.level, self.called(part), body, self.span, role=role, **more)
        return replace(made, slot=slot)


def row_columns(of: Measured) -> list[Pending]:
    """The columns on the rows of the cohort: the author's words, read once however many levels there are."""
    item, make = of.item, Build(of.item.span)
    path = f"accountability.indicators.{item.name}"

    def column(part: str, body: Expr, test: bool = False) -> Pending:
        made = lowered(path, of.entity, f"{item.name}: {part}", body, body.span, role="step")
        return replace(made, slot="test" if test else "value")

    found: list[Pending] = []
    over = item.rate or item.numerator or item.mean
    if over is not None and of.ends is None:
        found.append(column("row numerator", over, of.counts_tests))
    if item.denominator is not None:
        found.append(column("row denominator", item.denominator, of.denominator_tests))
    if item.cohort_year is not None:
        found.append(column("row year", _school_year(item.cohort_year)))
    counts = item.cohort.where if item.cohort is not None and item.cohort.where is not None else make.truth(True)
    if item.undetermined != "pending" and not isinstance(counts, ast.Truth):
        counts = make.or_else(counts, make.truth(False))
    if item.undetermined == "leave_out":
        counts = make.all_of(counts, *_determined(of, make))
    return [*found, column("row counts", counts, test=True)]


def _determined(of: Measured, make: Build) -> list[Expr]:
    """Whether the data can tell what a row adds."""
    found: list[Expr] = []
    if of.ends is not None:
        found.append(make.known(make.compare(of.ends[0], "=", of.ends[1])))
        found.append(make.compare(of.ends[0], "=", of.ends[1]))
    elif of.item.value is None:
        found.append(make.known(ast.Name(f"{of.item.name}: row numerator", span=make.span)))
    if of.item.denominator is not None:
        found.append(make.known(ast.Name(f"{of.item.name}: row denominator", span=make.span)))
    return found


def _school_year(year: Expr) -> Expr:
    """The school year of a year, whichever kind of year it is: 2027 as a calendar year is 2026-27."""
    return ast.YearOf("school_year", ast.DayOf(1, 0, year, span=year.span), span=year.span)


def state_columns(of: Measured) -> list[Pending]:
    """The year that is rated, and of how many rows this dataset knows in each earlier year that may be pooled."""
    item = of.item
    if item.cohort_year is None:
        return []
    spot = Spot(of, "state")
    rated = _school_year(item.rated_year) if item.rated_year is not None else spot.make.name("school_year")
    found = [spot.column("rated year", rated)]
    for years in range(1, of.pooled):
        where = spot.make.all_of(*_filter(of, spot, years))
        found.append(spot.column(f"rows {years} earlier", spot.make.over("count", None, of.rows, where)))
    return found


def _filter(of: Measured, spot: Spot, years: int) -> list[Expr]:
    """The tests of a row that counts in the rated year, or so many years before it."""
    item, make = of.item, spot.make
    lenient = item.undetermined != "pending"

    def sure(test: Expr) -> Expr:
        return make.or_else(test, make.truth(False)) if lenient else test

    tests: list[Expr] = [ast.Name(f"{item.name}: row counts", span=make.span)]
    if item.cohort_year is not None:
        tests.append(sure(make.compare(make.name(f"{item.name}: row year"), "=", _rated(of, make, years))))
    if spot.group:
        group = ast.Name(f"group {spot.group}", span=make.span)
        tests.append(sure(group if of.entity == "student" else ast.Member(make.name("student"), group.name)))
    return tests


def _rated(of: Measured, make: Build, years: int) -> Expr:
    year = make.name(f"state.{of.item.name}: rated year")
    if not years:
        return year
    return ast.Arithmetic("-", year, ast.Duration(years, "year", span=make.span), span=make.span)


# -- on a level ---------------------------------------------------------------------------------------------------


def level_columns(spot: Spot) -> list[Pending]:
    """The numbers of the cohort on a level."""
    of = spot.of
    parts = _parts(of)
    if of.pooled == 1:
        return [
            spot.column("n", _counted(spot, "n", 0)),
            *(spot.column(part, _counted(spot, part, 0)) for part in parts),
        ]
    found = []
    for years in range(of.pooled):
        for part in ("n", *parts):
            if part != "denominator" or of.item.denominator is not None:
                found.append(spot.column(_of_year(part, years), _year_of(spot, part, years)))
    found.append(spot.column("years", _years(spot)))
    for part in ("n", *parts):
        source = part if part != "denominator" or of.item.denominator is not None else "n"
        found.append(spot.column(part, _pooled(spot, source)))
    return found


def _parts(of: Measured) -> tuple[str, ...]:
    if of.item.value is not None:
        return ()
    return ("numerator", "numerator at most", "denominator") if of.two_ended else ("numerator", "denominator")


def _of_year(part: str, years: int) -> str:
    return f"{part} {years} earlier" if years else f"{part} this year"


def _counted(spot: Spot, part: str, years: int) -> Expr:
    """A number of one year from the rows of this dataset."""
    of, make = spot.of, spot.make
    path = of.rows if spot.level == "state" else rows_relation(of.item)
    tests = _filter(of, spot, years)

    def count(*more: Expr) -> Expr:
        return make.over("count", None, path, make.all_of(*tests, *more))

    def total(what: Expr) -> Expr:
        return make.over("sum", what, path, make.all_of(*tests))

    match part:
        case "n":
            return count()
        case "denominator":
            if of.item.denominator is None:
                return spot.name("n")
            under = make.name(f"{of.item.name}: row denominator")
            if of.denominator_tests:
                return count(_lenient(of, make, under, make.truth(False)))
            return total(_lenient(of, make, under, make.number(0)))
    most = part == "numerator at most"
    if of.ends is not None:
        return total(of.ends[most])
    over = make.name(f"{of.item.name}: row numerator")
    if of.counts_tests:
        return count(make.or_else(over, make.truth(most)))
    return total(_lenient(of, make, over, make.number(0)))


def _lenient(of: Measured, make: Build, value: Expr, instead: Expr) -> Expr:
    """A value, or what stands for it where it is missing and the policy lets that count as not met."""
    return make.or_else(value, instead) if of.item.undetermined == "not_met" else value


def _year_of(spot: Spot, part: str, years: int) -> Expr:
    """A number of one year: from the rows of this dataset, or, where it has none of that year, from the record."""
    own = _counted(spot, part, years)
    if not years:
        return own
    of, make = spot.of, spot.make
    rows: Expr = make.name(f"state.{of.item.name}: rows {years} earlier")
    if spot.level == "state":
        rows = make.name(f"{of.item.name}: rows {years} earlier")
    return make.choice((make.compare(rows, "=", make.number(0)), _recorded(spot, part, years)), otherwise=own)


def _recorded(spot: Spot, part: str, years: int) -> Expr:
    """A number of an earlier year as `prior_indicators` has it. Without such a row nobody knows it."""
    make = spot.make
    tests = (
        make.compare(make.name("entity"), "=", make.text(spot.level)),
        make.compare(make.name("indicator"), "=", make.text(spot.of.item.name)),
        make.compare(make.name("student_group"), "=", make.text(spot.group or ALL_STUDENTS)),
        make.compare(make.name("school_year"), "=", _rated(spot.of, make, years)),
    )
    under, over = make.name("denominator"), make.name("numerator")
    number = under if part in ("n", "denominator") else over
    if number is over and spot.of.item.rate is not None:  # a part is never greater than its whole
        number = make.choice((make.compare(over, "<=", under), over), otherwise=make.missing("above the denominator"))
    return make.over("the", number, "prior_indicators", make.all_of(*tests))


def _years(spot: Spot) -> Expr:
    """Over how many years the indicator is pooled: one more, until there are enough or there may be no more."""
    of, make = spot.of, spot.make
    needs = of.needs
    assert needs is not None and needs.pooling is not None
    part = "denominator" if needs.of == "denominator" and of.item.denominator is not None else "n"
    choices = [(make.compare(_through(spot, part, 0), ">=", needs.count), make.number(1))]
    for years in range(1, of.pooled - 1):
        enough = make.compare(_through(spot, part, years), ">=", needs.pooling.until)
        choices.append((enough, make.number(years + 1)))
    return make.choice(*choices, otherwise=make.number(of.pooled))


def _through(spot: Spot, part: str, years: int) -> Expr:
    """The number of the rated year and so many years before it, together."""
    found = spot.name(_of_year(part, 0))
    for back in range(1, years + 1):
        found = spot.make.plus(found, spot.name(_of_year(part, back)))
    return found


def _pooled(spot: Spot, part: str) -> Expr:
    make = spot.make
    choices = [
        (make.compare(spot.name("years"), "=", make.number(years + 1)), _through(spot, part, years))
        for years in range(spot.of.pooled - 1)
    ]
    return make.choice(*choices, otherwise=_through(spot, part, spot.of.pooled - 1))

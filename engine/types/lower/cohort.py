"""The rows of a cohort, and how many of them there are, over which numerator and denominator, in which years.

On the rows stand `I: row counts`, `I: row numerator`, `I: row denominator` and `I: row year`; on `state` stands
`I: rated year` and, to know for which earlier years this dataset has rows, `I: rows 1 earlier` …; on each level
`I: n`, `I: numerator` (and, where undetermined rows are pending, `I: numerator at most`) and `I: denominator`;
over several years also the numbers of each year (`years.py` joins them), and those of the year before where a score
reads them.
"""

from __future__ import annotations

from dataclasses import replace

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ..pending import Pending, lowered
from .build import Build
from .cap import cap_columns, cap_tests, capped_number, within_caps
from .cohort_year import Counting, year_back
from .measure import ALL_STUDENTS, Measured
from .own_names import reads_prior
from .spot import Spot, kept, of_year, parts_of
from .years import years_columns


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
    found += [column(part, body, True) for part, body in cap_tests(of).items()]
    counts = item.cohort.where if item.cohort is not None and item.cohort.where is not None else make.truth(True)
    if item.undetermined != "pending" and not isinstance(counts, ast.Truth):
        counts = make.or_else(counts, make.truth(False))
    if item.undetermined == "leave_out":
        counts = make.all_of(counts, *_determined(of, make))
    return [*found, column("row counts", counts, test=True), *within_caps(of)]


def _determined(of: Measured, make: Build) -> list[Expr]:
    """Whether the data can tell what a row adds."""
    found: list[Expr] = []
    if of.ends is not None:
        found.append(make.known(make.compare(of.ends[0], "=", of.ends[1])))
        found.append(make.compare(of.ends[0], "=", of.ends[1]))
    elif of.item.value is None:
        parts = ("row numerator", *cap_tests(of))
        found += [make.known(ast.Name(f"{of.item.name}: {part}", span=make.span)) for part in parts]
    if of.item.denominator is not None:
        found.append(make.known(ast.Name(f"{of.item.name}: row denominator", span=make.span)))
    return found


def _school_year(year: Expr) -> Expr:
    """The school year of a year, whichever kind of year it is: 2027 as a calendar year is 2026-27."""
    return ast.YearOf("school_year", ast.DayOf(1, 0, year, span=year.span), span=year.span)


def state_columns(of: Measured) -> list[Pending]:
    """The year that is rated, and of how many rows this dataset knows in each earlier year that may be needed."""
    item = of.item
    if item.cohort_year is None and not reads_prior(item):
        return []
    spot = Spot(of, "state")
    rated = _school_year(item.rated_year) if item.rated_year is not None else spot.make.name("school_year")
    found = [spot.column("rated year", rated)]
    for years in range(1, _years_needed(of)) if item.cohort_year is not None else ():
        found.append(spot.column(f"rows {years} earlier", Counting(spot, years).count()))
    return found


def _years_needed(of: Measured) -> int:
    """Of how many years numbers are needed, the rated one among them."""
    return max(of.years, 2 if reads_prior(of.item) else 1)


# -- on a level ---------------------------------------------------------------------------------------------------


def level_columns(spot: Spot) -> list[Pending]:
    """The numbers of the cohort on a level: of each year that may be needed, and of those that are taken together."""
    of = spot.of
    parts = parts_of(of)
    found = []
    for years in range(_years_needed(of)):
        for part in ("n", *parts):
            if kept(of, part) == part or of_year(of, part, years) == part:
                found.append(spot.column(of_year(of, part, years), _year_of(spot, part, years)))
        found += cap_columns(spot, years)
    return [*found, *years_columns(spot, parts)] if of.years > 1 else found


def _counted(spot: Spot, part: str, years: int) -> Expr:
    """A number of one year from the rows of this dataset."""
    of, make = spot.of, spot.make
    counting = Counting(spot, years)
    match part:
        case "n":
            return counting.count()
        case "denominator":
            if of.item.denominator is None:
                return spot.name("n")
            under = make.name(f"{of.item.name}: row denominator")
            if of.denominator_tests:
                return counting.count(_lenient(of, make, under, make.truth(False)))
            return counting.total(_lenient(of, make, under, make.number(0)))
    most = part == "numerator at most"
    if of.ends is not None:
        return counting.total(of.ends[most])
    if of.item.caps:
        return capped_number(counting, most)
    over = make.name(f"{of.item.name}: row numerator")
    if of.counts_tests:
        return counting.count(make.or_else(over, make.truth(most)))
    return counting.total(_lenient(of, make, over, make.number(0)))


def _lenient(of: Measured, make: Build, value: Expr, instead: Expr) -> Expr:
    """A value, or what stands for it where it is missing and the policy lets that count as not met."""
    return make.or_else(value, instead) if of.item.undetermined == "not_met" else value


def _year_of(spot: Spot, part: str, years: int) -> Expr:
    """A number of one year: from the rows of this dataset, or, where it has none of that year, from the record."""
    of, make = spot.of, spot.make
    if years and of.item.cohort_year is None:
        return _recorded(spot, part, years)
    own = _counted(spot, part, years)
    if not years:
        return own
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
        make.compare(make.name("school_year"), "=", year_back(spot.of, make, years)),
    )
    under, over = make.name("denominator"), make.name("numerator")
    number = under if part in ("n", "denominator") else over
    if number is over and spot.of.item.rate is not None:  # a part is never greater than its whole
        number = make.choice((make.compare(over, "<=", under), over), otherwise=make.missing("above the denominator"))
    return make.over("the", number, "prior_indicators", make.all_of(*tests))

"""Counting the rows of a cohort in one year, for a row of a level."""

from __future__ import annotations

from dataclasses import dataclass

from ...syntax import expr as ast
from ...syntax.expr import Expr
from .build import Build
from .measure import Measured, rows_relation
from .spot import Spot


@dataclass(frozen=True, slots=True)
class Counting:
    """The rows of a spot in the rated year, or so many years before it."""

    spot: Spot
    years: int

    @property
    def _path(self) -> str:
        return self.spot.of.rows if self.spot.level == "state" else rows_relation(self.spot.of.item)

    def count(self, *tests: Expr) -> Expr:
        """How many rows meet the tests."""
        make = self.spot.make
        where = make.all_of(*_filter(self.spot, self.years), *tests)
        return make.over("count", None, self._path, where)

    def total(self, what: Expr) -> Expr:
        """What a value adds up to."""
        make = self.spot.make
        return make.over("sum", what, self._path, make.all_of(*_filter(self.spot, self.years)))


def _filter(spot: Spot, years: int) -> list[Expr]:
    """The tests of a row that counts in the rated year, or so many years before it."""
    of, item, make = spot.of, spot.of.item, spot.make
    lenient = item.undetermined != "pending"

    def sure(test: Expr) -> Expr:
        return make.or_else(test, make.truth(False)) if lenient else test

    tests: list[Expr] = [ast.Name(f"{item.name}: row counts", span=make.span)]
    if item.cohort_year is not None:
        tests.append(sure(make.compare(make.name(f"{item.name}: row year"), "=", year_back(of, make, years))))
    if spot.group:
        group = ast.Name(f"group {spot.group}", span=make.span)
        tests.append(sure(group if of.entity == "student" else ast.Member(make.name("student"), group.name)))
    return tests


def year_back(of: Measured, make: Build, years: int) -> Expr:
    """The rated year, or so many years before it."""
    year = make.name(f"state.{of.item.name}: rated year")
    if not years:
        return year
    return ast.Arithmetic("-", year, ast.Duration(years, "year", span=make.span), span=make.span)

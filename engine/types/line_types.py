"""What the lines of funding come to before they are columns: who is paid, in which kind of year, excluded for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..syntax.expr import Expr
from ..syntax.policy import Policy
from .checker import Checker
from .datatypes import Type
from .lower.build import Build
from .world import World

YEARS = ("fiscal_year", "school_year")
"""The kinds of year in which a run can be said to pay."""


@dataclass(frozen=True, slots=True)
class LineTypes:
    """By line: the type of its payee, of the year in which it pays, and of whom other lines exclude it for; and what
    could not be made out, each expression with the entity on which it stands.
    """

    payees: Mapping[str, Type]
    years: Mapping[str, Type]
    within: Mapping[str, Type]
    unknown: tuple[tuple[Expr, str], ...]

    @property
    def payee_entities(self) -> dict[str, str]:
        """The entity of the payees of each line that has one."""
        return {name: found.name for name, found in self.payees.items() if found.kind == "row"}

    @property
    def year_kinds(self) -> dict[str, str]:
        """The kind of year in which each line pays that says so."""
        return {name: found.name for name, found in self.years.items() if found.kind == "year" and found.name in YEARS}


def line_types(policy: Policy, world: World, checker: Checker) -> LineTypes:
    """The types of all lines whose claims are rows of an entity; faults are told to the checker."""
    unknown: list[tuple[Expr, str]] = []

    def infer(expr: Expr, entity: str) -> Type:
        found = checker.infer(expr, (entity,))
        if found.kind == "unknown":
            unknown.append((expr, entity))
        return found

    payees, years, within = dict[str, Type](), dict[str, Type](), dict[str, Type]()
    for item in policy.funding:
        entity = item.claim.text
        if entity not in world.entities:
            continue
        payees[item.name] = infer(item.pay, entity) if item.pay is not None else Type("row", name=entity)
        if item.paid_in is not None:
            years[item.name] = infer(item.paid_in, entity)
        if item.not_with is not None:
            first = item.not_with.within[0]
            whom = Build(first.span).name("this" if first.text == entity else first.text)
            within[item.name] = infer(whom, entity)
    return LineTypes(payees, years, within, tuple(unknown))

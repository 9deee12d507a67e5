"""What the lines of funding come to before they are columns: who is paid, in which kind of year, excluded for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..syntax.expr import Expr
from ..syntax.funding import Funding
from ..syntax.policy import Policy
from .checker import Checker
from .datatypes import Type
from .lower.build import Build
from .units import RATIO
from .world import World

YEARS = ("fiscal_year", "school_year")
"""The kinds of year in which a run can be said to pay."""


@dataclass(frozen=True, slots=True)
class LineTypes:
    """By line: the type of its payee, of the year in which it or a stage of it (`line.stage`) pays, of what a stage
    pays, and of whom other lines exclude it for; and what
    could not be made out, each expression with the entity on which it stands.
    """

    payees: Mapping[str, Type]
    years: Mapping[str, Type]
    within: Mapping[str, Type]
    pays: Mapping[str, Type]
    unknown: tuple[tuple[Expr, str], ...]

    @property
    def open(self) -> bool:
        """Whether it is not known what a stage pays: it may be computed, or speak of the amount of its line."""
        return any(found.kind == "unknown" for found in self.pays.values())

    @property
    def payee_entities(self) -> dict[str, str]:
        """The entity of the payees of each line that has one."""
        return {name: found.name for name, found in self.payees.items() if found.kind == "row"}

    @property
    def year_kinds(self) -> dict[str, str]:
        """The kind of year in which each line pays that says so."""
        return {name: found.name for name, found in self.years.items() if found.kind == "year" and found.name in YEARS}

    def stage_years(self, item: Funding) -> dict[str, str]:
        """The kind of year of each stage of a line that says one."""
        known = self.year_kinds
        return {one.name: known[path] for one in item.stages if (path := f"{item.name}.{one.name}") in known}

    def shares(self, item: Funding) -> frozenset[str]:
        """The stages of a line that pay a share of the amount."""
        return frozenset(one.name for one in item.stages if self._is_share(f"{item.name}.{one.name}"))

    def _is_share(self, path: str) -> bool:
        found = self.pays.get(path)
        return found is not None and found.kind == "number" and found.unit == RATIO


def line_types(policy: Policy, world: World, checker: Checker) -> LineTypes:
    """The types of all lines whose claims are rows of an entity; faults are told to the checker."""
    unknown: list[tuple[Expr, str]] = []

    def infer(expr: Expr, entity: str) -> Type:
        found = checker.infer(expr, (entity,))
        if found.kind == "unknown":
            unknown.append((expr, entity))
        return found

    payees, years, within, pays = (dict[str, Type]() for _ in range(4))
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
        for stage in item.stages:
            path = f"{item.name}.{stage.name}"
            pays[path] = checker.infer(stage.pays, (entity,))
            if stage.paid_in is not None:
                years[path] = infer(stage.paid_in, entity)
    return LineTypes(payees, years, within, pays, tuple(unknown))

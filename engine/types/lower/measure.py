"""What lowering has to know of an indicator before it writes columns: whose rows, which unit, which ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from ...syntax import expr as ast
from ...syntax.accountability import Accountability, Indicator, MinimumN, OverYears, Pooling
from ...syntax.expr import Expr
from ...syntax.policy import Policy
from .. import units
from ..datatypes import SNAP_SCALE, Type
from ..world import EntityInfo, World, reference
from .points import ends_of
from .spoken import speaks_of_group

TypeOf: TypeAlias = Callable[[Expr, str], Type]
"""The type of an author's expression on a row of an entity; unknown where it cannot be told."""

ALL_STUDENTS = "all_students"
"""How a row of `prior_indicators` names the students of all groups."""


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator with what its cohort is.

    entity, rows    the kind of row of the cohort and its plural; empty without a cohort
    counts_tests    whether the numerator is a test, of which rows are counted; `denominator_tests` likewise
    ends            the two columns that hold the least and the most of the value that is added up
    percent         by how many percent of a point the numerator is multiplied, 0 where it is in points already
    needs           the minimum n that holds for it
    """

    item: Indicator
    entity: str = ""
    rows: str = ""
    counts_tests: bool = False
    denominator_tests: bool = False
    ends: tuple[Expr, Expr] | None = None
    percent: int = 0
    needs: MinimumN | None = None

    @property
    def over_years(self) -> OverYears | None:
        """The years over which it is worked out, whatever the number of rows."""
        return self.item.over_years if self.item.value is None and self.entity else None

    @property
    def pooling(self) -> Pooling | None:
        """The years that are added where there are few rows."""
        has_rows = self.item.value is None and self.entity
        return self.needs.pooling if self.needs is not None and has_rows and self.over_years is None else None

    @property
    def years(self) -> int:
        """Of how many years it may take the rows; 1 is the rated year alone."""
        if self.over_years is not None:
            return self.over_years.years
        return self.pooling.up_to_years if self.pooling is not None else 1

    @property
    def two_ended(self) -> bool:
        """Whether rows that are undetermined leave its numerator between two ends."""
        return self.item.undetermined == "pending" and (self.counts_tests or self.ends is not None)

    @property
    def has_ends(self) -> bool:
        """Whether it is a number between two ends itself; of a score nobody knows what it is between two rates."""
        return self.two_ended and self.item.score is None

    @property
    def counted(self) -> str:
        """What its minimum is a number of: the rows (`n`), or the `denominator`."""
        by_denominator = self.needs is not None and self.needs.of == "denominator" and self.item.value is None
        return "denominator" if by_denominator else "n"


def measured(item: Indicator, section: Accountability, world: World, policy: Policy, type_of: TypeOf) -> Measured:
    """What an indicator is worked out from. A cohort whose rows are no entity leaves `entity` empty."""
    needs = item.minimum_n or section.minimum_n
    entity = cohort_entity(item, world)
    if not entity:
        return Measured(item, needs=needs if item.cohort is not None else None)
    found = Measured(item, entity, world.entities[entity].rows_name, needs=needs)
    if item.rate is not None:
        return replace(found, counts_tests=True, percent=100)
    if item.mean is not None:
        return replace(found, ends=_ends(item.mean, entity, policy), percent=_percent(type_of(item.mean, entity)))
    if item.numerator is not None and item.denominator is not None:
        over, under = type_of(item.numerator, entity), type_of(item.denominator, entity)
        average = over.unit == units.POINTS and under.unit != units.POINTS
        return replace(
            found,
            counts_tests=over.kind == "truth",
            denominator_tests=under.kind == "truth",
            ends=_ends(item.numerator, entity, policy),
            percent=0 if average else 100,
        )
    return found


def _percent(found: Type) -> int:
    """The factor that brings a mean into points, in percent of a point."""
    return {"ratio": 100, "count": 1, "plain": 1}.get(found.unit.kind, 0) if found.kind == "number" else 0


def _ends(value: Expr, entity: str, policy: Policy) -> tuple[Expr, Expr] | None:
    """The ends of points named by themselves, or of a row that a dot walks to."""
    of = {item.name for item in policy.points}
    if isinstance(value, ast.Name) and any(p.name == value.name and p.entity.text == entity for p in policy.points):
        low, high = ends_of(value.name)
        return replace(value, name=low), replace(value, name=high)
    if isinstance(value, ast.Member) and value.name in of:
        low, high = ends_of(value.name)
        return replace(value, name=low), replace(value, name=high)
    return None


def cohort_entity(item: Indicator, world: World) -> str:
    """The entity whose rows a cohort takes; empty where it names none."""
    path = item.cohort.path if item.cohort is not None else None
    return world.plurals.get(path.name, "") if isinstance(path, ast.Name) else ""


def in_points(percent: int, value: Expr) -> Expr:
    """`value`, times so many percent of a point."""
    return ast.Arithmetic("*", value, _points(percent, value), span=value.span) if percent else value


def _points(percent: int, at: Expr) -> Expr:
    return ast.Call("points", (ast.Percent(Decimal(percent), span=at.span),), span=at.span)


def share_in_points(part: Expr, whole: Expr) -> Expr:
    """`part` of `whole` in points, 0 to 100, by one exact division. No part is greater than its whole."""
    return divided(_points(100, part), part, whole)


def divided(amount: Expr, numerator: Expr, denominator: Expr) -> Expr:
    """`amount` times `numerator` over `denominator`, exact but for one rounding to the decimals that are seen."""
    operands = (amount, numerator, denominator, ast.Text("half_up", span=amount.span))
    return ast.Operate("prorate", operands, (SNAP_SCALE,), span=amount.span)


def by_group(all_measured: Sequence[Measured]) -> list[Measured]:
    """Those that are worked out for student groups too: from a cohort, or as a value that differs by group."""
    grouped = {one.item.name for one in all_measured if one.entity and one.item.value is None}
    while True:
        more = {
            one.item.name
            for one in all_measured
            if one.item.value is not None and speaks_of_group(one.item.value, grouped)
        }
        if more <= grouped:
            return [one for one in all_measured if one.item.name in grouped]
        grouped |= more


# -- from a level to the rows of a cohort -------------------------------------------------------------------------


def rows_relation(item: Indicator) -> str:
    """The name of the relation from a level to the rows of an indicator's cohort."""
    return f"{item.name}: rows"


def way_to(level: str, item: Indicator, world: World) -> Expr | None:
    """What a row of the cohort reads to know its row of `level`: the school that answers for it, or where that school
    leads. Nothing where that is not said.
    """
    info = world.entities.get(cohort_entity(item, world))
    if info is None:
        return None
    school = item.at or _reference(info, "school")
    if school is not None:
        at = world.entities.get("school")
        if level == "school" or at is None:
            return school
        name = reference(at, level)
        return ast.Member(school, name, span=school.span) if name else None
    return _reference(info, level)


def _reference(info: EntityInfo, to: str) -> Expr | None:
    name = reference(info, to)
    return ast.Name(name) if name else None

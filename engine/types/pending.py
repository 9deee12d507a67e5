"""What is to be checked: every computed column that a policy asks for, in one shape, whatever section wrote it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Date

from ..syntax.expr import Expr, Sentence
from ..syntax.path import path_of
from ..syntax.policy import Policy, RuleVersion, Timed
from ..text.source import NOWHERE, Span
from .datatypes import Type

MOST_LINES = 200
"""Lines of a table, of bands, of tiers, of exceptions, members of a parameter: each line is one choice inside
another.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A computed column before checking. `slot` is `test` or `value`; `declared` overrides the type that is found."""

    entity: str
    name: str
    role: str
    path: str
    slot: str
    versions: tuple[RuleVersion, ...]
    span: Span = field(default=NOWHERE, compare=False)
    entity_span: Span = field(default=NOWHERE, compare=False)
    excuse: Expr | None = None
    declared: Type | None = None
    title: str = ""
    because: Sentence | None = None
    cite: str = ""
    lowered: bool = False
    on_demand: bool = False
    """Whether it is a column only where some rule reads it."""
    dollars_of: str = ""
    """The line of funding (or the appropriation) whose amount it is: such a column is in USD."""
    in_coins: bool = False
    """Whether such an amount may not be a quotient."""
    unit_of: str = ""
    """The column of the same entity in whose unit it is; a number written bare takes that unit."""
    lapses: bool = False
    """Whether it does not apply on days on which it is not in force, as a criterion does; else it is missing."""
    dollars_at: Span = field(default=NOWHERE, compare=False)
    """Where the author wrote it, if it is not the column as it stands."""

    def version(self, day: Date) -> RuleVersion | None:
        """The text of the rule in force on a day, or nothing."""
        held = None
        for version in self.versions:
            if version.starts is None or version.starts <= day:
                held = version
        return None if held is None or (held.ends is not None and held.ends <= day) else held


def dated(column: Pending, bodies: Sequence[tuple[Date | None, Expr]], before: Expr | None = None) -> Pending:
    """A column that comes to another expression from each day on; before the first of them to `before`, or to nothing
    yet.
    """
    first = () if before is None or bodies[0][0] is None else ((None, before),)
    span = column.versions[0].span
    versions = tuple(RuleVersion(body=body, starts=day, span=span) for day, body in (*first, *bodies))
    return replace(column, versions=versions)


def in_time(column: Pending, item: Timed, outside: Expr) -> Pending:
    """A column that comes to something else on the days on which what it belongs to is not in force."""
    if item.starts is None and item.ends is None:
        return column
    days = {one.starts for one in column.versions} | {item.starts, item.ends}
    found: list[RuleVersion] = []
    for day in (None, *sorted(day for day in days if day is not None)):
        inside = item.holds(day if day is not None else Date.min)
        held = column.version(day if day is not None else Date.min)
        body = held.body if inside and held is not None else outside
        if not found or found[-1].body is not body:
            found.append(RuleVersion(body=body, starts=day, span=column.versions[0].span))
    return replace(column, versions=tuple(found))


def written(policy: Policy) -> list[Pending]:
    """Definitions, criteria, record checks and student groups as the policy writes them."""
    found = [
        Pending(
            entity=item.entity.text, name=item.name, role="definition", slot="value", versions=item.versions,
            path=f"definitions.{item.entity.text}.{item.name}", span=item.span, entity_span=item.entity.span,
            title=item.title, because=item.because, cite=item.cite,
        )
        for item in policy.definitions
    ]  # fmt: skip
    found += [
        Pending(
            entity=item.entity.text, name=item.name, role="criterion", slot="test", versions=item.versions,
            path=path_of(section, item), span=item.span, entity_span=item.entity.span,
            excuse=item.not_applicable_when, title=item.title, because=item.because, cite=item.cite,
        )
        for section, items in (("criteria", policy.criteria), ("record_checks", policy.record_checks))
        for item in items
    ]  # fmt: skip
    found += [
        Pending(
            entity="student", name=f"group {item.name}", role="definition", slot="test",
            path=f"student_groups.{item.name}", versions=(RuleVersion(body=item.when, span=item.span),),
            span=item.span, title=item.title, cite=item.cite,
        )
        for item in policy.student_groups
    ]  # fmt: skip
    return found


def lowered(path: str, entity: str, name: str, body: Expr, span: Span, **more: object) -> Pending:
    """A column that the engine writes for a section, under the author's path."""
    role = str(more.get("role", "list"))
    declared = more.get("declared")
    assert declared is None or isinstance(declared, Type)
    return Pending(
        entity=entity, name=name, role=role, path=path, slot="value", span=span, lowered=True, declared=declared,
        versions=(RuleVersion(body=body, span=span),), title=str(more.get("title", "")), cite=str(more.get("cite", "")),
        dollars_of=str(more.get("dollars_of", "")), in_coins=bool(more.get("in_coins", False)),
    )  # fmt: skip

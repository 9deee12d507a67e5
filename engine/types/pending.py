"""What is to be checked: every computed column that a policy asks for, in one shape, whatever section wrote it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as Date

from ..syntax.expr import Expr, Sentence
from ..syntax.policy import Policy, RuleVersion
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
    dollars_at: Span = field(default=NOWHERE, compare=False)
    """Where the author wrote it, if it is not the column as it stands."""

    def version(self, day: Date) -> RuleVersion | None:
        """The text of the rule in force on a day, or nothing."""
        held = None
        for version in self.versions:
            if version.starts is None or version.starts <= day:
                held = version
        return None if held is None or (held.ends is not None and held.ends <= day) else held


def written(policy: Policy) -> list[Pending]:
    """Definitions, criteria and student groups as the policy writes them."""
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
            path=f"criteria.{item.entity.text}.{item.name}", span=item.span, entity_span=item.entity.span,
            excuse=item.not_applicable_when, title=item.title, because=item.because, cite=item.cite,
        )
        for item in policy.criteria
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

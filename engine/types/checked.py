"""A policy after checking: what each name means, the type of each expression, and what must be computed in which
order.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date as Date
from typing import TypeAlias

from ..model.table import Table
from ..syntax.expr import Expr, NodeId, Sentence
from ..syntax.policy import Policy
from ..text.source import NOWHERE, Span
from .datatypes import Type
from .world import Relation, World


@dataclass(frozen=True, slots=True)
class DataUse:
    """The name is a data column of the row `level` steps out (0: the innermost)."""

    entity: str
    column: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class DefinitionUse:
    """The name is a computed column of the row `level` steps out."""

    entity: str
    name: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class RelationUse:
    """The name walks a relation from the row `level` steps out (or from the base of a dot)."""

    entity: str
    relation: Relation
    level: int = 0


@dataclass(frozen=True, slots=True)
class RowUse:
    """The name is a row itself: `this`, or the outer row by its entity."""

    entity: str
    level: int


@dataclass(frozen=True, slots=True)
class CellUse:
    """The name is an input cell: a parameter (`parameters.x`), `as_of`, `school_year`, `jurisdiction.area` …"""

    path: str


@dataclass(frozen=True, slots=True)
class ValueUse:
    """The name is a value of an enum (or, with kind `year`, a year such as FY2027)."""

    value: str | int


@dataclass(frozen=True, slots=True)
class LocalUse:
    """The name is `x` in a band: the number that is cut."""


@dataclass(frozen=True, slots=True)
class RowsUse:
    """What `over` goes through: the many `relation` of the row that `base` names (or of the innermost row).

    `relation` is nothing for every row of `entity`; `edges` is set for `reachable`: the table, its start and end
    columns.
    """

    entity: str
    relation: Relation | None
    base: Expr | None = None
    edges: tuple[str, str, str] | None = None
    or_itself: bool = False


Use: TypeAlias = DataUse | DefinitionUse | RelationUse | RowUse | CellUse | ValueUse | LocalUse | RowsUse


@dataclass(frozen=True, slots=True)
class CheckedDefinition:
    """A computed column of an entity in one epoch.

    role is that of `plan.ColumnId`; `path` the stable name of what the author wrote; `expr` nothing for a rule
    that is not in
    force in this epoch (a criterion: not applicable; a definition: missing).
    """

    entity: str
    name: str
    role: str
    path: str
    expr: Expr | None
    type: Type
    span: Span = field(default=NOWHERE, compare=False)
    excuse: Expr | None = None
    title: str = ""
    because: Sentence | None = None
    cite: str = ""
    since: Date | None = None
    lowered: bool = False


@dataclass(frozen=True, slots=True)
class CheckedEpoch:
    """What holds from `starts` until the next epoch: definitions in an order in which they can be computed.

    `stands_for` maps a name or call that is short for something longer (a decision table, a band, a year) to what it
    stands for where it was used.
    """

    starts: Date
    definitions: tuple[CheckedDefinition, ...]
    types: Mapping[NodeId, Type]
    uses: Mapping[NodeId, Use]
    stands_for: Mapping[NodeId, Expr]
    world: World
    reads: Mapping[tuple[str, str], Set[tuple[str, ...]]] = field(default_factory=dict)
    """What each column, by entity and name, has read: kinds and names, such as `tables` and `course_rate`."""


@dataclass(frozen=True, slots=True)
class CheckedParameter:
    """A parameter with its type; `members` are those of `by`, empty without. `in_force_by` is what of a row picks its
    value, nothing where the as-of date does.
    """

    name: str
    type: Type
    members: tuple[str, ...] = ()
    in_force_by: Expr | None = None


@dataclass(frozen=True, slots=True)
class CheckedPolicy:
    """A policy that has been checked at each of its epochs. `tables` are the model's with what the policy adds."""

    policy: Policy
    tables: Mapping[str, Table]
    parameters: Mapping[str, CheckedParameter]
    epochs: tuple[CheckedEpoch, ...]

    def epoch(self, as_of: Date) -> CheckedEpoch:
        """The epoch that holds a date (the first where the date lies before all)."""
        held = self.epochs[0]
        for epoch in self.epochs:
            if epoch.starts <= as_of:
                held = epoch
        return held

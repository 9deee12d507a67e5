"""The plan: a hash-consed graph of a closed list of operators, stored as columns over entities.

Operators: `Scan Compute Lookup Aggregate Window Allocate InForce Close`, with `Const Cell Reference Outer` as leaves.
A node is a frozen value: equal nodes are one node. Each belongs to a row of some entity; `Lookup` goes to one row
of another,
`Aggregate` to many, and inside an aggregate `Outer` steps back to the row that asks.

Parameters, table cells and the as-of date are *input cells*, bound at execution; no node holds their values.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as Date
from fractions import Fraction
from typing import TypeAlias

from ..text.source import NOWHERE, Span
from ..types.datatypes import Type

UNKEPT = ("internal", "step")
"""Roles of columns that are not among the results."""

Path: TypeAlias = str
"""The stable name of what an author wrote, such as `criteria.credential.good_job`."""


@dataclass(frozen=True, slots=True)
class ColumnId:
    """A column of the plan.

    role: `definition`, `criterion`, `list`, `eligibility`, `determination`, `claim`, `payment`, `fund`, `indicator`,
    `rating`, `points` (which lines gave a row its points), `sentence` (a value that a rule's sentence names, or a side
    of its comparison), or one of `UNKEPT`: `internal` (hoisted by the planner) and `step` (between two steps of a
    section that people look at).
    origin: the path of what the author wrote; a lowered column explains itself in the author's words.
    """

    entity: str
    name: str
    role: str = field(default="definition", compare=False)
    origin: Path = field(default="", compare=False)


# -- leaves -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Const:
    """A literal: Fraction for numbers, int for years, bool, str, Date, or None for missing (with its reason)."""

    value: Fraction | int | bool | str | Date | None
    type: Type
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """An input cell at the as-of date: `as_of`, `school_year`, `jurisdiction.area`, `parameters.x`,
    `parameters.x.member`.
    """

    path: Path
    type: Type


@dataclass(frozen=True, slots=True)
class InForce:
    """The value of the parameter `path` in force on the date of the row; failed (X003) before its first date."""

    path: Path
    date: Node
    type: Type


@dataclass(frozen=True, slots=True)
class Scan:
    """A column of the data, as read."""

    entity: str
    column: str
    type: Type


@dataclass(frozen=True, slots=True)
class Reference:
    """Another column of the plan, of the same row."""

    column: ColumnId
    type: Type


# -- operators --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Compute:
    """A scalar operator of `operators.OPERATORS` on values of the same row; `options` are static words and numbers."""

    op: str
    args: tuple[Node, ...]
    type: Type
    options: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Lookup:
    """`value` of the one row of `entity` whose key columns equal the `on` values of this row; missing (*no row*)
    if none.

    `on` has every key column of `entity`, in the order of its key.
    """

    entity: str
    on: tuple[tuple[str, Node], ...]
    value: Node
    type: Type


@dataclass(frozen=True, slots=True)
class Outer:
    """Inside an aggregate: `value` of the row that asks."""

    value: Node
    type: Type


@dataclass(frozen=True, slots=True)
class OrderBy:
    """A key of an order; the planner always ends an order with the key of the entity, ascending."""

    value: Node
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Over:
    """The rows of `entity` whose `match` pairs (node on the child, node on the outer row) are equal, filtered by
    `where`.

    No pair means all rows. `top` > 0 keeps that many in the order `top_by`. With `complete` false, no row at all may
    mean *not reported*.
    """

    entity: str
    match: tuple[tuple[Node, Node], ...] = ()
    where: Node | None = None
    top: int = 0
    top_by: tuple[OrderBy, ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Aggregate:
    """`function` of `value` (on the child) over rows; see `docs/language.md` for missing rows and values.

    functions: any all share (value is a test) · count (no value) · sum mean weighted_mean median percentile
    stdev_sample stdev_population min max count_distinct first last the
    """

    function: str
    over: Over
    value: Node | None
    type: Type
    weight: Node | None = None
    level: Node | None = None
    order: tuple[OrderBy, ...] = ()
    option: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """`rank`, `running_sum` or `share_of` among the rows of the same entity with equal `within`, where `where` is
    true.
    """

    function: str
    value: Node | None
    type: Type
    order: tuple[OrderBy, ...] = ()
    within: tuple[Node, ...] = ()
    where: Node | None = None


@dataclass(frozen=True, slots=True)
class Allocate:
    """Shares of a pot among all rows of `entity`: clamp(L * claim, low, high) with one L in [0, 1]. Host operator.

    part       payment: a column of `entity`; numerator, denominator: columns of `state`, L in lowest terms
    claim, low, high   stored columns of `entity`; pot: a stored column of `state`. Exact dollars, none negative but
               the pot, which then counts as 0; low and high in whole coins, low <= high
    places     decimals of a coin: 2 for cents, 0 for dollars
    remainder  largest_remainder: coins left after rounding down are handed out, one a row, by the largest fraction,
               then the larger claim, then the key; the sum is min(pot in whole coins, sum of the highs)
               unspent: every share is rounded down to coins and what is left stays
    short      where the lows alone exceed the pot, refuse: every result is failed F001; prorate: the lows are
               prorated to the pot by the same rule, and L is 0

    L is the least that spends the pot, 1 where the pot covers all. One missing claim, low, high or pot makes every
    result missing.
    """

    part: str
    entity: str
    claim: Reference
    low: Reference
    high: Reference
    pot: Reference
    places: int
    remainder: str
    short: str
    type: Type


Node: TypeAlias = Const | Cell | InForce | Scan | Reference | Compute | Lookup | Outer | Aggregate | Window | Allocate


# -- entities and columns ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of `of` gathered by the values of `by` (name, node on `of`); rows with a missing value form no group."""

    of: str
    by: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Cross:
    """Every combination of the rows of the entities; `at_most` bounds how many there may be (X-code beyond)."""

    of: tuple[str, ...]
    at_most: int


@dataclass(frozen=True, slots=True)
class Union:
    """The rows of several entities side by side: a row for each, whose key is the entity's name and the row's own
    key.
    """

    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """One row for each name, which is its key."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Close:
    """Pairs (start, reached): the rows of an edge table followed for one or more steps, each pair once. Host
    operator.
    """

    edges: str
    start: str
    end: str
    or_itself: str = ""
    """The entity of the ends when every row reaches itself as well, else empty."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A kind of thing in the plan. `source` is None for a table of the data; `state` has one row with the key
    `state`.
    """

    name: str
    key: tuple[tuple[str, Type], ...]
    source: Group | Cross | Union | Named | Close | None = None
    label: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A stored column: its identity, how it is made, and where the author wrote it.

    An Aggregate, a Window, an Allocate or a host Compute (`ln sqrt stdev_…`) only ever stands at the top of a column's
    node.
    """

    id: ColumnId
    node: Node
    type: Type
    span: Span = field(default=NOWHERE, compare=False)
    digest: str = field(default="", compare=False)
    cells: frozenset[Path] = field(default=frozenset(), compare=False)
    reads: frozenset[tuple[str, str]] = field(default=frozenset(), compare=False)


@dataclass(frozen=True, slots=True)
class CellDeclaration:
    """An input cell: its path, type and the path of what declares it."""

    path: Path
    type: Type


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything to be computed for a policy at an epoch.

    `entities` come in the order in which they can be made, `columns` after everything that they use.
    """

    policy: str
    epoch: Date
    entities: tuple[Entity, ...]
    columns: tuple[Column, ...]
    cells: tuple[CellDeclaration, ...]
    scans: tuple[tuple[str, tuple[str, ...]], ...]

    def entity(self, name: str) -> Entity:
        """The entity of a name."""
        return next(entity for entity in self.entities if entity.name == name)

    def column(self, entity: str, name: str) -> Column:
        """The column of an entity by its name."""
        return next(c for c in self.columns if c.id.entity == entity and c.id.name == name)

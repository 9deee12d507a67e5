"""The expression tree as written. Equality is structural: places and ids are not compared.

Every node carries `span` (its place in the YAML file) and `id` (unique within a run of the parser), both left out of
comparison, so that `parse(print(e)) == e` holds and two policies can be compared by their trees.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as Date
from decimal import Decimal
from itertools import count
from typing import Literal, TypeAlias

from ..text.source import NOWHERE, Span

NodeId: TypeAlias = int
_ids = count(1)


def _place() -> Span:
    return NOWHERE


def fresh_id() -> NodeId:
    """The next unused node id."""
    return next(_ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What every node carries beside its meaning."""

    span: Span = field(default_factory=_place, compare=False, repr=False)
    id: NodeId = field(default_factory=fresh_id, compare=False, repr=False)


# -- literals ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Number(Place):
    """`12`, `0.35`. The digits written are kept: `3.00` has two decimals."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Percent(Place):
    """`60%`; `value` is 60."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Money(Place):
    """`$1,250`, `$18.50/hour`; `per` is the unit under the bar or empty (`hour`, `year`, `credit_hour` …)."""

    value: Decimal
    per: str = ""


@dataclass(frozen=True, slots=True)
class Duration(Place):
    """`2 years`, `90 days`; `unit` is `year`, `month`, `week` or `day`."""

    count: int
    unit: str


@dataclass(frozen=True, slots=True)
class DateLiteral(Place):
    """`2026-07-01`."""

    value: Date


@dataclass(frozen=True, slots=True)
class Text(Place):
    """`"in quotes"`."""

    value: str


@dataclass(frozen=True, slots=True)
class Truth(Place):
    """`true` or `false`."""

    value: bool


@dataclass(frozen=True, slots=True)
class Missing(Place):
    """`missing`; `reason` is set where the engine writes one (*no list yet*)."""

    reason: str = ""


# -- names ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Name(Place):
    """A bare name: a column, a definition, a parameter, an entity, `this`, or a value of an enum."""

    name: str


@dataclass(frozen=True, slots=True)
class Member(Place):
    """`base.name`: walks one relation, or names a part of the whole (`jurisdiction.area`, `prior.payment`)."""

    base: Expr
    name: str


# -- operators --------------------------------------------------------------------------------------------------

ArithmeticOp: TypeAlias = Literal["+", "-", "*", "/"]
ComparisonOp: TypeAlias = Literal["=", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Negate(Place):
    """`-x`."""

    operand: Expr


@dataclass(frozen=True, slots=True)
class Arithmetic(Place):
    """`a + b`, `a - b`, `a * b`, `a / b`."""

    op: ArithmeticOp
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class PartOf(Place):
    """`20% of x`: the same value as `20% * x`, kept as written."""

    share: Expr
    whole: Expr


@dataclass(frozen=True, slots=True)
class Comparison(Place):
    """`a = b`, `a >= b` …"""

    op: ComparisonOp
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Between(Place):
    """`x between a and b` (both ends in), or `x from a to under b` (`half_open`: the upper end out)."""

    value: Expr
    low: Expr
    high: Expr
    half_open: bool = False


@dataclass(frozen=True, slots=True)
class In(Place):
    """`x in {a, b}`; `negated` is `x not in {a, b}`."""

    value: Expr
    options: tuple[Expr, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class IsKnown(Place):
    """`x is known`; with `known=False`, `x is missing`."""

    value: Expr
    known: bool = True


@dataclass(frozen=True, slots=True)
class Not(Place):
    """`not a`."""

    operand: Expr


@dataclass(frozen=True, slots=True)
class And(Place):
    """`a and b and c`: two or more operands at one level of brackets."""

    operands: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Or(Place):
    """`a or b or c`."""

    operands: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class OrElse(Place):
    """`a or_else b`: `b` where `a` is missing."""

    value: Expr
    fallback: Expr


@dataclass(frozen=True, slots=True)
class If(Place):
    """`if test then a else b`."""

    test: Expr
    then: Expr
    otherwise: Expr


@dataclass(frozen=True, slots=True)
class Call(Place):
    """`round(x, 1)`: a scalar function, a band or `at_least(2, a, b)`; also `listed(c as of d)` and `tier(c as of
    d)`.
    """

    function: str
    arguments: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class AsOf(Place):
    """`wage_floor as of award_date`: the value in force on a date."""

    value: Expr
    date: Expr


@dataclass(frozen=True, slots=True)
class YearOf(Place):
    """`school_year of d`, `fiscal_year of d`, `class of d`: the year that holds a date; `kind` is that name."""

    kind: str
    date: Expr


@dataclass(frozen=True, slots=True)
class DayOf(Place):
    """`31 August of class_of`, `first day of school_year` (`day` 1, `month` 0), `last day of …` (`day` 31, `month`
    0).
    """

    day: int
    month: int
    year: Expr


# -- over many rows ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OrderKey(Place):
    """`value_score desc`."""

    value: Expr
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Order(Place):
    """`value_score desc then credential_id`."""

    keys: tuple[OrderKey, ...]


@dataclass(frozen=True, slots=True)
class Rows(Place):
    """`ROWS where FILTER`, `top 10 ROWS by n desc where FILTER`.

    `path` is a name, a walk that ends in a *many* relation, or `reachable(relation)`.
    """

    path: Expr
    where: Expr | None = None
    top: int = 0
    top_by: Order | None = None


@dataclass(frozen=True, slots=True)
class Reachable(Place):
    """`reachable(stacks_to)`: rows reached in one or more steps; `or_itself` adds the start."""

    relation: str
    or_itself: bool = False


@dataclass(frozen=True, slots=True)
class Aggregate(Place):
    """`f(WHAT over ROWS where FILTER)`, `count(ROWS where FILTER)`.

    `what` is absent for `count`; `by` is the order of `first` and `last`; `weight` belongs to `weighted_mean(x by
    w over
    …)`; `level` is the first argument of `percentile(90%, x over …)`; `option` is `nearest_rank` or empty.
    """

    function: str
    rows: Rows
    what: Expr | None = None
    by: Order | None = None
    weight: Expr | None = None
    level: Expr | None = None
    option: str = ""


@dataclass(frozen=True, slots=True)
class Among(Place):
    """Over the row's own group: `rank(by score desc within region)`, `running_sum(amount by d)`, `share_of(x
    within s)`.

    `where` leaves rows out: they have no place and take none.
    """

    function: str
    what: Expr | None = None
    by: Order | None = None
    within: tuple[Expr, ...] = ()
    where: Expr | None = None
    by_key: bool = False
    """Whether a rank breaks by key what its order leaves open. Set by lowering; no text says it."""


@dataclass(frozen=True, slots=True)
class Outward(Place):
    """`value` as the row outside the innermost one reads it. Made by lowering; no text parses to it."""

    value: Expr


@dataclass(frozen=True, slots=True)
class Operate(Place):
    """An operator of the plan that no text parses to: `prorate` (amount, numerator, denominator, rounding mode; option:
    decimals) or `bound` (the number known to lie from the first operand to the second). Made by lowering.
    """

    op: str
    operands: tuple[Expr, ...]
    options: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Allocation(Place):
    """The share of a pot that a row of `entity` gets, or the factor by which claims are prorated. Made by lowering.

    part is `payment`, `numerator` or `denominator`; `claim`, `low` and `high` are computed columns of `entity`,
    `pot` is
    one of `state`; `places` are the decimals of the smallest coin. What the words mean: `engine.plan.plan.Allocate`.
    """

    part: str
    entity: str
    claim: str
    low: str
    high: str
    pot: str
    places: int
    remainder: str
    short: str


@dataclass(frozen=True, slots=True)
class Invalid(Place):
    """What could not be parsed; a complaint has been made, and everything accepts it in silence."""


Expr: TypeAlias = (
    Number | Percent | Money | Duration | DateLiteral | Text | Truth | Missing | Name | Member | Negate | Arithmetic
    | PartOf | Comparison | Between | In | IsKnown | Not | And | Or | OrElse | If | Call | AsOf | YearOf | DayOf
    | Aggregate | Among | Reachable | Outward | Operate | Allocation | Invalid
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence(Place):
    """Prose with `{value}`: texts and expressions in turn, as written."""

    parts: tuple[str | Expr, ...]

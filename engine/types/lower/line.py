"""A line of funding while it is lowered: what it is made of, and how its columns and its own names are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.funding import Appropriation, DrawingLine, Funding
from ...syntax.policy import Parameter, RecordCheck, YearBegin
from ...syntax.walk import Node, transform, walk
from ..datatypes import Type, number
from ..pending import Pending, lowered
from ..units import USD
from .build import Build

CLAIM_STATUSES = ("paid", "limited", "pending", "denied", "other_year", "not_in_force", "rejected")
"""What becomes of a claim: it counts in full, is cut by a limit (to nothing, it may be), waits for what is not
known, does not count, is paid in another year than that of the run, or fails a record check."""

CLAIM_STATUS = Type("enum", name="claim_status", values=CLAIM_STATUSES)

IF_ALL = ", if all count"
"""The end of the name of a column that takes pending claims as counting."""


MONEY_DIGITS = 20
"""Digits before the point of payments and their sums: 10**9 claims of 11 digits each."""


def money(places: int = 2) -> Type:
    """The type of payments and of sums of them, in coins of so many decimals."""
    return number(USD, MONEY_DIGITS, places, Fraction(0)).maybe()


@dataclass(frozen=True, slots=True)
class LineCheck:
    """A record check of the claims of a line, or of those of one table (`member`) where they are rows of a union."""

    item: RecordCheck
    member: str = ""

    @property
    def part(self) -> str:
        """The column of the line that says whether a claim meets it."""
        return f"check {self.member} {self.item.name}" if self.member else f"check {self.item.name}"


@dataclass(frozen=True, slots=True)
class Line:
    """A line with who claims and who is paid. `claim_rows` is the plural of the claims, `payee_rows` that of the
    payees, `fund` what it draws on, and how (`draw`); `parameters` are those of the policy; `paid_year` is the cell
    with which the year is compared in which a claim is paid (empty: every claim is paid in the year of the run), and
    `excluded_for` the entity whose claims on other lines exclude those on this one (empty: none do).
    `stage_years` has the cell of each stage that says its year, `shares` the stages that pay a share of the amount;
    `checks` are the record checks of its claims.
    """

    item: Funding
    payee: str
    payee_rows: str
    payee_key: str
    claim_rows: str
    fiscal_year: YearBegin
    fund: Appropriation | None = None
    draw: DrawingLine | None = None
    parameters: tuple[Parameter, ...] = ()
    paid_year: str = ""
    excluded_for: str = ""
    stage_years: Mapping[str, str] = field(default_factory=dict)
    shares: frozenset[str] = frozenset()
    checks: tuple[LineCheck, ...] = ()

    @property
    def timed(self) -> bool:
        """Whether the line is in force for a time only."""
        return self.item.starts is not None or self.item.ends is not None

    @property
    def before_owed(self) -> str:
        """The column of the payment before what is owed back is taken off; the payment itself where nothing is."""
        return self.name("before owed") if self.item.subtracts else self.item.name

    @property
    def reserves(self) -> bool:
        """Whether pending claims take part in dividing the money."""
        return self.fund is not None and self.fund.reserves

    @property
    def how(self) -> str:
        """What happens where the money is short; empty for a line without an appropriation."""
        return self.draw.how if self.draw is not None else ("prorate" if self.fund is not None else "")

    @property
    def limits_quantity(self) -> bool:
        """Whether a limit looks at the quantity of claims instead of their amount."""
        return any(limit.of_quantity for limit in self.item.limits)

    @property
    def keeps_coins(self) -> bool:
        """Whether coins that rounding leaves over stay where the money is short, for no later line."""
        rounding = self.item.rounding
        stays = rounding.what == "rate" or rounding.remainder == "unspent"
        return self.how == "prorate" and stays and not self.item.prorates_first

    @property
    def guards(self) -> bool:
        """Whether anything holds a payee up or down: a minimum, a maximum, hold harmless."""
        item = self.item
        return not (item.minimum is None and item.maximum is None and item.hold_harmless is None)

    def name(self, part: str) -> str:
        """The name of a column of the line."""
        return f"{self.item.name}: {part}"


STEP = "step"
"""The role of a column that only leads to another: not among the results, and computed anew where it is explained."""


def column(line: Line, entity: str, part: str, body: Expr, role: str, path: str = "", **more: object) -> Pending:
    """A column of a line; `part` empty is the payment itself."""
    name = line.name(part) if part else line.item.name
    origin = f"funding.{line.item.name}" + (f".{path}" if path else "")
    found = lowered(origin, entity, name, body, line.item.span, role=role, **more)
    return replace(found, entity_span=line.item.claim.span)


def own_names(line: Line, expr: Expr, ending: str = "") -> Expr:
    """An expression of the line with the names that the section brings along put in place: `amount` and `quantity` of a
    claim, `claim` and `entitlement` of a payee, `claims` (of all), `appropriation`, `available`, `prior.payment`.
    """
    inside = {"amount", "quantity", "claim", "entitlement"}
    if ending:  # as if all claims counted, each for the most that it may come to
        amounts = ast.Name(line.name(f"counting amount{ending}"), span=expr.span)
        expr = transform(expr, lambda node: amounts if node == ast.Name("amount") else node)

    def change(node: Node) -> Node:
        if _is_prior_payment(node):
            return ast.Name(line.name("prior payment"), span=node.span)
        if not isinstance(node, ast.Name):
            return node
        if node.name in inside:
            return ast.Name(line.name(node.name), span=node.span)
        if node.name in ("claims", "available"):
            return ast.Member(ast.Name("state", span=node.span), line.name(node.name), span=node.span)
        if node.name == "appropriation" and line.fund is not None:
            return ast.Name(line.fund.name, span=node.span)
        return node

    return transform(expr, change)


def _is_prior_payment(node: Node) -> bool:
    return isinstance(node, ast.Member) and node.name == "payment" and node.base == ast.Name("prior")


def reads_prior_payment(line: Line) -> bool:
    """Whether a rule of the line looks at what was paid the year before."""
    item = line.item
    rules = [item.maximum, item.hold_harmless, item.minimum.amount if item.minimum else None]
    return any(_is_prior_payment(node) for rule in rules if rule is not None for node in walk(rule))


def has_turn(line: Line, make: Build) -> Expr:
    """Whether a claim has a place in the order in which claims are paid one by one; true where there is none."""
    keys = line.draw.by.keys if line.draw is not None and line.draw.by is not None else ()
    tests = [make.known(own_names(line, key.value)) for key in keys]
    return make.all_of(*tests) if tests else make.truth(True)


def dollars(make: Build, amount: int = 0) -> Expr:
    """An amount of whole dollars."""
    return ast.Money(Decimal(amount), span=make.span)


def rounded(make: Build, value: Expr, places: int, how: Expr | None, otherwise: str) -> Expr:
    """A value rounded to coins, in the mode that the line writes or else in `otherwise`."""
    mode = how if how is not None else make.text(otherwise)
    return ast.Call("round", (value, make.number(places), mode), span=make.span)


def prorated(make: Build, amount: Expr, over: Expr, under: Expr, mode: Expr, places: int) -> Expr:
    """`amount × over / under`, exact, rounded once."""
    return ast.Operate("prorate", (amount, over, under, mode), (places,), span=make.span)


def minus(make: Build, left: Expr, right: Expr) -> Expr:
    """`left - right`."""
    return ast.Arithmetic("-", left, right, span=make.span)


def times(make: Build, left: Expr, right: Expr) -> Expr:
    """`left * right`."""
    return ast.Arithmetic("*", left, right, span=make.span)


def call(make: Build, function: str, *values: Expr) -> Expr:
    """`function(a, b, …)`; of one value, the value."""
    return values[0] if len(values) == 1 else ast.Call(function, values, span=make.span)

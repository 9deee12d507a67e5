"""Appropriations and lines of funding as written: who claims, for how much, within which limits, and who is paid.

Records in the manner of `policy.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..text.source import NOWHERE, Span
from .expr import Expr, Order
from .policy import Item, Parameter, Timed, Word

THE_REST = "the rest"
"""The share of a split that takes what the others leave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside(Item):
    """Money that is taken off an appropriation first: an amount, or a share of the appropriation."""

    amount: Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawingLine(Item):
    """A line that draws on an appropriation. `how` is `prorate`, `none` (all or nobody is paid) or `first_come`,
    then in
    the order `by`.
    """

    how: str
    by: Order | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appropriation(Item):
    """Dated money with a name. `amount` is the parameter of the same name that holds its amounts.

    `pending_claims` is `reserve`, `leave_out` or `block`; `unspent` says in a word what becomes of what is left.
    """

    amount: Parameter
    set_aside: tuple[SetAside, ...] = ()
    pay_in_order: tuple[DrawingLine, ...] = ()
    pending_claims: str = "reserve"
    unspent: str = ""

    @property
    def reserves(self) -> bool:
        """Whether pending claims take part in dividing the money."""
        return self.pending_claims != "leave_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit(Item):
    """A limit on the claims that agree in `within`: the first `keep` of them in the order `by`, or together `at_most`
    dollars, or so much of the quantity (`of_quantity`), reached in the order `by`. It looks at the claims for which
    `where` is true.
    """

    within: tuple[Word, ...]
    keep: Expr | None = None
    at_most: Expr | None = None
    by: Order | None = None
    of_quantity: bool = False
    where: Expr | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """Other lines with which a line is not paid together: to no claim that agrees in all of `within` with one that
    counts there.
    """

    lines: tuple[Word, ...]
    within: tuple[Word, ...]
    cite: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)
    cite_span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def whose(self) -> str:
        """Whose claims exclude each other, as people say it."""
        return self.within[0].text.replace("_", " ").replace(".", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage(Item):
    """A step of a claim that is paid when it is reached: a share of the amount, or an amount; in the year `paid_in`, if
    it says one. Where it is surely missed, the earlier stages in `owes_back` are owed back.
    """

    when: Expr
    pays: Expr
    paid_in: Expr | None = None
    owes_back: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Minimum:
    """The least that a payee gets. `beyond_claim`: even more than it claims. `everyone`: even those without a claim.
    `short` says what holds where the minimums alone exceed the money: `refuse` or `prorate`.
    """

    each: Word | None
    amount: Expr
    beyond_claim: bool = False
    everyone: bool = False
    short: str = "refuse"
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounding:
    """What is rounded (`rate`, `claim` or `payment`), to which coin (`cent`, `dollar`), in which mode (an
    expression that
    gives one; none: down where money may run short, else half up), and what becomes of the coins left over.
    """

    what: str = "payment"
    to: str = "cent"
    how: Expr | None = None
    remainder: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)
    remainder_span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def places(self) -> int:
        """The decimals of the coin."""
        return 2 if self.to == "cent" else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PassOn(Item):
    """A share of its payment that the payee has to pass on, at least."""

    at_least: Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class Spend(Item):
    """A share of its payment that the payee has to spend for something (`what`), at least; nobody else gets it."""

    at_least: Expr
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Total(Item):
    """Payments of several lines to one payee, added up."""

    value: Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(Item):
    """A part of a split of the payment; `share` is nothing for the rest."""

    share: Expr | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding(Timed):
    """A line of funding. `order` names the steps `limits` and `appropriation` in the order in which they are taken."""

    claim: Word
    when: Expr | None
    amount: Expr
    quantity: Expr | None = None
    paid_in: Expr | None = None
    not_with: Exclusion | None = None
    stages: tuple[Stage, ...] = ()
    limits: tuple[Limit, ...] = ()
    pay: Expr | None = None
    draws_on: Word | None = None
    minimum: Minimum | None = None
    maximum: Expr | None = None
    hold_harmless: Expr | None = None
    rounding: Rounding = Rounding()
    order: tuple[Word, ...] = ()
    pass_on: tuple[PassOn, ...] = ()
    spend: tuple[Spend, ...] = ()
    paid_by: str = ""
    settle_up: bool = False
    owed: Word | None = None
    split: tuple[Share, ...] = ()

    @property
    def owes(self) -> bool:
        """Whether anything of a claim may be owed back."""
        earlier = {stage.name for stage in self.stages}
        return any(back.text in earlier for stage in self.stages for back in stage.owes_back)

    @property
    def subtracts(self) -> bool:
        """Whether what is owed back is taken off the payment."""
        return self.owes and self.owed is not None and self.owed.text == "subtract"

    @property
    def cited(self) -> tuple[Item | Exclusion, ...]:
        """The parts that have citations of their own."""
        return (
            *self.limits,
            *self.stages,
            *self.pass_on,
            *self.spend,
            *((self.not_with,) if self.not_with is not None else ()),
        )

    @property
    def prorates_first(self) -> bool:
        """Whether the appropriation comes before the limits."""
        names = [word.text for word in self.order]
        return names[:1] == ["appropriation"] and bool(self.limits) and self.draws_on is not None

"""Domains as written: numbers made of indicators and of domains above, before the index.

Records in the manner of `accountability.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..text.source import NOWHERE, Span
from .expr import Expr
from .policy import Item, Word
from .weight_table import MissingIndicator


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """The most that a domain can be; `when` is nothing where that always holds."""

    value: Expr
    when: Expr | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain(Item):
    """The weighted mean of parts (`weights`), or the better of them (`better_of`).

    missing       what holds where a part is not rated; nothing: what the section says
    unweighted    the policy says that it has no part in the index
    """

    weights: tuple[tuple[Word, Expr], ...] = ()
    better_of: tuple[Word, ...] = ()
    missing: MissingIndicator | None = None
    at_most: tuple[Ceiling, ...] = ()
    round: int | None = None
    how: Expr | None = None
    weight: Expr | None = None
    unweighted: bool = False

    @property
    def parts(self) -> tuple[Word, ...]:
        """The names of what it is made of."""
        return self.better_of or tuple(word for word, _ in self.weights)

"""Cut scores as written: set once by shares of the rated rows, on record ever after, raised where a rule says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as Date

from ..text.source import NOWHERE, Span
from .expr import Expr
from .policy import Item, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Raise:
    """Cut scores rise `by` a share of themselves where of the year before `when_share` of the rated rows had one of the
    ratings `of`, from the year that begins on `starts` on, and each until its end in `until`.
    """

    by: Expr
    when_share: Expr
    of: tuple[Word, ...] = ()
    starts: Date | None = None
    until: tuple[tuple[Word, Expr], ...] = ()
    round: int | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CutScores(Item):
    """The largest share of the rated rows that may get each rating, from the best; the first day of the school year in
    whose run that is worked out; and by level the column whose values have cut scores of their own.
    """

    shares: tuple[tuple[Word, Expr], ...]
    computed_from: Date
    by: tuple[tuple[Word, Expr], ...] = ()
    rising: Raise | None = None

    def scale_of(self, level: str) -> Expr | None:
        """What tells the scales of a level apart; nothing where it has one."""
        return next((value for word, value in self.by if word.text == level), None)

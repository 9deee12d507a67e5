"""What a scenario changes of rules and data, as written."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from ..text.document import Mapping, Scalar
from ..text.source import Span
from .cases import GivenRow, GivenTable
from .policy import Word


@dataclass(frozen=True, slots=True)
class RuleText:
    """Another text in the place of one of the policy. `meaning` is what it says, whatever its layout."""

    path: Word
    meaning: str
    text: Scalar = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class RuleChanges:
    """Changes of rules: other texts, a fragment written as in a policy, and the paths of what goes."""

    texts: tuple[RuleText, ...] = ()
    added: str = ""
    removed: tuple[Word, ...] = ()
    fragment: Mapping | None = field(default=None, compare=False, repr=False)

    @property
    def first(self) -> Span | None:
        """The place of the first of them; nothing where there are none."""
        places = [one.path.span for one in self.texts]
        places += [entry.key.span for entry in self.fragment.entries] if self.fragment else []
        places += [path.span for path in self.removed]
        return min(places, key=lambda span: span.start, default=None)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Rows of a table that a test chooses; all of them where there is none. `meaning` is what it says."""

    table: Word
    meaning: str
    test: Scalar | None = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Growth:
    """By which part rows get more, or with a negative one fewer."""

    rows: Chosen
    by: Fraction
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class RemovedKeys:
    """Rows that go, by their keys: a text each, or columns of the key."""

    table: Word
    keys: tuple[GivenRow, ...]


@dataclass(frozen=True, slots=True)
class RowChanges:
    """Changes of data: rows that are added, rows that go (by key or by a test), rows that get more or fewer, and of
    rows that stay, by their keys, the cells that are set otherwise.
    """

    added: tuple[GivenTable, ...] = ()
    removed_keys: tuple[RemovedKeys, ...] = ()
    removed: tuple[Chosen, ...] = ()
    growth: tuple[Growth, ...] = ()
    seed: int | None = None
    cells: tuple[GivenTable, ...] = ()

    @property
    def chosen(self) -> tuple[Chosen, ...]:
        """Every choice of rows by a test."""
        return (*self.removed, *(one.rows for one in self.growth))

"""Cases of a policy as written: rows that are given, and what must come out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as Date

from ..text.source import NOWHERE, Source, Span
from .expr import Expr
from .policy import Word


@dataclass(frozen=True, slots=True)
class GivenRow:
    """A row as written: pairs of a column and its text. What is not written has no value."""

    cells: tuple[tuple[Word, Word], ...]
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class GivenTable:
    """Rows of one table, which may be none."""

    name: Word
    rows: tuple[GivenRow, ...]


@dataclass(frozen=True, slots=True)
class Override:
    """A value in the place of a parameter's: of one `member` where the parameter has several; `None` is the word
    `none`.
    """

    parameter: Word
    member: Word | None
    value: Expr | None
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Expected:
    """The value that a column of a row must have, as text; without a key, the sum over all rows of the entity."""

    entity: Word
    key: Word | None
    column: Word
    value: Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case. `as_of` is nothing where neither the case nor its file names a date; `because` expects reasons of
    rules. A row of a table of cases is a case of its own, called `CASE, ROW`.
    """

    name: str
    title: str = ""
    cite: str = ""
    as_of: Date | None = None
    overrides: tuple[Override, ...] = ()
    given: tuple[GivenTable, ...] = ()
    expected: tuple[Expected, ...] = ()
    because: tuple[Expected, ...] = ()
    of_table: bool = False
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A file of cases of the policy `policy`; the rows of `given` belong to each of them."""

    source: Source
    policy: Word
    given: tuple[GivenTable, ...] = ()
    cases: tuple[Case, ...] = ()

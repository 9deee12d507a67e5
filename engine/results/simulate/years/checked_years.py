"""Years ahead held to a policy: which rows grow, which respond, and to what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ....model.school_year import school_year_text
from ....model.table import Table
from ....syntax.expr import Expr
from ....syntax.policy import Word
from ....syntax.scenario import Scenario
from ....syntax.scenario_years import Shares, WrittenResponse, WrittenYears
from ....text.diagnostic import Diagnostics
from ....text.errors import PolicyError
from ....text.source import Span
from ....text.suggest import nearest, quoted
from ....types.checked import CheckedPolicy
from ...columns_read import columns_read
from ..axis import path_of
from .asked_rows import Asked, asking
from .moving import moving_tables

STUDENT = "student"
"""The table of which cohorts are."""

MOST_YEARS = 30
"""Years ahead that may be asked for."""


@dataclass(frozen=True, slots=True)
class Growing:
    """Rows of a table that grow: all, or those of the test with the number `asked`."""

    table: str
    rows_name: str
    asked: int | None
    text: str
    by: Shares


@dataclass(frozen=True, slots=True)
class Responding:
    """Rows of a table that respond to the parameter with a path, `lag` years later."""

    elasticity: Fraction
    table: str
    rows_name: str
    asked: int | None
    text: str
    path: str
    lag: int
    because: str
    cite: str

    @property
    def parameter(self) -> str:
        """The parameter as the scenario names it."""
        return self.path.removeprefix("parameters.")


@dataclass(frozen=True, slots=True)
class CheckedYears:
    """Years ahead. `moving` are the tables that move a year on; `asks` the tests on rows, by their numbers."""

    written: WrittenYears
    moving: frozenset[str]
    growing: tuple[Growing, ...]
    responding: tuple[Responding, ...]
    asks: tuple[Asked, ...]
    reads: tuple[tuple[str, frozenset[str]], ...]

    def count(self, first: int) -> int:
        """How many years after the school year that begins in `first`. Raises PolicyError (X057) where there is none,
        or there are more than MOST_YEARS.
        """
        if self.written.ahead is not None:
            return self.written.ahead
        assert self.written.until is not None
        count = self.written.until - first
        if 1 <= count <= MOST_YEARS:
            return count
        diagnostics, year = Diagnostics(), school_year_text(self.written.until)
        problem = (
            f"{year} is not after it" if count < 1 else f"{year} is {count} years later; {MOST_YEARS} are the most"
        )
        help = f"name a year from {school_year_text(first + 1)} to {school_year_text(first + MOST_YEARS)}"
        diagnostics.report("X057", self.written.span, help=help, year=school_year_text(first), problem=problem)
        raise PolicyError(diagnostics.sorted())


def share_at(shares: Shares, year: int) -> Fraction:
    """The share of a school year, by the year in which it begins: nothing before the first."""
    return next((share for begins, share in reversed(shares) if begins is None or begins <= year), Fraction(0))


def check_years(checked: CheckedPolicy, scenarios: Sequence[Scenario], diagnostics: Diagnostics) -> CheckedYears | None:
    """The years ahead that scenarios ask for (X056 where two of them do, X058, X074, X087, and whatever is wrong with a
    test on rows); nothing where none does.
    """
    asking_for = [(one, one.years) for one in scenarios if one.years is not None]
    if not asking_for:
        return None
    scenario, written = asking_for[0]
    if len(asking_for) > 1:
        second = asking_for[1][1]
        help = "leave one of the scenarios out, or take `years` out of it"
        diagnostics.report("X056", second.span, help=help, scenario=scenario.name.text)
    return _Check(checked, diagnostics).years(written)


class _Check:
    """What one check of years has found so far."""

    def __init__(self, checked: CheckedPolicy, diagnostics: Diagnostics) -> None:
        self._checked, self._diagnostics = checked, diagnostics
        self._read = _known_tables(checked)
        self._asks: list[Asked] = []

    def years(self, written: WrittenYears) -> CheckedYears:
        growing = tuple(
            Growing(table.name, table.rows_name, self._test(table, one.where), _text(one.of, one.where), one.by)
            for one in written.growths
            if (table := self._table(one.of)) is not None
        )
        responses = [(one, self._is_number(one), self._table(one.of)) for one in written.responses]
        responding = tuple(
            Responding(
                one.elasticity, table.name, table.rows_name, self._test(table, one.where), _text(one.of, one.where),
                path_of(one.parameter, one.member), one.lag, one.because, one.cite,
            )
            for one, is_number, table in responses
            if is_number and table is not None
        )  # fmt: skip
        named = frozenset(
            table.name for word in written.move if (table := self._table(word, to_copy=False)) is not None
        )
        of_students = self._of_students() if written.cohorts else {}
        if written.cohorts and not of_students:
            help = "leave `cohorts` out, and let other rows grow by `grow`"
            self._diagnostics.report("X087", written.span, help=help, name="students")
        own = Diagnostics()
        asked = asking(self._checked, self._asks, own)
        self._diagnostics.extend(one for one in own.sorted() if _is_of(one.span, self._asks))
        reads = columns_read(asked) if self._asks and not own.has_errors else {}
        for name, columns in of_students.items():
            reads.setdefault(name, set()).update(columns)
        return CheckedYears(
            written, moving_tables(self._checked.tables, named), growing, responding, tuple(self._asks),
            tuple((name, frozenset(columns)) for name, columns in sorted(reads.items())),
        )  # fmt: skip

    def _of_students(self) -> dict[str, set[str]]:
        """What has to be read so that students can grow with what is theirs: nothing where the policy reads nothing of
        the kind.
        """
        tables = self._checked.tables
        ties = {name: {column.name for column in tables[name].columns if column.type == STUDENT} for name in self._read}
        found = {name: columns for name, columns in ties.items() if columns}
        return {STUDENT: set(tables[STUDENT].key), **found} if found or STUDENT in self._read else {}

    def _test(self, table: Table, where: Expr | None) -> int | None:
        if where is None:
            return None
        self._asks.append(Asked(table.name, where))
        return len(self._asks) - 1

    def _table(self, named: Word, to_copy: bool = True) -> Table | None:
        """The table whose rows are named so (X074, X087)."""
        known = {table.rows_name: table for name, table in self._checked.tables.items() if name in self._read}
        table = known.get(named.text)
        if table is None:
            near = nearest(named.text, known)
            able = [name for name, one in known.items() if not to_copy or _has_code(one)]
            help = f"did you mean `{near}`?" if near else f"it reads {quoted(able)}"
            self._diagnostics.report("X087", named.span, help=help, name=named.text)
            return None
        if to_copy and not _has_code(table):
            ties = [other for other in known.values() if any(one.type == other.name for one in table.columns)]
            of = next((f"`{one.rows_name}`" for one in ties if _has_code(one)), "what it refers to")
            help = f"let {of} grow: what refers to a row is copied with it"
            problem = "its key is not one code, so that a copy could not have its own"
            self._diagnostics.report("X074", named.span, help=help, table=table.name, problem=problem)
            return None
        return table

    def _is_number(self, one: WrittenResponse) -> bool:
        """Whether the parameter that is responded to has one number (X058)."""
        found, name = self._checked.parameters.get(one.parameter.text), one.parameter.text
        member = one.member.text if one.member else ""
        help = ""
        if found is None:
            near = nearest(name, self._checked.parameters)
            problem = "is no parameter of the policy"
            help = f"did you mean `{near}`?" if near else f"there are {quoted(self._checked.parameters)}"
        elif bool(found.members) != bool(member) or (member and member not in found.members):
            problem = "has several values" if found.members else "has one value"
            help = f"name one of them, such as `{name}.{found.members[0]}`" if found.members else f"write `{name}`"
        elif found.type.kind != "number":
            problem, help = f"is {found.type}", "name a parameter that is a number, such as an amount"
        else:
            return True
        self._diagnostics.report("X058", one.parameter.span, help=help, name=name, problem=problem)
        return False


def _known_tables(checked: CheckedPolicy) -> frozenset[str]:
    """The tables that a run reads, and those to which their columns lead."""
    read = columns_read(checked)
    ties = {
        column.type
        for name, columns in read.items()
        for column in checked.tables[name].columns
        if column.name in columns and column.type in checked.tables
    }
    return frozenset({*read, *ties})


def _has_code(table: Table) -> bool:
    column = table.column(table.key[0])
    return len(table.key) == 1 and column is not None and column.type == "text"


def _text(named: Word, where: Expr | None) -> str:
    rows = named.text.replace("_", " ")
    return f"{rows} where {' '.join(where.span.text.split())}" if where is not None else rows


def _is_of(span: Span, asked: Sequence[Asked]) -> bool:
    return any(span.source == one.test.span.source for one in asked)

"""From the tree of a file of cases to the cases as written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date

from ..text.diagnostic import Diagnostics
from ..text.document import Document, Entry, Mapping, Node, Scalar
from ..text.source import Span
from .case_table import case_rows
from .cases import Case, CaseFile, Expected, GivenTable, Override
from .expr import Invalid
from .policy import Word
from .shape import check_shape
from .slots import entries, scalar, slot, text, word
from .starts import is_day, read_day
from .written_rows import written_rows
from .written_value import written_value


@dataclass(frozen=True, slots=True)
class _Shared:
    """What a case takes over from its file; `rejected` are keys that are not right and have been reported."""

    as_of: Date | None
    overrides: tuple[Override, ...]
    rejected: frozenset[str]


def parse_cases(document: Document, diagnostics: Diagnostics) -> CaseFile | None:
    """The cases that a document holds; nothing where it does not say whose they are.

    Complaints: what does not have the shape (Y040 to Y048), days that are none (Y050), values of parameters that are
    not written out (Y053), tables between bars (Y057, Y060, Y061, Y063), cases that expect nothing (Y072), tables of
    cases (Y067, Y077 to Y079).
    """
    root = document.root
    rejected: set[str] = set()
    check_shape(root, "cases", diagnostics, rejected)
    policy = word(slot(root, "cases_of"))
    if policy is None:
        return None
    overrides = _overrides(slot(root, "parameters"), diagnostics)
    shared = _Shared(_day(slot(root, "as_of"), diagnostics), overrides, frozenset(rejected))
    return CaseFile(
        source=document.source,
        policy=policy,
        given=_given(slot(root, "given"), diagnostics),
        cases=tuple(case for entry in entries(slot(root, "cases")) for case in _cases(entry, shared, diagnostics)),
    )


def _cases(entry: Entry, shared: _Shared, diagnostics: Diagnostics) -> Iterator[Case]:
    """The case of an entry, or one for each row of its table."""
    rows = case_rows(entry, diagnostics)
    if rows is None:
        yield _case(entry.key.text, entry.key.span, entry.value, shared, diagnostics)
    for row in rows or ():
        yield _case(f"{entry.key.text}, {row.name}", row.span, row.block, shared, diagnostics, of_table=True)


def _case(
    name: str, span: Span, block: Node, shared: _Shared, diagnostics: Diagnostics, of_table: bool = False
) -> Case:
    own = _overrides(slot(block, "parameters"), diagnostics)
    named = {_path(one) for one in own}
    expected = (*_expected(slot(block, "expect")), *_totals(slot(block, "totals")))
    reasons = tuple(_expected(slot(block, "because")))
    keys = {held.key.text for held in entries(block)}
    silent = keys and keys.isdisjoint({"expect", "totals", "because"} | shared.rejected)
    if silent or (of_table and not expected and not reasons and keys.isdisjoint(shared.rejected)):
        help = "add `expect:` with an entity, the key of a row, a column and its value"
        diagnostics.report("Y072", span, help=help, name=name)
    return Case(
        name=name,
        title=text(slot(block, "title")),
        cite=text(slot(block, "cite")),
        as_of=_day_of(slot(block, "as_of"), of_table, diagnostics) or shared.as_of,
        overrides=(*(one for one in shared.overrides if _path(one) not in named), *own),
        given=_given(slot(block, "given"), diagnostics),
        expected=expected,
        because=reasons,
        of_table=of_table,
        span=span,
    )


def _path(override: Override) -> tuple[str, str]:
    return override.parameter.text, override.member.text if override.member else ""


def _day(node: Node | None, diagnostics: Diagnostics) -> Date | None:
    found = scalar(node)
    return read_day(found, diagnostics) if found else None


def _day_of(node: Node | None, of_table: bool, diagnostics: Diagnostics) -> Date | None:
    """The day of a case. What a cell of a table of cases holds has not been looked at, and neither has a name of a
    column where there is no table (Y050).
    """
    found = scalar(node)
    if found is not None and not is_day(found) and of_table != found.text.startswith("<"):
        help = "write year, month and day, such as `2026-07-01`"
        diagnostics.report("Y050", found.span, found=found.text, help=help)
        return None
    return _day(node, diagnostics)


# -- parameters -----------------------------------------------------------------------------------------------------


def _overrides(node: Node | None, diagnostics: Diagnostics) -> tuple[Override, ...]:
    found: list[Override] = []
    for entry in entries(node):
        name = Word(text=entry.key.text, span=entry.key.span)
        if isinstance(entry.value, Mapping):
            for member in entry.value.entries:
                of = Word(text=member.key.text, span=member.key.span)
                found += _override(name, of, scalar(member.value), diagnostics)
        else:
            found += _override(name, None, scalar(entry.value), diagnostics)
    return tuple(found)


def _override(name: Word, member: Word | None, value: Scalar | None, diagnostics: Diagnostics) -> Iterator[Override]:
    if value is not None:
        literal = written_value(value, diagnostics)
        if not isinstance(literal, Invalid):
            yield Override(name, member, literal, value.span)


# -- given rows -----------------------------------------------------------------------------------------------------


def _given(node: Node | None, diagnostics: Diagnostics) -> tuple[GivenTable, ...]:
    return tuple(
        GivenTable(Word(text=entry.key.text, span=entry.key.span), tuple(written_rows(entry.value, diagnostics)))
        for entry in entries(node)
    )


# -- what must come out ---------------------------------------------------------------------------------------------


def _expected(node: Node | None) -> Iterator[Expected]:
    for entity in entries(node):
        for row in entries(entity.value):
            for column in entries(row.value):
                value = word(column.value)
                if value is not None:
                    yield Expected(_word(entity.key), _word(row.key), _word(column.key), value)


def _totals(node: Node | None) -> Iterator[Expected]:
    for entry in entries(node):
        value = word(entry.value)
        entity, dot, column = entry.key.text.partition(".")
        if value is not None and dot and column:
            at = len(entity) + 1
            yield Expected(
                Word(text=entity, span=entry.key.place(0, len(entity))),
                None,
                Word(text=column, span=entry.key.place(at, len(entry.key.text))),
                value,
            )


def _word(key: Scalar) -> Word:
    return Word(text=key.text.strip(), span=key.span)

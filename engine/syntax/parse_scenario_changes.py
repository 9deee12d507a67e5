"""From the keys `set`, `add`, `remove` and `grow` of a scenario to changes of rules and data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from ..text.diagnostic import Diagnostics
from ..text.document import Mapping, Node, Scalar, Sequence
from .cases import GivenRow, GivenTable
from .meaning import meaning_of_text, meaning_of_tree
from .parse_expr import parse_test
from .path import SECTIONS, WHOLE
from .policy import Word
from .scenario_changes import Chosen, Growth, RemovedKeys, RowChanges, RuleChanges, RuleText
from .slot_kind import slot_kinds
from .slots import entries, items, scalar, slot, text, word
from .written_rows import written_rows

MOST = 10
"""Copies of a row at most."""

RULES = "rules"
"""The key that stands beside the names of tables."""


def is_rule_path(key: str) -> bool:
    """Whether a key of `set` is the path of a rule, and no parameter: it begins with a section, or has two dots."""
    head, *rest = key.split(".")
    return len(rest) > 1 or (bool(rest) and head in (*SECTIONS, *WHOLE))


def parse_rule_changes(root: Node) -> RuleChanges | None:
    """What a scenario changes of rules; nothing where it changes none."""
    texts = tuple(
        RuleText(Word(text=entry.key.text, span=entry.key.span), meaning_of_text(entry.value, "value"), entry.value)
        for entry in entries(slot(root, "set"))
        if is_rule_path(entry.key.text) and isinstance(entry.value, Scalar) and entry.value.text
    )
    rules = slot(slot(root, "add"), RULES)
    fragment = rules if isinstance(rules, Mapping) and rules.entries else None
    added = repr(meaning_of_tree(fragment, slot_kinds(fragment, "policy"))) if fragment is not None else ""
    removed = tuple(path for node in items(slot(slot(root, "remove"), RULES)) if (path := word(node)) is not None)
    if not texts and fragment is None and not removed:
        return None
    return RuleChanges(
        tuple(sorted(texts, key=lambda one: one.path.text)),
        added,
        tuple(sorted(removed, key=lambda path: path.text)),
        fragment,
    )


def parse_row_changes(root: Node, diagnostics: Diagnostics) -> RowChanges | None:
    """What a scenario changes of data; nothing where it changes none (S codes of tests, Y083 and Y086 of growth)."""
    added = tuple(_added(slot(root, "add"), diagnostics))
    keys: list[RemovedKeys] = []
    chosen: list[Chosen] = []
    for entry in entries(slot(root, "remove")):
        table = Word(text=entry.key.text, span=entry.key.span)
        if table.text == RULES:
            continue
        if isinstance(entry.value, Sequence):
            keys.append(RemovedKeys(table, _sorted(_key(item) for item in entry.value.items)))
        elif (test := scalar(slot(entry.value, "where"))) is not None:
            chosen.append(_chosen(table, test, diagnostics))
    growth = tuple(_growth(slot(root, "grow"), diagnostics))
    cells = tuple(_cells(slot(root, "set"), diagnostics))
    if not added and not keys and not chosen and not growth and not cells:
        return None
    seed = text(slot(root, "seed"))
    return RowChanges(
        tuple(sorted(added, key=repr)),
        tuple(sorted(keys, key=repr)),
        tuple(sorted(chosen, key=repr)),
        tuple(sorted(growth, key=repr)),
        int(seed) if seed.isdecimal() else None,
        tuple(sorted(cells, key=repr)),
    )


def _added(node: Node | None, diagnostics: Diagnostics) -> Iterator[GivenTable]:
    for entry in entries(node):
        if entry.key.text != RULES:
            rows = _sorted(written_rows(entry.value, diagnostics))
            yield GivenTable(Word(text=entry.key.text, span=entry.key.span), rows)


def _cells(node: Node | None, diagnostics: Diagnostics) -> Iterator[GivenTable]:
    """Rows whose cells are set otherwise: what has a list in `set` is a table, and no parameter."""
    for entry in entries(node):
        if isinstance(entry.value, Sequence):
            rows = _sorted(written_rows(entry.value, diagnostics))
            yield GivenTable(Word(text=entry.key.text, span=entry.key.span), rows)


def _sorted(rows: Iterator[GivenRow]) -> tuple[GivenRow, ...]:
    """Rows in an order that says nothing of how they are written: columns by name, then row by row."""
    tidy = (GivenRow(tuple(sorted(row.cells, key=repr)), row.span) for row in rows)
    return tuple(sorted(tidy, key=repr))


def _key(item: Node) -> GivenRow:
    """The key of a row: a text, which has no column's name, or columns with their values."""
    if isinstance(item, Scalar):
        return GivenRow(((Word(text=""), Word(text=item.text.strip(), span=item.span)),), item.span)
    cells = [
        (Word(text=entry.key.text, span=entry.key.span), Word(text=text(entry.value), span=entry.value.span))
        for entry in entries(item)
    ]
    return GivenRow(tuple(cells), cells[0][0].span if cells else item.span)


def _chosen(table: Word, test: Scalar | None, diagnostics: Diagnostics) -> Chosen:
    if test is None:
        return Chosen(table, "", None)
    parse_test(test, diagnostics)
    return Chosen(table, meaning_of_text(test, "test"), test)


def _growth(node: Node | None, diagnostics: Diagnostics) -> Iterator[Growth]:
    for entry in entries(node):
        table = Word(text=entry.key.text, span=entry.key.span)
        for item in items(entry.value):
            by = scalar(slot(item, "by"))
            part = None if by is None else _percent(by.text)
            if by is None or part is None:
                continue  # its shape has been reported
            if part < -1:
                help = "the most that can go is `-100%`"
                diagnostics.report("Y083", by.span, help=help, found=by.text.strip())
                continue
            if part > MOST:
                diagnostics.report("Y086", by.span, help="the most is `1000%`", found=by.text.strip())
                continue
            yield Growth(_chosen(table, scalar(slot(item, "where")), diagnostics), part, by.span)


def _percent(written: str) -> Fraction | None:
    found = _PERCENT.fullmatch(written.strip())
    return Fraction(found[1]) / 100 if found else None


_PERCENT = re.compile(r"(-?[0-9]{1,6}([.][0-9]{1,9})?)%")
"""As the shape of scenarios has it; what is written otherwise has been reported."""

"""From the tree of a scenario's file to the scenario as written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..text.diagnostic import Diagnostics
from ..text.document import Document, Node, Scalar, Sequence
from ..text.suggest import quoted
from .cases import Override
from .expr import Expr, Invalid
from .parse_scenario_changes import is_rule_path, parse_row_changes, parse_rule_changes
from .parse_scenario_sensitivity import parse_frontier, parse_sensitivity
from .parse_scenario_uncertainty import parse_uncertainty
from .parse_scenario_years import parse_years
from .policy import Word
from .scenario import Range, Scenario, Search, Sweep, Target
from .shape import check_shape
from .slots import entries, items, scalar, slot, text, truth, word
from .starts import read_day
from .written_value import written_value

_TARGET = re.compile(r"\s*(\S.*?)(?<![<>=!])\s*(<=|>=|=)\s*([^\s<>=].*?)\s*", re.DOTALL)
_OTHER_SIGN = re.compile(r"([^<>=!≤≥]*[^<>=!≤≥ ]) ?(==|=<|=>|[<>≤≥]) ?([^<>=!≤≥]+)")
_INSTEAD = {"==": "=", "=<": "<=", "<": "<=", "≤": "<=", "=>": ">=", ">": ">=", "≥": ">="}
"""The sign of a target for one that it does not have."""
PARTS = ("set", "add", "remove", "grow", "sweep", "find", "equity", "sensitivity", "frontier", "uncertainty", "years")
"""The keys that say what is asked."""
_VALUE = re.compile(r"[-$\d]")
"""How a value begins; a number of a run begins with a letter."""


def parse_scenario(document: Document, diagnostics: Diagnostics) -> Scenario | None:
    """The scenario that a document holds; nothing where it has no name.

    Complaints: what does not have the shape (Y040 to Y048), a day that is none (Y050), values of parameters that are
    not written out (Y053), targets that are none (Y081), scenarios that change nothing (Y082), those of `years`.
    """
    root = document.root
    rejected: set[str] = set()
    check_shape(root, "scenario", diagnostics, rejected)
    name = word(slot(root, "scenario"))
    if name is None:
        return None
    day = scalar(slot(root, "from"))
    ahead = next((entry for entry in entries(root) if entry.key.text == "years"), None)
    found = Scenario(
        source=document.source,
        name=name,
        title=text(slot(root, "title")),
        because=text(slot(root, "because")),
        policy=word(slot(root, "policy")),
        starts=read_day(day, diagnostics) if day else None,
        settings=tuple(_settings(slot(root, "set"), diagnostics)),
        rules=parse_rule_changes(root),
        rows=parse_row_changes(root, diagnostics),
        sweeps=tuple(_sweeps(slot(root, "sweep"), diagnostics)),
        searches=tuple(_searches(slot(root, "find"), diagnostics)),
        equity=truth(slot(root, "equity")) or False,
        who_moves=word(slot(root, "who_moves")),
        sensitivity=parse_sensitivity(slot(root, "sensitivity"), diagnostics),
        frontier=parse_frontier(slot(root, "frontier"), diagnostics),
        uncertainty=parse_uncertainty(slot(root, "uncertainty"), diagnostics),
        years=parse_years(ahead.value, ahead.key.span, diagnostics) if ahead else None,
        span=name.span,
    )
    keys = {entry.key.text for entry in entries(root)}
    if keys.isdisjoint({*PARTS} | rejected):
        help = f"say what is other or asked by one or more of {quoted(PARTS)}; `set:` has parameters and their values"
        diagnostics.report("Y082", name.span, help=help, name=name.text)
    return found


def _named(key: Scalar) -> tuple[Word, Word | None]:
    """A parameter, and its member where the key is `parameter.member`."""
    name, dot, member = key.text.partition(".")
    if not dot:
        return Word(text=name, span=key.span), None
    return Word(text=name, span=key.span), Word(text=member, span=key.span)


def _settings(node: Node | None, diagnostics: Diagnostics) -> Iterator[Override]:
    for entry in entries(node):
        if is_rule_path(entry.key.text):
            continue
        found = _override(*_named(entry.key), scalar(entry.value), diagnostics)
        if found is not None:
            yield found


def _override(name: Word, member: Word | None, value: Scalar | None, diagnostics: Diagnostics) -> Override | None:
    if value is None:
        return None
    literal = written_value(value, diagnostics)
    return None if isinstance(literal, Invalid) else Override(name, member, literal, value.span)


def _sweeps(node: Node | None, diagnostics: Diagnostics) -> Iterator[Sweep]:
    for entry in entries(node):
        name, member = _named(entry.key)
        if isinstance(entry.value, Sequence):
            tried = (_override(name, member, scalar(item), diagnostics) for item in items(entry.value))
            yield Sweep(name, member, tuple(one for one in tried if one is not None))
        else:
            found = _range(entry.value, diagnostics)
            if found is not None:
                yield Sweep(name, member, range=found)


def _range(node: Node | None, diagnostics: Diagnostics) -> Range | None:
    """A range whose three values are written out; what is not there has been reported as a fault of the shape."""
    ends: list[Expr] = []
    for key in ("from", "to", "step"):
        value = scalar(slot(node, key))
        literal = written_value(value, diagnostics) if value else None
        if value is None or isinstance(literal, Invalid):
            return None
        if literal is None:
            diagnostics.report("Y053", value.span, found="none", help="write the number itself")
            return None
        ends.append(literal)
    first, last, step = ends
    return Range(first, last, step, node.span) if node is not None else None


def _searches(node: Node | None, diagnostics: Diagnostics) -> Iterator[Search]:
    for entry in entries(node):
        parameter, target = scalar(slot(entry.value, "parameter")), scalar(slot(entry.value, "so_that"))
        within = _range(entry.value, diagnostics)
        met = _target(target, diagnostics) if target else None
        if parameter is not None and met is not None and within is not None:
            yield Search(Word(text=entry.key.text, span=entry.key.span), *_named(parameter), met, within)


def _target(written: Scalar, diagnostics: Diagnostics) -> Target | None:
    """What is to hold (Y081)."""
    found = _TARGET.fullmatch(written.text)
    if found is None:
        help = "write a number of the run, `=`, `>=` or `<=`, and a value: `paid = $5,000,000`, `listed = 150`"
        if other := _OTHER_SIGN.fullmatch(" ".join(written.text.split())):
            left, sign, right = other.groups()
            help = f"a target has `=`, `>=` or `<=`: write `{left} {_INSTEAD[sign]} {right}`"
        diagnostics.report("Y081", written.span, help=help, found=" ".join(written.text.split()))
        return None
    left, sign, right = (" ".join(part.split()) for part in found.groups())
    value: Expr | None = None
    if _VALUE.match(right):
        start, end = found.span(3)
        part = Scalar(found.group(3), written.style, written.place(start, end), written.offsets[start : end + 1])
        value = written_value(part, diagnostics)
        if isinstance(value, Invalid):
            return None
    return Target(left, sign, right, value, written.span)

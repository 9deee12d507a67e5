"""From the tree of a scenario's file to what it asks of sensitivity, and of cost against reach."""

from __future__ import annotations

from fractions import Fraction

from ..text.diagnostic import Diagnostics
from ..text.document import Node
from .expr import Number, Percent
from .policy import Word
from .scenario_sensitivity import Frontier, Sensitivity
from .slots import items, scalar, slot, word
from .written_value import written_value

POINTS, DAYS = 5, 30
"""Percentage points by which a share is moved, and days by which a date is, where a scenario does not say."""


def parse_sensitivity(node: Node | None, diagnostics: Diagnostics) -> Sensitivity | None:
    """What the key `sensitivity` asks; nothing where it is not there or has no step (Y088)."""
    percent = _number(slot(node, "step"), "step", "a percent above 0 such as `10%`", Percent, diagnostics)
    points = _number(slot(node, "points"), "points", "a number of points above 0 such as `5`", Number, diagnostics)
    days = _number(slot(node, "days"), "days", "a whole number of days above 0 such as `30`", Number, diagnostics)
    if node is None or percent is None:
        return None
    shares = (Fraction(POINTS) if points is None else points) / 100
    count = DAYS if days is None else int(days)
    return Sensitivity(
        percent, shares, count, _words(slot(node, "of")), _words(slot(node, "parameters")), node.span
    )  # fmt: skip


def parse_frontier(node: Node | None, diagnostics: Diagnostics) -> Frontier | None:
    """What the key `frontier` asks (Y089)."""
    cost, reach = _named(slot(node, "cost")), _named(slot(node, "reach"))
    if node is None or cost is None or reach is None:
        return None
    if cost.text == reach.text:
        help = "name what is paid as `cost:` and what is reached as `reach:`, such as `paid` and `listed`"
        diagnostics.report("Y089", reach.span, help=help, name=cost.text)
        return None
    return Frontier(cost, reach, node.span)


def _number(
    node: Node | None, key: str, form: str, kind: type[Number] | type[Percent], diagnostics: Diagnostics
) -> Fraction | None:
    """A number above 0 of a form; nothing where it is not written, or is none (Y088)."""
    found = scalar(node)
    if found is None:
        return None
    own = Diagnostics()
    literal = written_value(found, own)
    if isinstance(literal, kind):
        value = Fraction(literal.value)
        whole = key != "days" or value.denominator == 1
        fits = 0 < value <= (100 if key != "days" else 36_600)
        if whole and fits:
            return value / 100 if kind is Percent else value
    help = f"write {form}" + ("" if key == "days" else "; 100 is the most")
    diagnostics.report("Y088", found.span, help=help, key=key, found=found.text.strip())
    return None


def _words(node: Node | None) -> tuple[Word, ...]:
    """The names of a list, each once."""
    found = [one for one in map(_named, items(node)) if one is not None]
    return tuple({one.text: one for one in reversed(found)}[name] for name in dict.fromkeys(one.text for one in found))


def _named(node: Node | None) -> Word | None:
    """A name whose parts are one blank apart."""
    found = word(node)
    return None if found is None else Word(text=" ".join(found.text.split()), span=found.span)

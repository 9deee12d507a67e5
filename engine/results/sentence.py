"""The sentence of a rule with the row's own values in it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ..execution.values import Missing, Value
from ..syntax.expr import Call
from ..types.checked import CheckedDefinition
from ..types.datatypes import Type
from ..types.lower.which import WHICH
from .quantity import shown


def filled(rule: CheckedDefinition, values: Sequence[tuple[Type, Value]]) -> str:
    """The `because` of a rule with its values, in order, written as people write them; empty where it has none."""
    if rule.because is None:
        return ""
    left = iter(values)
    parts = []
    for part in rule.because.parts:
        if isinstance(part, str):
            parts.append(part)
        elif isinstance(part, Call) and part.function == WHICH:
            parts.append(_names([found for _ in part.arguments if (found := next(left, None)) is not None]))
        else:
            found = next(left, None)
            parts.append("?" if found is None else shown(found[1], found[0]))
    return "".join(parts)


def _names(values: Sequence[tuple[Type, Value]]) -> str:
    """`A`, `A and B`, `A, B, C and 2 more`, from the names and how many there are."""
    if not values:
        return "?"
    *names, (_, count) = values
    said = [shown(value, type) for type, value in names if not isinstance(value, Missing)]
    if isinstance(count, Fraction) and count > len(said):
        said.append(f"{count - len(said)} more")
    return " and ".join((", ".join(said[:-1]), said[-1])) if len(said) > 1 else "".join(said) or "nobody"

"""The sentence of a rule with the row's own values in it."""

from __future__ import annotations

from collections.abc import Sequence

from ..execution.values import Value
from ..types.checked import CheckedDefinition
from ..types.datatypes import Type
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
        else:
            found = next(left, None)
            parts.append("?" if found is None else shown(found[1], found[0]))
    return "".join(parts)

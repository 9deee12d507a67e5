"""What an expression speaks of, itself or in the rules that it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...syntax.expr import Expr
from ...syntax.policy import Criterion, Definition
from ...syntax.walk import Node, walk
from .linted import Linted


def bodies_of(of: Linted) -> dict[str, list[Expr]]:
    """The texts of all definitions and criteria by their names, whatever they are on."""
    found: dict[str, list[Expr]] = {}
    rules: list[Definition | Criterion] = [*of.policy.definitions, *of.policy.criteria]
    for rule in rules:
        found.setdefault(rule.name, []).extend(version.body for version in rule.versions)
    return found


def reads(wanted: set[str], roots: Iterable[Node | None], bodies: Mapping[str, list[Expr]]) -> bool:
    """Whether expressions, or the rules that they name, speak of something wanted."""
    waiting: list[Node] = [one for one in roots if one is not None]
    seen = set[str]()
    while waiting:
        for node in walk(waiting.pop()):
            name = getattr(node, "name", None) or getattr(node, "function", None)
            if not isinstance(name, str) or name in seen:
                continue
            if name in wanted:
                return True
            seen.add(name)
            waiting += bodies.get(name, [])
    return False

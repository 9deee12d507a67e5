"""Terms: expressions for comparing only. They never feed an evaluation, so a mistake here cannot change a result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeAlias

from ...types.datatypes import Type

Key: TypeAlias = tuple[str, ...]
"""What a leaf names: `("cell", "parameters.quorum")`, `("column", "credential", "tier")`, `("name", "x")`."""


@dataclass(frozen=True, slots=True)
class Term:
    """An operator with its operands and what it holds beside them: a value, a name, options.

    `literal` (value: number and unit), `word` (a value of an enum), `leaf` (value: a `Key` and how many rows out), `no`
    (an operand that is not there), or the name of an operator.
    """

    op: str
    args: tuple[Term, ...] = ()
    value: Any = None
    type: Type | None = field(default=None, compare=False, repr=False)

    @property
    def number(self) -> Fraction | None:
        """The number that it is written as."""
        return self.value[0] if self.op == "literal" else None

    @property
    def key(self) -> Key | None:
        """What it names, if it is a name."""
        return self.value[0] if self.op == "leaf" else None


NO = Term("no")


def literal(value: Fraction, unit: str = "") -> Term:
    """A number of a unit."""
    return Term("literal", (), (value, unit))


def sort_key(term: Term) -> str:
    """What terms are sorted by: any order does that depends on nothing but what they say."""
    return repr(term)


def leaves(term: Term) -> Iterator[Key]:
    """Everything that a term names: leaves, walks, and the tables and functions that it calls."""
    todo = [term]
    while todo:
        one = todo.pop()
        if one.op in ("leaf", "walk"):
            yield one.value[0]
        elif one.op == "call":
            yield ("name", one.value)
        todo += one.args

"""What the checking of one epoch shares: the world, what has been found out, and the way to the type of a
definition.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date as Date
from typing import Any, TypeAlias

from ..syntax.choice_tables import Bands, DecisionTable
from ..syntax.expr import Expr, NodeId
from ..syntax.policy import NamedYear, Policy
from ..text.diagnostic import Diagnostics
from ..text.source import Span
from . import complaints
from .checked import CheckedParameter, Use
from .datatypes import UNKNOWN, Type
from .world import World

Scope: TypeAlias = tuple[str, ...]
"""The entities of the rows around an expression, innermost first; the last is the entity of the definition."""

Read: TypeAlias = tuple[str, ...]
"""What a check has read: `column`, entity and name, or `parameters`, `tables`, `bands`, `years` and a name."""

Infer: TypeAlias = Callable[["Checker", Any, Scope], Type]


@dataclass(slots=True)
class Checker:
    """The state of a check. `type_of` gives the type of a computed column, checking it first if need be.

    `searched` names the versions of decision tables that have been searched for gaps. `local` is the type of `x`
    while a band is checked; `inlining` names the years, tables and bands that stand for what
    is being checked, outermost first; `reads` is what the definition that is being checked has read.
    """

    policy: Policy
    world: World
    parameters: Mapping[str, CheckedParameter]
    diagnostics: Diagnostics
    table: Mapping[type, Infer]
    defined: Mapping[tuple[str, str], object]
    type_of: Callable[[str, str, Expr], Type]
    types: dict[NodeId, Type] = field(default_factory=dict)
    uses: dict[NodeId, Use] = field(default_factory=dict)
    renewed: dict[NodeId, Expr] = field(default_factory=dict)
    local: Type | None = None
    searched: set[tuple[str, Date | None]] = field(default_factory=set)
    inlining: list[tuple[str, Span]] = field(default_factory=list)
    reads: set[Read] = field(default_factory=set)
    years: Mapping[str, NamedYear] = field(default_factory=dict)
    tables: Mapping[str, DecisionTable] = field(default_factory=dict)
    bands: Mapping[str, Bands] = field(default_factory=dict)

    def infer(self, expr: Expr, scope: Scope, *, length: bool = False) -> Type:
        """The type of `expr` in a scope; recorded. A complaint has been made where it is `unknown`.

        `length`: it may be a length of time, which belongs behind a date or a year and is no value elsewhere.
        """
        found = self.table[type(expr)](self, expr, scope)
        if found.kind == "duration" and not length:
            found = complaints.nothing_to_store(self.diagnostics, expr.span, complaints.text_of(expr), found)
        self.types[expr.id] = found
        return found

    def stand_in(self, expr: Expr, body: Expr, scope: Scope, name: str, place: Span) -> Type:
        """Let `expr`, which names a year, table or band, stand for `body` in this scope; a ring of them is reported."""
        names = [one for one, _ in self.inlining]
        if name in names:
            return complaints.ring(self.diagnostics, self.inlining[names.index(name) :])
        self.renewed[expr.id] = body
        self.inlining.append((name, place))
        found = self.infer(body, scope)
        self.inlining.pop()
        return found

    def infer_test(self, expr: Expr, scope: Scope) -> Type:
        """As `infer`, for a slot that takes true or false."""
        found = self.infer(expr, scope)
        if found.kind not in ("truth", "unknown", "nothing"):
            return complaints.not_a_test(self.diagnostics, expr, found)
        return found

    def infer_number(self, expr: Expr, scope: Scope) -> Type:
        """As `infer`, for a slot that takes a number."""
        found = self.infer(expr, scope)
        return found if found.kind in ("number", "unknown") else complaints.not_a_number(self.diagnostics, expr, found)

    def adopt(self, expr: Expr, found: Type) -> Type:
        """Give an expression a type from its surroundings (the literal `missing`, an enum's value)."""
        self.types[expr.id] = found
        return found


def fits(found: Type, kind: str) -> bool:
    """Whether a type is of a kind, or of none that a complaint is due for."""
    return found.kind in (kind, UNKNOWN.kind, "nothing")

"""A checked policy as lint looks at it: everything that its author wrote, with types where an expression has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date as Date
from functools import cache
from typing import Any

from ...syntax import expr as ast
from ...syntax.accountability import Accountability
from ...syntax.expr import Expr
from ...syntax.path import WHOLE
from ...syntax.policy import Criterion, Definition, Item, LintException, Policy, Relation
from ...syntax.walk import walk
from ...text.diagnostic import Diagnostics, Label
from ...text.fix import Fix
from ...text.source import Source, Span
from ..checked import CheckedPolicy, Use
from ..datatypes import UNKNOWN, Type


@dataclass(frozen=True, slots=True)
class Written:
    """A node of an expression, the path of the thing that says it, such as `criteria.good_wage`, and the whole
    expression or sentence that holds it.
    """

    path: str
    node: Any
    whole: Any = None


@dataclass(frozen=True, slots=True)
class Linted:
    """What the findings read.

    written     every node of every expression that the author wrote, in the order of the policy
    cites       every citation and note
    cases       every word and number of the cases beside the policy; nothing where there are none
    excused     the exceptions that have excused something
    """

    checked: CheckedPolicy
    diagnostics: Diagnostics
    written: tuple[Written, ...]
    cites: tuple[str, ...]
    cases: frozenset[str] | None = None
    excused: set[str] = field(default_factory=set)

    @property
    def policy(self) -> Policy:
        """The policy as written."""
        return self.checked.policy

    @property
    def names(self) -> set[str]:
        """Every name that an expression of the author speaks of."""
        nodes = [one.node for one in self.written]
        return {node.name for node in nodes if isinstance(node, ast.Name | ast.Member)} | {
            node.function for node in nodes if isinstance(node, ast.Call)
        }

    def type_of(self, expr: Expr) -> Type:
        """The type of an expression in the last epoch in which it was checked; unknown where it stands for others."""
        for epoch in reversed(self.checked.epochs):
            found = epoch.types.get(expr.id)
            if found is not None:
                return found
        return UNKNOWN

    def use_of(self, expr: Expr | ast.Rows) -> Use | None:
        """What a name means in the last epoch in which it was looked up; nothing where it stands for others."""
        for epoch in reversed(self.checked.epochs):
            found = epoch.uses.get(expr.id)
            if found is not None:
                return found
        return None

    def report(
        self,
        path: str,
        code: str,
        span: Span,
        *,
        help: str,
        others: Iterable[Label] = (),
        fix: Fix | None = None,
        **blanks: Any,
    ) -> None:
        """Report a finding on the thing of a path, unless the policy accepts it there or has it from another one. `fix`
        cures it without a change of meaning.
        """
        if span.source.name != self.policy.source.name:
            return
        for one in self.policy.lint:
            if one.code.text == code and (not one.of or any(_begins(path, word.text) for word in one.of)):
                self.excused.add(one.name)
                if not expired(one, self.policy):
                    return
                others = (*others, Label(one.span, f"accepted until {one.ends}"))
        self.diagnostics.report(code, span, help=help, others=others, fix=fix, **blanks)


def _begins(path: str, written: str) -> bool:
    return path == written or path.startswith(f"{written}.")


def expired(one: LintException, policy: Policy) -> bool:
    """Whether an exception has ended before the school year of the policy begins."""
    begins = first_day_of(policy)
    return one.ends is not None and begins is not None and one.ends <= begins


def first_day_of(policy: Policy) -> Date | None:
    """The day on which the school year of a policy begins, if it names one."""
    if policy.school_year is None:
        return None
    begins = policy.school_year_begins
    return Date(int(policy.school_year.text[:4]), begins.month, begins.day)


def linted(
    checked: CheckedPolicy,
    diagnostics: Diagnostics,
    cited: Iterable[str] = (),
    cases: frozenset[str] | None = None,
) -> Linted:
    """A policy, taken apart once for all findings; `cited` are citations that stand elsewhere."""
    nodes: list[Written] = []
    cites: list[str] = list(cited)
    for section in _names(Policy):
        if section != "lint":
            _collect(getattr(checked.policy, section), section, nodes, cites)
    return Linted(checked, diagnostics, tuple(nodes), tuple(cites), cases)


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind) if one.name not in ("span", "source", "id"))


def _collect(thing: Any, path: str, nodes: list[Written], cites: list[str]) -> None:
    """Everything below a record: expressions as their nodes, citations and notes as text."""
    if isinstance(thing, ast.Place):
        nodes.extend(Written(path, node, thing) for node in walk(thing))  # type: ignore[arg-type]
    elif isinstance(thing, tuple):
        for one in thing:
            _collect(one, path, nodes, cites)
    elif is_dataclass(thing) and not isinstance(thing, Span | Source | type):
        if isinstance(thing, Item):
            entity = getattr(thing, "entity", None)
            above = f"{path}.{entity.text}" if isinstance(thing, Definition | Criterion | Relation) and entity else path
            path = above if path in WHOLE and thing.name == path else f"{above}.{thing.name}"
        for name in _names(type(thing)):
            if name in ("cite", "note"):
                cites.append(getattr(thing, name))
            else:
                inside = f"{path}.{name}" if isinstance(thing, Accountability) else path
                _collect(getattr(thing, name), inside, nodes, cites)


def conjuncts(test: Expr | None) -> Iterator[Expr]:
    """The parts of a test that all have to hold."""
    if isinstance(test, ast.And):
        for part in test.operands:
            yield from conjuncts(part)
    elif test is not None:
        yield test

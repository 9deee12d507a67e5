"""L057: two definitions of an entity with one formula."""

from __future__ import annotations

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.path import path_of
from ...syntax.policy import Definition
from ...text.diagnostic import Label
from .linted import Linted


def same_formulas(of: Linted) -> None:
    """Report each definition whose texts are those of one above on the same entity, in force from the same days; that
    of a bare name or value is short for it.
    """
    seen: dict[tuple[object, ...], Definition] = {}
    for rule in of.policy.definitions:
        if isinstance(rule.versions[-1].body, _PLAIN):
            continue
        texts: tuple[tuple[object, object, Expr], ...]
        texts = tuple((version.starts, version.ends, version.body) for version in rule.versions)
        twin = seen.setdefault((rule.entity.text, texts), rule)
        if twin is not rule:
            help = f"use `{twin.name}` in its place, or mend the one that is wrong"
            others = (Label(twin.span, "is worked out so"),)
            path = path_of("definitions", rule)
            of.report(path, "L057", rule.span, others=others, help=help, name=rule.name, other=twin.name)


_PLAIN = (ast.Name, ast.Member, ast.Number, ast.Percent, ast.Money, ast.Text, ast.Truth, ast.DateLiteral, ast.Missing)

"""Terms with plain definitions in the place of their names: whether something has a name of its own does not matter."""

from __future__ import annotations

from collections.abc import Mapping

from ...syntax.policy import Policy
from .normal_form import added, all_of, any_of, multiplied, negated
from .term import Key, Term
from .term_of_expr import Meanings, term_of

DEEPEST = 40
"""How many definitions may stand one in the other before they are left as names."""


def plain_definitions(policy: Policy, meanings: Meanings) -> dict[Key, Term]:
    """What every definition stands for that has one text at all times."""
    found: dict[Key, Term] = {}
    for item in policy.definitions:
        only = item.versions[0]
        if len(item.versions) == 1 and only.starts is None and only.ends is None:
            found["column", item.entity.text, item.name] = term_of(only.body, meanings)
    return found


def inlined(term: Term, meant: Mapping[Key, Term], deep: int = 0) -> Term:
    """The normal form of a term in which definitions of the same row are written out."""
    if term.op == "leaf" and term.value[1] == 0 and term.value[0] in meant and deep < DEEPEST:
        return inlined(meant[term.value[0]], meant, deep + 1)
    args = tuple(inlined(one, meant, deep) for one in term.args)
    if args == term.args:
        return term
    match term.op:
        case "and":
            return all_of(args)
        case "or":
            return any_of(args)
        case "not":
            return negated(args[0])
        case "add":
            return added(args)
        case "mul":
            return multiplied(args)
        case _:
            return Term(term.op, args, term.value, term.type)

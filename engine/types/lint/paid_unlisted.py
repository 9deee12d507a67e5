"""L011: a line that pays for credentials without asking whether they are on the policy's own list."""

from __future__ import annotations

from collections.abc import Mapping

from ...syntax.expr import Expr
from ...syntax.policy import Criterion, Definition
from ...syntax.walk import walk
from .linted import Linted


def paid_unlisted(of: Linted) -> None:
    """Report each line that pays for attainments, in a policy with a list of credentials, and reads nothing of it:
    neither itself nor in what it names.
    """
    listed, policy = of.policy.priority_list, of.policy
    if listed is None or listed.entity.text != "credential":
        return
    of_list = {"tier", "is_listed", "list_status", "list_rank", "listed"}
    bodies: dict[str, list[Expr]] = {}
    rules: list[Definition | Criterion] = [*policy.definitions, *policy.criteria]
    for rule in rules:
        bodies.setdefault(rule.name, []).extend(version.body for version in rule.versions)
    for line in policy.funding:
        if line.claim.text == "attainment" and not _reads(of_list, [line.when, line.amount, line.quantity], bodies):
            help = "add `listed(credential as of award_date)` to `when:`"
            of.report(f"funding.{line.name}", "L011", line.span, help=help, name=line.name)


def _reads(wanted: set[str], roots: list[Expr | None], bodies: Mapping[str, list[Expr]]) -> bool:
    """Whether expressions, or the rules that they name, speak of something wanted."""
    waiting, seen = [one for one in roots if one is not None], set[str]()
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

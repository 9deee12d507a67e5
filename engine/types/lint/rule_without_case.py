"""L048: a rule of which no case speaks, nor of anything that rests on it."""

from __future__ import annotations

from collections.abc import Iterator

from ...syntax import expr as ast
from ...syntax.path import path_of
from ...syntax.policy import Item
from .linted import Linted

OF_THE_LIST = {"list_status", "tier", "list_rank", "cut_score", "listed", "is_listed"}
OF_RATINGS = {"rating", "index"}


def rules_without_case(of: Linted) -> None:
    """Report each criterion, eligibility and line of funding that is named neither in the cases beside the policy nor
    by what is named there; or the policy, where it alone of its folder has no cases.
    """
    if of.cases is None:
        return
    if not of.cases:
        name = of.policy.source.name.rsplit("/", 1)[-1].removesuffix(".yaml")
        help = f"write down what has to come out of a few rows, in `{name}.cases.yaml`"
        of.report("policy", "L048", of.policy.id_span, help=help, name=of.policy.id)
        return
    reached = _reached(of, of.cases)
    for path, item in _rules(of):
        if item.name not in reached:
            help = f"expect `{item.name}` of a row in a case, once met and once not"
            of.report(path, "L048", item.span, help=help, name=item.name)


def _rules(of: Linted) -> Iterator[tuple[str, Item]]:
    for section in ("criteria", "eligibility", "funding"):
        for item in getattr(of.policy, section):
            yield path_of(section, item), item


def _reached(of: Linted, cases: frozenset[str]) -> set[str]:
    """The names that cases speak of, and all that these are worked out from."""
    named: dict[str, set[str]] = {}
    for one in of.written:
        node = one.node
        if isinstance(node, ast.Name | ast.Member | ast.Call) and not isinstance(one.whole, ast.Sentence):
            owner = "" if one.path.startswith(("priority_list", "accountability")) else one.path.rsplit(".", 1)[-1]
            name = node.function if isinstance(node, ast.Call) else node.name
            named.setdefault(owner or one.path.split(".")[0], set()).add(name)
    waiting = set(cases)
    if cases & OF_THE_LIST:
        waiting.add("priority_list")
    section = of.policy.accountability
    if section is not None and (cases & OF_RATINGS or cases & {item.name for item in section.indicators}):
        waiting.add("accountability")
    reached = set[str]()
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting |= named.get(name, set())
    return reached

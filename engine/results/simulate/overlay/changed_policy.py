"""A policy with what scenarios change of its rules: made of the trees of its files, and checked as any other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ....model.standard import STANDARD
from ....syntax.load import load_edited
from ....syntax.policy import Policy
from ....syntax.scenario import Scenario
from ....syntax.tree_edit import Clash, paths_in, route_of, route_of_text, with_added, with_text, without
from ....text.diagnostic import Diagnostic, Diagnostics, Label, Severity
from ....text.document import Document, Entry, Node
from ....text.document import Mapping as Block
from ....text.source import Source, Span
from ....text.suggest import nearest
from ....types.check_policy import check_policy
from ....types.checked import CheckedPolicy

UNCHANGED = ("policy", "extends", "lint")
"""What a scenario does not change of a policy: who it is."""

SET, REMOVED, ADDED = "set", "removed", "added"


@dataclass(frozen=True, slots=True)
class _Change:
    """One change at a path: what is done there, by whom, where, and what is written there."""

    path: str
    done: str
    scenario: Scenario
    span: Span
    meaning: str = ""


def changed_policy(
    checked: CheckedPolicy, scenarios: Sequence[Scenario], diagnostics: Diagnostics
) -> CheckedPolicy | None:
    """The policy as the scenarios change it; `checked` itself where none of them does.

    Nothing where a change is at fault: a path that there is not (X068) or that has no text (X071), changes that
    contradict each other (X069), what is there already (X070), and all that is said of policies, at its place in the
    scenario.
    """
    changing = sorted((one for one in scenarios if one.rules is not None), key=lambda one: repr((one.name, one.rules)))
    if not changing:
        return checked
    own, before = Diagnostics(), Diagnostics()
    documents = documents_of(checked.policy, before)
    _check_conflicts(changing, own)
    trees = _edited(checked.policy, documents, changing, own)
    if own.has_errors:
        diagnostics.extend(own.sorted())
        return None
    told = Diagnostics()
    policy = policy_of(checked.policy, dict(zip(documents, trees, strict=True)), told)
    changed = None if policy is None else check_policy(policy, STANDARD, told)
    seen = {_identity(one) for one in before.sorted()}
    diagnostics.extend(own.sorted())
    diagnostics.extend(
        _placed(one, changing) for one in told.sorted() if _identity(one) not in seen and one.severity is Severity.ERROR
    )
    return None if told.has_errors else changed


def documents_of(policy: Policy, diagnostics: Diagnostics) -> list[Document]:
    """The trees of a policy and of those that it extends, its own first."""
    found: list[Document] = []

    def keep(document: Document) -> Document:
        found.append(document)
        return document

    load_edited(policy, keep, diagnostics)
    return found


def policy_of(policy: Policy, trees: Mapping[Document, Node], diagnostics: Diagnostics) -> Policy | None:
    """The policy that other trees of its files make."""
    by_file = {document.source.name: root for document, root in trees.items()}
    return load_edited(policy, lambda document: replace(document, root=by_file[document.source.name]), diagnostics)


def _identity(one: Diagnostic) -> tuple[str, str, str, int]:
    return one.code, one.message, one.span.source.name, one.span.start


# -- the trees ------------------------------------------------------------------------------------------------------


def _edited(
    policy: Policy, documents: Sequence[Document], scenarios: Sequence[Scenario], diagnostics: Diagnostics
) -> list[Node]:
    """The trees with what is removed taken out, then what is set, then what is added."""
    before = [document.root for document in documents]
    trees: list[Node] = list(before)
    for scenario in scenarios:
        for path in scenario.rules.removed if scenario.rules else ():
            if not _check_path(policy, path.text, path.span, before, diagnostics):
                continue
            for place, tree in enumerate(trees):
                route = route_of(tree, path.text)
                if route is not None:
                    trees[place] = without(tree, route) or tree
    for scenario in scenarios:
        for one in scenario.rules.texts if scenario.rules else ():
            if not _check_path(policy, one.path.text, one.path.span, before, diagnostics):
                continue
            routes = [route_of_text(tree, one.path.text) for tree in trees]
            if not any(routes) and any(route_of_text(tree, one.path.text) for tree in before):
                continue  # it is removed as well, which has been said
            if not any(routes):
                _report_block(before, one.path.text, one.path.span, diagnostics)
            for place, route in enumerate(routes):
                if route:
                    trees[place] = with_text(trees[place], route, one.text, one.path.span)
    files = {document.source.name for document in documents}
    for scenario in scenarios:
        if scenario.rules is not None and scenario.rules.fragment is not None:
            trees = _added(policy, trees, scenario.rules.fragment, files, diagnostics)
    return trees


def _added(policy: Policy, trees: list[Node], fragment: Block, files: set[str], diagnostics: Diagnostics) -> list[Node]:
    kept = []
    for entry in fragment.entries:
        if entry.key.text in UNCHANGED:
            help = "a scenario adds rules, parameters and what they stand on"
            diagnostics.report("X068", entry.key.span, help=help, policy=policy.id, path=entry.key.text)
        else:
            kept.append(entry)
    clashes: list[Clash] = []
    found = with_added(trees, replace(fragment, entries=tuple(kept)), clashes)
    for clash in clashes:
        if clash.there.key.span.source.name not in files:
            continue  # another scenario adds it: the same, or a conflict that has been reported
        help = f"to change it, write its path under `set:`; to put another in its place, `remove:` `{clash.path}` too"
        others = (Label(clash.there.key.span, "here"),)
        diagnostics.report("X070", clash.added.key.span, others=others, help=help, path=clash.path)
    return found


def _check_path(policy: Policy, path: str, span: Span, trees: Iterable[Node], diagnostics: Diagnostics) -> bool:
    """Whether a path leads to something that a scenario may change (X068)."""
    head, _, rest = path.partition(".")
    if head in UNCHANGED:
        help = "a scenario sets, adds and removes rules, parameters and what they stand on"
    elif head == "parameters" and rest and ".values" in path:
        help = f"write the parameter itself and its value: `{rest.partition('.')[0]}: …`"
    elif any(route_of(tree, path) is not None for tree in trees):
        return True
    else:
        near = nearest(path, sorted({one for tree in trees for one in paths_in(tree)}))
        help = f"did you mean `{near}`?" if near else "paths are those of `specie diff`: `funding.credentials.amount`"
    diagnostics.report("X068", span, help=help, policy=policy.id, path=path)
    return False


def _report_block(trees: Iterable[Node], path: str, span: Span, diagnostics: Diagnostics) -> None:
    below = [one for tree in trees for one in paths_in(tree) if one.startswith(f"{path}.")]
    help = f"name the text in it, such as `{below[0]}`" if below else "remove it, and add another"
    diagnostics.report("X071", span, help=help, path=path)


# -- what contradicts -----------------------------------------------------------------------------------------------


def _check_conflicts(scenarios: Sequence[Scenario], diagnostics: Diagnostics) -> None:
    """Whatever two scenarios (or one) do at a path, or the one above the other, that cannot both be (X069)."""
    found: dict[str, _Change] = {}
    changes = [change for scenario in scenarios for change in _changes(scenario)]
    for change in changes:
        other = found.setdefault(change.path, change)
        if other is not change and (other.done, other.meaning) != (change.done, change.meaning):
            _report_conflict(change, other, diagnostics)
    removed = {change.path: change for change in changes if change.done == REMOVED}
    for change in changes:
        steps = change.path.split(".")
        for end in range(1, len(steps)):
            above = removed.get(".".join(steps[:end]))
            if above is not None and change.done == SET:
                _report_conflict(change, above, diagnostics)


def _report_conflict(change: _Change, other: _Change, diagnostics: Diagnostics) -> None:
    otherwise = f"{other.done} otherwise" if other.done == change.done else other.done
    diagnostics.report(
        "X069", change.span, others=(Label(other.span, f"{otherwise} here"),),
        help="leave one of them out", path=change.path.removeprefix("added "), one=change.done, other=otherwise,
        scenario=other.scenario.name.text,
    )  # fmt: skip


def _changes(scenario: Scenario) -> Iterable[_Change]:
    rules = scenario.rules
    if rules is None:
        return
    for one in rules.texts:
        path = one.path.text.removesuffix(".test").removesuffix(".value")  # a rule's path is that of its text
        yield _Change(path, SET, scenario, one.path.span, one.meaning)
    for gone in rules.removed:
        yield _Change(gone.text, REMOVED, scenario, gone.span)
    yield from _leaves(scenario, rules.fragment.entries if rules.fragment else (), "")


def _leaves(scenario: Scenario, entries: Iterable[Entry], above: str) -> Iterable[_Change]:
    """What a fragment adds, text by text."""
    for entry in entries:
        path = f"{above}{entry.key.text}"
        if isinstance(entry.value, Block):
            yield from _leaves(scenario, entry.value.entries, f"{path}.")
        else:
            yield _Change(f"added {path}", ADDED, scenario, entry.key.span, _plain(entry.value))


def _plain(node: Node) -> str:
    return " ".join(node.span.text.split())


# -- where it is said -----------------------------------------------------------------------------------------------


def _placed(told: Diagnostic, scenarios: Sequence[Scenario]) -> Diagnostic:
    """What is said of the policy, at a place in a scenario: where it is written there as it is, else at the change that
    the message names, or the first one.
    """
    files: dict[str, Source] = {one.source.name: one.source for one in scenarios}
    if told.span.source.name in files:
        return told
    changes = [change for scenario in scenarios for change in _changes(scenario)]
    named = [change for change in changes if f"`{change.path.rpartition('.')[2]}`" in told.message]
    span = next((change.span for change in named or changes), scenarios[0].name.span)
    place = Label(told.span, "in the policy as the scenario has it")
    return replace(told, labels=(Label(span, "by this change"), place, *told.labels[1:]))

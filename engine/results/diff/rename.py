"""Things that stand under another name: found by their contents, and given the new name everywhere they are used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

from ...syntax.expr import Call, Member, Name, NodeId, Reachable
from ...syntax.funding import DrawingLine
from ...syntax.path import things
from ...syntax.policy import Item, Policy, Word
from ...syntax.walk import CONTENTS, Node, transform, walk
from ...types.checked import CellUse, CheckedPolicy, DefinitionUse, RelationUse, Use, ValueUse
from .compare import compare
from .edit import Edit, Kind
from .parts import is_leaf


@dataclass(frozen=True, slots=True)
class Rename:
    """A thing of a section (and of an entity, where its section has things of entities) under another name."""

    section: str
    old: str
    new: str
    entity: str = ""

    @property
    def way(self) -> str:
        """The name in its section by which it is found in the old policy."""
        return f"{self.entity}.{self.old}" if self.entity else self.old

    @property
    def new_way(self) -> str:
        """The same in the new one."""
        return f"{self.entity}.{self.new}" if self.entity else self.new


@dataclass(frozen=True, slots=True)
class Renames:
    """Renames, with what the names of the old policy mean where its check has found that out."""

    all: tuple[Rename, ...]
    uses: Mapping[NodeId, Use] = field(default_factory=dict)

    @staticmethod
    def of(edits: Iterable[Edit]) -> Renames:
        """The renames among edits."""
        found = (one for one in edits if one.kind is Kind.RENAMED)
        return Renames(tuple(_made(one.old_steps[0], one.old_steps[1], one.steps[1]) for one in found))


TOLD = frozenset({"title", "note", "because", "cite", "replaces"})
"""What people are told of a thing, which does not make it another."""


def _made(section: str, old: str, new: str) -> Rename:
    entity, _, name = old.rpartition(".")
    return Rename(section, name, new.rpartition(".")[2], entity)


def uses_of(checked: CheckedPolicy) -> dict[NodeId, Use]:
    """What the names of a policy mean, at whichever date each is in force."""
    found: dict[NodeId, Use] = {}
    for epoch in checked.epochs:
        found.update(epoch.uses)
    return found


def find_renames(old: Policy, new: Policy, uses: Mapping[NodeId, Use]) -> Renames:
    """What stands in both policies under different names: the same but for its name and what is said of it, and so
    named wherever it is used.
    """
    found = Renames((), uses)
    edits = compare(old, new)
    while True:
        better = next(_better(old, new, found, edits), None)
        if better is None:
            return found
        found, edits = better, compare(rename(old, better), new)


def _better(old: Policy, new: Policy, found: Renames, edits: tuple[Edit, ...]) -> Iterator[Renames]:
    """Renames with one more that makes the difference smaller than its own two edits."""
    gone = [one for one in edits if one.kind is Kind.REMOVED and len(one.steps) == 2 and isinstance(one.before, Item)]
    come = [one for one in edits if one.kind is Kind.ADDED and len(one.steps) == 2 and isinstance(one.after, Item)]
    for one in gone:
        for other in come:
            if one.steps[0] != other.steps[0] or not _alike(one.before, other.after):
                continue
            made = _made(one.steps[0], one.steps[1], other.steps[1])
            if made.entity != _made(one.steps[0], other.steps[1], "").entity:
                continue
            tried = Renames((*found.all, made), found.uses)
            before, renamed = rename(old, found), rename(old, tried)
            within = len(compare(replace(one.before, name=made.new), other.after))
            left = len(compare(renamed, new)) - within
            used = len(compare(before, renamed)) > 2 or _mentioned(new, other.after)
            if left < len(edits) - 2 or (left == len(edits) - 2 and not used):
                yield tried


def _mentioned(policy: Policy, item: Item) -> bool:
    """Whether anything else in a policy mentions a thing."""
    return any(mentions(one, item.name) for _, _, one in things(policy) if one is not item)


def _alike(old: Item, new: Item) -> bool:
    """Whether two things say the same but for what people are told of them."""
    if type(old) is not type(new):
        return False
    return all(edit.steps[-1] in TOLD for edit in compare(replace(old, name=new.name), new))


def mentions(value: Any, name: str) -> bool:
    """Whether an expression or a word anywhere in a record is this name."""
    if type(value) in CONTENTS:
        return any(name in _names(node) for node in walk(value))
    if isinstance(value, Word):
        return value.text == name
    if isinstance(value, tuple):
        return any(mentions(one, name) or one == name for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        held = ((one.name, getattr(value, one.name)) for one in fields(value) if one.compare)
        return any(_cites(part, name) if which == "cite" else mentions(part, name) for which, part in held)
    return False


def _names(node: Node) -> tuple[str, ...]:
    match node:
        case Name(name=name) | Member(name=name) | Call(function=name) | Reachable(relation=name):
            return (name,)
        case _:
            return ()


def rename(policy: Policy, renames: Renames) -> Policy:
    """The policy with other names for its things, wherever they are used."""
    for one in renames.all:
        policy = _renamed(policy, one, renames.uses)
        section = tuple(
            replace(item, name=one.new) if item.name == one.old and _entity(item) == one.entity else item
            for item in getattr(policy, one.section)
        )
        policy = replace(policy, **{one.section: section})  # type: ignore[arg-type]
    return policy


def _entity(item: Any) -> str:
    return item.entity.text if type(item).__name__ in ("Definition", "Criterion", "RecordCheck", "Relation") else ""


def _renamed(value: Any, one: Rename, uses: Mapping[NodeId, Use]) -> Any:
    if type(value) in CONTENTS:
        return transform(value, lambda node: _node(node, one, uses))
    if isinstance(value, Word):
        return replace(value, text=one.new) if value.text == one.old and one.section != "sources" else value
    if isinstance(value, tuple):
        made = tuple(_pair(each, one, uses) for each in value)
        return value if all(a is b for a, b in zip(made, value, strict=True)) else made
    if not is_dataclass(value) or isinstance(value, type) or (is_leaf(value) and not isinstance(value, Item)):
        return value
    changed: dict[str, Any] = {}
    for each in fields(value):
        if not each.compare:
            continue
        held = getattr(value, each.name)
        cites = each.name == "cite" and one.section == "sources"
        put = _cited(held, one.old, one.new) if cites else _renamed(held, one, uses)
        if put is not held:
            changed[each.name] = put
    if isinstance(value, DrawingLine) and one.section == "funding" and value.name == one.old:
        changed["name"] = one.new
    return replace(value, **changed) if changed else value


def _pair(value: Any, one: Rename, uses: Mapping[NodeId, Use]) -> Any:
    """A part of a list; members of a parameter are named by student groups."""
    if isinstance(value, tuple) and len(value) == 2 and value[0] == one.old and one.section == "student_groups":
        return (one.new, _renamed(value[1], one, uses))
    return _renamed(value, one, uses)


def _cites(cite: str, name: str) -> bool:
    first = cite.split(" ", 1)[0]
    return first.rstrip(",;:") == name


def _cited(cite: str, old: str, new: str) -> str:
    """A citation of a source under its new name."""
    return new + cite[len(old) :] if _cites(cite, old) else cite


def _node(node: Node, one: Rename, uses: Mapping[NodeId, Use]) -> Node:
    if one.old not in _names(node) or not _meant(uses.get(node.id), one):
        return node
    match node:
        case Call():
            return replace(node, function=one.new)
        case Reachable():
            return replace(node, relation=one.new)
        case Name() | Member():
            return replace(node, name=one.new)
        case _:
            return node


def _meant(use: Use | None, one: Rename) -> bool:
    """Whether a name means the thing; what no check has found a meaning for is taken by its spelling."""
    match use:
        case None:
            return one.section != "sources"
        case CellUse(path=path):
            return one.section == "parameters" and path == f"parameters.{one.old}"
        case DefinitionUse(entity=entity):
            return one.section not in ("parameters", "relations") and one.entity in ("", entity)
        case RelationUse(entity=entity):
            return one.section == "entities" or (one.section == "relations" and one.entity == entity)
        case ValueUse():
            return one.section in ("student_groups", "entities")
        case _:
            return one.section == "entities"


def renamed_edits(renames: Renames, old: Policy, new: Policy) -> tuple[Edit, ...]:
    """An edit for each rename, with the thing as each policy writes it."""
    before = {(section, item.name, _entity(item)): item for section, _, item in things(old)}
    after = {(section, item.name, _entity(item)): item for section, _, item in things(new)}
    found = []
    for one in renames.all:
        was, now = before[one.section, one.old, one.entity], after[one.section, one.new, one.entity]
        found.append(
            Edit(
                (one.section, one.new_way), (one.section, one.way), Kind.RENAMED, was, now,
                span_before=was.span, span_after=now.span,
            )
        )  # fmt: skip
    return tuple(found)

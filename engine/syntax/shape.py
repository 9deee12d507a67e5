"""Whether a tree has the shape that its JSON Schema declares: keys, kinds, words and forms of texts.

The schemas in `schemas/` are the only declaration of keys. This walker reads the part of JSON Schema that they use
and complains at the place, with a cure; that it agrees with a full validator is a test.
Why it is not that validator: docs/decisions/0010-schema-walker.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from ..text.diagnostic import Diagnostics
from ..text.document import Entry, Mapping, Node, Scalar, Sequence
from ..text.source import Span
from ..text.suggest import nearest
from .forms import intended

Schema: TypeAlias = dict[str, Any]

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
"""The folder of schemas: beside the engine in a checkout and in a wheel alike."""

KEYWORDS = frozenset(
    [
        "$schema",
        "$defs",
        "$ref",
        "title",
        "description",
        "type",
        "enum",
        "pattern",
        "minLength",
        "properties",
        "required",
        "additionalProperties",
        "propertyNames",
        "minProperties",
        "maxProperties",
        "items",
        "minItems",
        "anyOf",
        "oneOf",
        "not",
        "if",
        "then",
        "else",
        "dependentRequired",
        "x-form",
        "x-help",
    ]
)
"""What the walker understands; a schema with another keyword fails the tests."""

_KINDS = {"string": "text", "number": "text", "boolean": "text", "object": "a block of keys", "array": "a list"}


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where the walker stands: the path in words of the file, and the key whose value is looked at."""

    path: str
    head: Span

    @property
    def words(self) -> str:
        """The path as a message says it."""
        return f"`{self.path}`" if self.path else "the file"

    def at(self, key: Scalar) -> _Spot:
        """The spot of a key below this one."""
        return _Spot(f"{self.path}.{key.text}" if self.path else key.text, key.span)


@cache
def schema(name: str) -> Schema:
    """The schema called `name` (`policy`, `dataset`), as JSON."""
    loaded: Schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    return loaded


def check_shape(node: Node, name: str, diagnostics: Diagnostics, rejected: set[str] | None = None) -> bool:
    """Whether `node` fits the schema called `name`; each misfit is reported (Y040 to Y048).

    To `rejected` go the keys that are not right and those below them: names that the file might have declared.
    """
    walk = _Walk(schema(name), diagnostics, set() if rejected is None else rejected)
    start = Span(node.span.source, node.span.start, node.span.start)
    walk.check(node, walk.root, _Spot("", start))
    return walk.fits


class _Walk:
    """One walk over a tree; `fits` says whether anything was reported."""

    def __init__(self, root: Schema, diagnostics: Diagnostics, rejected: set[str]) -> None:
        self.root = root
        self.rejected = rejected
        self.fits = True
        self._diagnostics = diagnostics

    def check(self, node: Node, part: Schema, spot: _Spot) -> None:
        """Report each place where `node` does not fit `part`."""
        part = self._resolved(part)
        branches = [self._resolved(branch) for branch in part.get("anyOf", (part,))]
        fitting = next((branch for branch in branches if fits_kind(node, branch)), None)
        if fitting is None:
            self._wrong_kind(node, part, branches, spot)
            return
        if isinstance(node, Scalar):
            self._scalar(node, fitting, spot)
        elif isinstance(node, Sequence):
            self._sequence(node, fitting, spot)
        else:
            self._mapping(node, fitting, spot)

    def _resolved(self, part: Schema) -> Schema:
        while "$ref" in part:
            target: Schema = self.root["$defs"][part["$ref"].removeprefix("#/$defs/")]
            part = {**target, **{key: value for key, value in part.items() if key != "$ref"}}
        return part

    def _wrong_kind(self, node: Node, part: Schema, branches: list[Schema], spot: _Spot) -> None:
        if isinstance(node, Scalar) and not node.text:
            self._empty(spot)
            return
        wanted = dict.fromkeys(kind for branch in branches for kind in _kinds(branch))
        help: str | tuple[str, ...]
        if cures := () if "pattern" in part else part.get("x-help", ()):
            help = tuple(_filled(one, node, spot) for one in ((cures,) if isinstance(cures, str) else cures))
        elif isinstance(node, Scalar) and node.style == "plain" and "a list" in wanted:
            help = f"a list has each entry on a line of its own: `- {node.text.splitlines()[0].lstrip('-')}`"
        elif dashed := _dashed(node) if "a list" in wanted else "":
            help = f"put a blank after each `-`: `- {dashed}: …`"
        elif "text" not in wanted or len(wanted) > 1:
            help = f"write {' or '.join(wanted)} below the key"
        else:
            help = "write one text after the colon"
        at = node.span if isinstance(node, Scalar) else spot.head
        self._report("Y042", at, help=help, what=spot.words, found=_kind(node), expected=" or ".join(wanted))

    def _empty(self, spot: _Spot) -> None:
        self._report("Y045", spot.head, what=spot.words, help="write its value, or take the key out")

    def _scalar(self, node: Scalar, part: Schema, spot: _Spot) -> None:
        words = [word for word in part.get("enum", ()) if isinstance(word, str)]
        if not node.text:
            if words or part.get("minLength"):
                self._empty(spot)
        elif words and node.text not in words:
            near = nearest(node.text, words)
            help = f"did you mean `{near}`?" if near else f"write {_listed(words, 'or')}"
            self._report("Y043", node.span, found=_short(node.text), what=spot.words, help=help)
        elif "pattern" in part and not re.search(part["pattern"], node.text):
            self._malformed(node, part)

    def _sequence(self, node: Sequence, part: Schema, spot: _Spot) -> None:
        if len(node.items) < part.get("minItems", 0):
            self._empty(spot)
        for item in node.items:
            self.check(item, part.get("items", {}), _Spot(spot.path, item.span))

    def _mapping(self, node: Mapping, part: Schema, spot: _Spot) -> None:
        if len(node.entries) < part.get("minProperties", 0):
            self._empty(spot)
        if len(node.entries) > part.get("maxProperties", len(node.entries)):
            help = "begin each line with its own `-`"
            second = node.entries[1].key.span
            self._report("Y046", second, what=spot.words, count=len(node.entries), help=help)
        meant = self._entries(node, part, spot)
        self._companions(node, part, spot, {*meant, *(entry.key.text for entry in node.entries)})
        if "if" in part:
            self._mapping(node, part.get("then" if holds(node, part["if"]) else "else", {}), spot)

    def _entries(self, node: Mapping, part: Schema, spot: _Spot) -> set[str]:
        """Check each key with its value; gives the keys that misspelt ones stand for."""
        known: dict[str, Schema] = part.get("properties", {})
        others = part.get("additionalProperties", True)
        names = self._resolved(part.get("propertyNames", {}))
        meant: set[str] = set()
        for entry in node.entries:
            key = entry.key
            if "pattern" in names and not re.search(names["pattern"], key.text):
                self._malformed(key, names)
                self.rejected.update(intended(key.text, names["pattern"]), keys_in(entry))
            elif key.text in known:
                self.check(entry.value, known[key.text], spot.at(key))
            elif isinstance(others, dict):
                self.check(entry.value, others, spot.at(key))
            elif others is False:
                held = {held.key.text for held in node.entries} | meant
                meant |= self._unknown(entry, part, held, spot)
        return meant

    def _unknown(self, entry: Entry, part: Schema, held: set[str], spot: _Spot) -> set[str]:
        """Report a key that is not declared; gives the one that it stands for: the nearest, or one that is needed."""
        known: dict[str, Schema] = part.get("properties", {})
        usable = [key for key in known if key not in held]
        near = nearest(entry.key.text, usable)
        choices = [choice["required"][0] for choice in part.get("oneOf", ())]
        needed = [key for key in part.get("required", ()) if key not in held]
        needed += choices[:1] if held.isdisjoint(choices) else []
        help = f"did you mean `{near}`?" if near else f"the keys here are {_listed(known, 'and')}"
        if needed and not near:
            help, near = f"{help}; `{needed[0]}` is needed", needed[0]
        self.rejected.update(keys_in(entry))
        self._report("Y040", entry.key.span, key=_short(entry.key.text), where=spot.words, help=help)
        return {near} if near else set()

    def _companions(self, node: Mapping, part: Schema, spot: _Spot, present: set[str]) -> None:
        """Keys that must stand, that must stand together, and that must not."""
        for key in part.get("required", ()):
            if key not in present:
                self._report("Y041", spot.head, where=spot.words, key=key, help=f"add a line `{key}: …`")
        for key, others in part.get("dependentRequired", {}).items():
            for other in others:
                if key in present and other not in present:
                    at = next((entry.key.span for entry in node.entries if entry.key.text == key), spot.head)
                    self._report("Y048", at, key=key, other=other, help=f"add a line `{other}: …`")
        choices = [choice["required"][0] for choice in part.get("oneOf", ())]
        chosen = [key for key in choices if key in present]
        if choices and not chosen:
            self._report("Y041", spot.head, where=spot.words, key="` or `".join(choices[:2]), help="add one of them")
        together: list[str] = part.get("not", {}).get("required", [])
        for pair in (chosen, together):
            if len(pair) > 1 and present.issuperset(pair):
                at = next((entry.key.span for entry in node.entries if entry.key.text == pair[1]), spot.head)
                help = f"keep `{pair[0]}` or `{pair[1]}`"
                self._report("Y047", at, one=pair[0], other=pair[1], where=spot.words, help=help)

    def _malformed(self, text: Scalar, part: Schema) -> None:
        choices = intended(text.text, part["pattern"])
        help = f"write {_listed(choices, 'or')}" if choices else part.get("x-help", ())
        self._report("Y044", text.span, found=_short(text.text), form=part["x-form"], help=help)

    def _report(self, code: str, span: Span, *, help: str | tuple[str, ...] = (), **blanks: Any) -> None:
        self.fits = False
        self._diagnostics.report(code, span, help=help, **blanks)


def keys_in(entry: Entry) -> Iterator[str]:
    """The key of an entry and all keys below it."""
    todo: list[Entry | Node] = [entry]
    while todo:
        one = todo.pop()
        if isinstance(one, Entry):
            yield one.key.text
            todo.append(one.value)
        elif not isinstance(one, Scalar):
            todo.extend(one.entries if isinstance(one, Mapping) else one.items)


def holds(node: Mapping, condition: Schema) -> bool:
    """Whether a mapping has the keys, and the words under them, that an `if` asks for."""
    for key in condition.get("required", ()):
        value = node.get(key)
        if value is None:
            return False
        constant = condition.get("properties", {}).get(key, {}).get("const")
        if constant is not None and not (isinstance(value, Scalar) and value.text == constant):
            return False
    return True


def _kinds(part: Schema) -> Iterable[str]:
    """The kinds of node, in words, that a part of the schema takes; nothing where it takes any."""
    types = part.get("type", ())
    return dict.fromkeys(_KINDS[name] for name in ((types,) if isinstance(types, str) else types))


def _filled(cure: str, node: Node, spot: _Spot) -> str:
    """A cure of the schema with the key that is looked at, and the first text that stands below it."""
    first = node
    while isinstance(first, (Mapping, Sequence)) and (below := _below(first)):
        first = below[0]
    value = first.text if isinstance(first, Scalar) and first.text else "…"
    return cure.replace("{key}", _short(spot.path.rpartition(".")[2])).replace("{value}", _short(value))


def _below(node: Mapping | Sequence) -> tuple[Node, ...]:
    return tuple(entry.value for entry in node.entries) if isinstance(node, Mapping) else node.items


def _kind(node: Node) -> str:
    if isinstance(node, Scalar):
        return "text"
    return "a list" if isinstance(node, Sequence) else "a block of keys"


def _dashed(node: Node) -> str:
    """The first key of a mapping without its `-`, where all keys begin with one; else empty."""
    names = [entry.key.text for entry in node.entries] if isinstance(node, Mapping) else []
    return names[0][1:] if names and all(len(name) > 1 and name[0] == "-" for name in names) else ""


def fits_kind(node: Node, part: Schema) -> bool:
    """Whether a node is of a kind (text, list, block of keys) that a part of the schema takes."""
    kinds = _kinds(part)
    return not kinds or _kind(node) in kinds


def _listed(words: Iterable[str], joiner: str) -> str:
    quoted = [f"`{word}`" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} {joiner} {quoted[-1]}"


def _short(text: str, limit: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"

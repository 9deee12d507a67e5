"""The keys of a policy file as a page of Markdown, made from the JSON Schema that editors and the reader use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from .markdown import cell, table

Node: TypeAlias = Mapping[str, Any]

COMMON = ("title", "note", "cite", "replaces", "because")
"""What every rule may carry is said once, and left out of each rule's own table."""

WORDS = {
    "text": "text",
    "value": "a formula",
    "test": "a test",
    "sentence": "a sentence",
    "order": "an order, such as `value_score desc then credential_id`",
    "name": "a name",
    "unit": "a unit, such as `USD/year`",
    "truth": "`yes` or `no`",
    "otherwise_or_test": "a test, or `otherwise`",
    "pipe_table": "a table between bars",
}
"""How a slot that holds one plain thing is said in a table."""


def keys_page(schema: Node, title: str) -> str:
    """A page on every key that `schema` allows: its top keys, then one section for each kind of block that stands
    under them, in the order in which they are first named.
    """
    kinds: Node = schema["$defs"]
    queue: list[str] = []
    lines = [f"# {title}", "", schema["description"], "", *_keys(schema, kinds, queue, everything=True)]
    done = 0
    while done < len(queue):
        name = queue[done]
        lines += ["", f"## {_heading(name)}", "", kinds[name].get("description", ""), ""]
        lines += _keys(kinds[name], kinds, queue)
        done += 1
    if common := _common(kinds):
        rows = [(f"`{key}`", _takes(node, kinds, []), cell(node["description"])) for key, node in common.items()]
        lines += ["", "## What every rule may carry", "", *table(("key", "takes", "says"), rows)]
    return "\n".join(lines) + "\n"


def _heading(name: str) -> str:
    return name.replace("_", " ")


def _link(name: str) -> str:
    return f"[{_heading(name)}](#{_heading(name).replace(' ', '-')})"


def _keys(block: Node, kinds: Node, queue: list[str], everything: bool = False) -> list[str]:
    """The table of the keys of one kind of block, in whichever of its forms they stand."""
    common, rows, found = _common(kinds), [], []
    for form in _forms(block):
        for path, node, must in _paths(form):
            if not everything and path in common and node.get("description") == common[path].get("description"):
                continue
            says = node.get("description") or _resolved(node, kinds).get("description", "")
            mark = " **(needed)**" if must else ""
            rows.append((f"`{path}`", _takes(node, kinds, queue), cell(says + mark)))
        own = form.get("additionalProperties")
        if isinstance(own, Mapping):
            rows.append(("names of your own", _takes(own, kinds, queue), cell(own.get("description", ""))))
        choices = [
            " + ".join(f"`{key}`" for key in one["required"]) for one in form.get("oneOf", ()) if "required" in one
        ]
        if len(choices) > 1:
            found += ["", f"One of these is needed, and only one: {', '.join(choices)}."]
    plain = [_takes(form, kinds, queue) for form in block.get("anyOf", ()) if not _is_block(form)]
    short = ["", f"Short form: {', or '.join(plain)}."] if plain else []
    return [*table(("key", "takes", "says"), rows), *short, *found]


def _is_block(node: Node) -> bool:
    return "properties" in node or isinstance(node.get("additionalProperties"), Mapping)


def _forms(node: Node) -> list[Node]:
    """The blocks with keys that a kind may be: itself, or several among which a file chooses."""
    return [one for one in (node, *node.get("anyOf", ())) if _is_block(one)]


def _paths(block: Node, before: str = "") -> Iterator[tuple[str, Node, bool]]:
    """Every key of a block, and behind it those of blocks that are written out in its place."""
    needed = set(block.get("required", ()))
    for key, node in block.get("properties", {}).items():
        told = [
            one["properties"][key]
            for name in ("then", "else")
            if key in (one := block.get(name, {})).get("properties", {})
        ]
        if told and not _is_block(node):
            node = {**node, "anyOf": [{"type": "object", **one} for one in told]}
        yield before + key, node, key in needed
        for one in _inside(node):
            yield from _paths(one, f"{before}{key}: ")


def _inside(node: Node) -> Iterator[Node]:
    """The blocks that are written out in the place of a key: itself, those of a list, of names, of choices."""
    if "properties" in node:
        yield node
    for one in (node.get("items"), node.get("additionalProperties"), *node.get("anyOf", ())):
        if isinstance(one, Mapping):
            yield from _inside(one)


def _takes(node: Node, kinds: Node, queue: list[str]) -> str:
    """What stands in a slot, in a few words."""
    if "$ref" in node:
        return _named(node["$ref"].rpartition("/")[2], kinds, queue)
    if "enum" in node:
        return ", ".join(f"`{cell(_plain(value))}`" for value in node["enum"] if isinstance(value, str))
    if "const" in node:
        return f"`{_plain(node['const'])}`"
    if "anyOf" in node:
        return ", or ".join(dict.fromkeys(_takes(one, kinds, queue) for one in node["anyOf"]))
    if node.get("type") == "array":
        return f"a list, each {_takes(node['items'], kinds, queue)}" if "items" in node else "a list"
    if "properties" in node:
        return "a block with " + ", ".join(f"`{key}`" for key in node["properties"])
    if isinstance(node.get("additionalProperties"), Mapping):
        return f"names, each with {_takes(node['additionalProperties'], kinds, queue)}"
    return cell(node.get("x-form", "names" if node.get("type") == "object" else "text"))


def _named(name: str, kinds: Node, queue: list[str]) -> str:
    node = kinds[name]
    if name in WORDS:
        return WORDS[name]
    if _forms(node):
        if name not in queue:
            queue.append(name)
        return _link(name)
    return cell(node["x-form"]) if "x-form" in node else _takes(node, kinds, queue)


def _plain(value: object) -> str:
    return re.sub(r"\s+", " ", str(value))


def _resolved(node: Node, kinds: Node) -> Node:
    found: Node = kinds[node["$ref"].rpartition("/")[2]] if "$ref" in node else node
    return found


def _common(kinds: Node) -> dict[str, Node]:
    """The keys of `COMMON` as most kinds of block have them."""
    found = {}
    for key in COMMON:
        nodes = [kind["properties"][key] for kind in kinds.values() if key in kind.get("properties", {})]
        said = Counter(node.get("description", "") for node in nodes)
        if said and said.most_common(1)[0][1] > 2:
            most = said.most_common(1)[0][0]
            found[key] = next(node for node in nodes if node.get("description", "") == most)
    return found

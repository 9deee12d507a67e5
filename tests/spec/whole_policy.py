"""The examples of a page put together: what each of them leaves to the others, in one policy."""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

BY_ITSELF = ("accountability", "record_checks", "appropriations", "funding", "totals")
"""Sections that an example writes whole: nothing of another example goes into them."""

HEAD = {"policy": "xx/credentials", "title": "Credentials of value", "jurisdiction": "US-XX", "school_year": "2026-27"}


class _Text(yaml.SafeDumper):
    """Writes every scalar in quotes, as text."""


_Text.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


def examples(page: Path) -> list[dict[str, Any]]:
    """The YAML examples of a page in their order, every scalar as text."""
    blocks = re.findall(r"^```yaml\n(.*?)^```$", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return [yaml.load(block, Loader=yaml.BaseLoader) for block in blocks]


def whole(example: dict[str, Any], others: list[dict[str, Any]], support: dict[str, Any]) -> str:
    """A policy with an example in it, what the other examples declare, and what `support` adds for all of them. Where
    two say the same name, that of the example counts, then the first.
    """
    made: dict[str, Any] = deepcopy({**HEAD, **example})
    for other in (*others, support):
        if "priority_list" in other and "priority_list" in made:
            continue  # what stands beside another list speaks of that one
        for section, content in other.items():
            if section in BY_ITSELF:
                continue
            made[section] = _joined(made[section], content) if section in made else deepcopy(content)
    return yaml.dump(made, Dumper=_Text, sort_keys=False, allow_unicode=True, width=100_000)


def _joined(first: Any, then: Any) -> Any:
    """Two mappings with the names of both; where both have one, the first counts."""
    if not isinstance(first, dict) or not isinstance(then, dict):
        return first
    joined = dict(first)
    for name, content in then.items():
        known = joined.get(name)
        deeper = isinstance(known, dict) and isinstance(content, dict) and name not in ("values", "versions")
        joined[name] = content if name not in joined else _joined(known, content) if deeper else known
    return joined

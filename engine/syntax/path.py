"""The stable name of each thing in a policy: `parameters.wage_floor`, `criteria.credential.good_job`."""

from __future__ import annotations

from collections.abc import Iterator

from .policy import Criterion, Definition, Item, Policy, Relation

SECTIONS = (
    "sources", "data", "parameters", "relations", "student_groups", "tables", "points", "bands", "definitions",
    "criteria", "record_checks", "entities", "years", "determinations", "eligibility", "appropriations", "funding",
    "totals", "lint",
)  # fmt: skip
"""The sections that hold named things, in the order in which a policy is written."""

WHOLE = ("priority_list", "accountability")
"""The sections that are one thing."""


def path_of(section: str, item: Item) -> str:
    """The path of a thing of a section; those of an entity stand below its name."""
    if section in WHOLE:
        return section
    if isinstance(item, Definition | Criterion | Relation):
        return f"{section}.{item.entity.text}.{item.name}"
    return f"{section}.{item.name}"


def things(policy: Policy) -> Iterator[tuple[str, str, Item]]:
    """Every named thing of a policy with its section and its path, section by section in the order written."""
    for section in SECTIONS:
        for item in getattr(policy, section):
            yield section, path_of(section, item), item
    for section in WHOLE:
        if (item := getattr(policy, section)) is not None:
            yield section, section, item

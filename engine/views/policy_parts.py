"""What a policy holds, in words."""

from __future__ import annotations

from ..syntax.policy import Policy

PARTS = {
    "parameters": ("parameter", "parameters"),
    "criteria": ("criterion", "criteria"),
    "definitions": ("definition", "definitions"),
    "student_groups": ("student group", "student groups"),
    "determinations": ("determination", "determinations"),
    "funding": ("line of funding", "lines of funding"),
}


def parts_words(policy: Policy) -> str:
    """`3 parameters, 2 criteria and a priority list`; empty where it holds none of what is counted."""
    counts = [(len(getattr(policy, part)), words) for part, words in PARTS.items()]
    said = [f"{count:,} {words[count != 1]}" for count, words in counts if count]
    said += ["a priority list"] if policy.priority_list is not None else []
    said += ["ratings"] if policy.accountability is not None else []
    return " and ".join(filter(None, [", ".join(said[:-1]), said[-1]])) if said else ""

"""Which changes of policies no case noticed, as text for a terminal and as JSON for machines."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from ..results.cases.condition_coverage import percent
from ..results.cases.mutation import PolicyMutation
from .coverage import decimal


def render_mutation(found: Sequence[PolicyMutation], width: int = 80) -> str:
    """A line for each policy: how many changes were tried, how many survived; then the survivors by place."""
    lines = ["policy".ljust(41) + "changes".rjust(13) + "survived".rjust(13) + "share".rjust(12)]
    for one in found:
        lines.append(_row(one.policy, one.tried, len(one.survivors)))
    if len(found) != 1:
        lines.append(_row("all", *_sums(found)))
    left_out = sum(one.left_out for one in found)
    if left_out:
        lines += _wrapped(f"{left_out} more changes were not tried, as --mutants asks", width)
    for one in found:
        if one.survivors:
            lines += ["", *_wrapped(f"{one.file}: changes that no case noticed", width)]
        for mutant in one.survivors:
            line, _ = mutant.span.source.position(mutant.span.start)
            lines += _wrapped(f"line {line}: {mutant.path}: `{mutant.was}` to `{mutant.now}`", width, "  ")
            lines += _wrapped(f"add {mutant.hint}", width, "    ")
    return "\n".join(lines) + "\n"


def mutation_record(found: Sequence[PolicyMutation]) -> dict[str, Any]:
    """The same for machines."""
    tried, survived = _sums(found)
    return {
        "tried": tried,
        "survived": survived,
        "percent": decimal(percent(survived, tried)) if tried else "0.0",
        "policies": [
            {
                "policy": one.policy,
                "file": one.file,
                "tried": one.tried,
                "refused_by_check": one.refused,
                "without_effect": one.idle,
                "not_tried": one.left_out,
                "survivors": [
                    {
                        "rule": mutant.path,
                        "line": mutant.span.source.position(mutant.span.start)[0],
                        "was": mutant.was,
                        "now": mutant.now,
                        "add": mutant.hint,
                    }
                    for mutant in one.survivors
                ],
            }
            for one in found
        ],
    }


def _sums(found: Sequence[PolicyMutation]) -> tuple[int, int]:
    return sum(one.tried for one in found), sum(len(one.survivors) for one in found)


def _row(name: str, tried: int, survived: int) -> str:
    share = f"{decimal(percent(survived, tried))}%" if tried else "-"
    return name.ljust(41) + str(tried).rjust(13) + str(survived).rjust(13) + share.rjust(12)


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    return wrap(
        text, width, initial_indent=indent, subsequent_indent=f"{indent}  ", break_on_hyphens=False,
        break_long_words=False,
    ) or [indent]  # fmt: skip

"""Lines of funding that exclude each other: those that there are, for somebody, and in no ring."""

from __future__ import annotations

from ..syntax.funding import Exclusion, Funding
from ..syntax.policy import Policy
from ..text.diagnostic import Diagnostics
from . import complaints
from .check_lists import needs_one_key
from .line_types import LineTypes
from .world import World


def check_exclusions(policy: Policy, world: World, found: LineTypes, diagnostics: Diagnostics) -> dict[str, str]:
    """The entity for which each line is excluded by others, such as `student`, of those where all is well.

    Reported are lines in `not_with` that are none (N001), for nobody (F023, N017), or in a ring (F024).
    """
    uses = {item.name: [word.text for word in item.not_with.lines] for item in policy.funding if item.not_with}
    kept: dict[str, str] = {}
    for item in policy.funding:
        whom = found.within.get(item.name)
        if item.not_with is None or whom is None:
            continue
        sound = _are_lines(item, item.not_with, policy, uses, diagnostics)
        if sound and whom.kind == "row" and len(world.entities[whom.name].key) == 1:
            kept[item.name] = whom.name
            continue
        place = item.not_with.within[0]
        if whom.kind not in ("row", "unknown"):
            help = "begin with whose claims they are, such as `within: [student, school_year]`"
            diagnostics.report("F023", place.span, help=help, text=place.text, found=whom)
        elif whom.kind == "row" and len(world.entities[whom.name].key) != 1:
            needs_one_key(world.entities[whom.name], place.span, "`not_with`", diagnostics)
    return kept


def _are_lines(
    item: Funding, rule: Exclusion, policy: Policy, uses: dict[str, list[str]], diagnostics: Diagnostics
) -> bool:
    """Whether a line is excluded by lines that there are, and in no ring."""
    known, sound = {line.name for line in policy.funding}, True
    for word in rule.lines:
        if word.text not in known:
            complaints.unknown_name(
                diagnostics, word.span, word.text, "among the lines of funding", known - {item.name}
            )
        elif ring := _ring(item.name, word.text, uses):
            sound = False
            if item.name != min(ring):
                continue  # it is told once
            help = "let one of them come first: only the later one has `not_with:`"
            if word.text == item.name:
                help = "within one line, `limits:` with `keep: 1` pays for one claim only"
            diagnostics.report("F024", word.span, help=help, ring=" → ".join((item.name, *ring)))
        else:
            continue
        sound = False
    return sound


def _ring(start: str, first: str, uses: dict[str, list[str]]) -> list[str]:
    """The way from a line by those that it excludes back to it; empty where there is none."""
    ways = [[first]]
    seen = {first}
    while ways:
        way = ways.pop()
        if way[-1] == start:
            return way
        for following in uses.get(way[-1], ()):
            if following not in seen or following == start:
                seen.add(following)
                ways.append([*way, following])
    return []

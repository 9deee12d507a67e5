"""The parts of an indicator before it is lowered: its caps, its steps and score, the years that it takes together."""

from __future__ import annotations

from dataclasses import replace

from ..syntax.accountability import Cap, Indicator, MinimumN
from ..text.diagnostic import Diagnostics
from . import complaints, units
from .datatypes import Type
from .lower.measure import in_points
from .lower.own_names import TAKEN, reads_prior
from .lower.stand_in import Types, typed


def check_parts(item: Indicator, needs: MinimumN | None, types: Types, diagnostics: Diagnostics) -> Indicator | None:
    """The indicator with a score in points, or nothing where its parts cannot be lowered. Reports N106 to N109, T026
    and T037.
    """
    found = [_years(item, needs, diagnostics), _names(item, diagnostics), _rows(item, diagnostics)]
    if not all(found):
        return None
    caps = [_cap(item, cap, types, diagnostics) for cap in item.caps]
    return _score(item, types, diagnostics) if all(caps) else None


# -- what does not fit together -----------------------------------------------------------------------------------


def _years(item: Indicator, needs: MinimumN | None, diagnostics: Diagnostics) -> bool:
    """N106: years that can never be calculated, that are pooled besides, or that are rounded where nothing is."""
    over = item.over_years
    if over is None:
        return True
    problem, help = "", ""
    if over.at_least > over.years:
        problem, help = (
            f"{over.at_least} of {over.years} years are needed",
            "write `at_least:` no greater than `years:`",
        )
    elif over.how != "mean_of_years" and over.round is not None:
        problem = "what is pooled has no rate of each year to round"
        help = "take `round:` out, or write `how: mean_of_years`"
    elif needs is not None and needs.pooling is not None:
        problem = "its minimum n adds earlier years too"
        help = "give it a `minimum_n:` of its own without earlier years, or take `over_years:` out"
    if problem:
        diagnostics.report("N106", over.span, help=help, name=item.name, problem=problem)
    return not problem


def _names(item: Indicator, diagnostics: Diagnostics) -> bool:
    """N107: a cap or a step that goes by the name of a number that every indicator has, or of another one."""
    taken, fine = set(TAKEN), True
    for part in (*item.caps, *item.steps):
        if part.name in taken:
            fine = False
            diagnostics.report("N107", part.span, help="give it another name", name=part.name, indicator=item.name)
        taken.add(part.name)
    return fine


def _rows(item: Indicator, diagnostics: Diagnostics) -> bool:
    """N108: earlier years of what is reported."""
    if item.value is None or not (reads_prior(item) or item.over_years is not None):
        return True
    help = "work it out from a cohort, or add the earlier number to `data:` as a column and read that"
    diagnostics.report("N108", item.span, help=help, name=item.name)
    return False


# -- types --------------------------------------------------------------------------------------------------------


def _cap(item: Indicator, cap: Cap, types: Types, diagnostics: Diagnostics) -> bool:
    """N109: a cap on what is not counted; T037: one that need not be a whole number."""
    over = item.rate or item.numerator
    if over is None or types.of_row(over).kind not in ("truth", "unknown"):
        help = "cap rows that are counted: with `rate:`, or with a `numerator:` that is a test"
        diagnostics.report("N109", cap.span, help=help, name=cap.name, indicator=item.name)
        return False
    found = types.on_level(typed(item, cap.at_most, types))
    in_rows = found.kind == "number" and found.unit in (units.COUNT, units.PLAIN)
    if found.kind == "unknown" or (in_rows and not found.scale):
        return True
    text, help = complaints.text_of(cap.at_most), "a cap is a number of rows"
    if in_rows:
        help = f"say which way it is rounded: `floor({text})`, `ceiling({text})` or `round({text}, 0)`"
    diagnostics.report("T037", cap.at_most.span, help=help, name=cap.name, found=_described(found))
    return False


def _described(found: Type) -> str:
    return "a number with decimals" if found.kind == "number" and found.scale else str(found)


def _score(item: Indicator, types: Types, diagnostics: Diagnostics) -> Indicator | None:
    """T026: a score that does not come to points. One in bare numbers or counts is brought into points, as is what
    is reported in bare numbers.
    """
    if item.value is not None and _is_bare(types.on_level(item.value)):
        item = replace(item, value=in_points(1, item.value))
    if item.score is None:
        return item
    found = types.on_level(typed(item, item.score, types))
    if found.kind == "number" and found.unit in (units.PLAIN, units.COUNT):
        return replace(item, score=in_points(1, item.score))
    if found.kind == "unknown" or (found.kind == "number" and found.unit == units.POINTS):
        return item
    help = f"write `points({complaints.text_of(item.score)})`" if found.unit == units.RATIO else ()
    diagnostics.report("T026", item.score.span, help=help, name=item.name, found=found)
    return None


def _is_bare(found: Type) -> bool:
    return found.kind == "number" and found.unit == units.PLAIN

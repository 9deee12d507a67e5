"""What the index and the ratings name: parts of domains, groups of a blend, ratings of gates, scales of cut scores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date as Date
from fractions import Fraction

from ..syntax import expr as ast
from ..syntax.accountability import Accountability
from ..syntax.domain import Domain
from ..syntax.expr import Expr
from ..syntax.policy import Word
from ..syntax.walk import walk
from ..text.diagnostic import Diagnostics, Label
from . import complaints
from .datatypes import Type
from .lower.cut_scores import FUNCTION, rating_named, scales_of


def check_domains(section: Accountability, diagnostics: Diagnostics) -> Accountability:
    """The section whose domains are of indicators and of domains above, each part of one at most (N113, N114, N118)."""
    known = [item.name for item in section.indicators]
    later = [item.name for item in section.domains]
    taken: dict[str, tuple[str, Word]] = {}
    kept = []
    for domain in section.domains:
        sound = []
        for word in domain.parts:
            if word.text not in known:
                near = complaints.did_you_mean(word.text, known) or (_listed("there are", known),)
                cure: tuple[str, ...] = (f"put `{word.text}` above `{domain.name}`",) if word.text in later else near
                diagnostics.report("N113", word.span, help=cure, name=word.text)
            elif word.text in taken:
                other, first = taken[word.text]
                help = "take it out of one of them, or give the second an indicator of its own"
                label = Label(first.span, "here")
                diagnostics.report("N114", word.span, others=(label,), help=help, name=word.text, domain=other)
            else:
                taken[word.text] = (domain.name, word)
                sound.append(word.text)
        known.append(domain.name)
        kept.append(_with_parts(domain, sound))
    for item in section.both:
        if item.weight is not None and item.name in taken:
            help = f"its weight stands in `{taken[item.name][0]}`; take this one out"
            diagnostics.report("N118", item.weight.span, help=help, name=item.name, domain=taken[item.name][0])
    return replace(section, domains=tuple(one for one in kept if one.parts))


def _with_parts(domain: Domain, names: Sequence[str]) -> Domain:
    return replace(
        domain,
        better_of=tuple(word for word in domain.better_of if word.text in names),
        weights=tuple((word, weight) for word, weight in domain.weights if word.text in names),
    )


def _listed(opening: str, names: Iterable[str]) -> str:
    return f"{opening} {', '.join(f'`{name}`' for name in names)}"


# -- ratings ----------------------------------------------------------------------------------------------------------


def check_ratings(section: Accountability, diagnostics: Diagnostics) -> Accountability:
    """The section whose gates, shares and raises name ratings that a line gives, and whose blend names its groups
    (N115 to N117, T042, T043).
    """
    names = [one.name for one in section.ratings]
    days = {day for one in section.ratings for day in (one.starts, one.ends) if day is not None}
    for day in sorted({Date.min, *days}):
        held = [one for one in section.ratings if one.holds(day)]
        if held and all(one.when is not None for one in held):
            help = "end with a line such as `- F: otherwise`"
            diagnostics.report("T042", held[-1].span, help=help)
    gates = [one.rating for one in section.overrides if one.gate]
    cuts = section.cut_scores
    if cuts is not None:
        rising = cuts.rising
        gates += [word for word, _ in cuts.shares]
        gates += [*rising.of, *(word for word, _ in rising.until)] if rising is not None else []
        _check_shares([share for _, share in cuts.shares], diagnostics)
    for word in gates:
        if word.text not in names:
            cure = complaints.did_you_mean(word.text, names) or (_listed("they give", names),)
            diagnostics.report("N116", word.span, help=cure, name=word.text)
    _check_cut_scores(section, diagnostics)
    return _check_blend(section, diagnostics)


def _check_shares(shares: Sequence[Expr], diagnostics: Diagnostics) -> None:
    """Shares that are written out in percent come to 100% at most (T043)."""
    percents = [share for share in shares if isinstance(share, ast.Percent)]
    total = sum((Fraction(one.value) for one in percents), Fraction(0))
    if total > 100:
        help = "what the shares leave is for the ratings below"
        diagnostics.report("T043", percents[0].span, help=help, total=f"{written_out(total)}%")


def _check_cut_scores(section: Accountability, diagnostics: Diagnostics) -> None:
    """`cut_score(A)` is of a rating that has a share (N115)."""
    known = [word.text for word, _ in section.cut_scores.shares] if section.cut_scores is not None else []
    tests = [one.when for one in section.ratings if one.when is not None] + [one.when for one in section.overrides]
    for node in (node for test in tests for node in walk(test)):
        if isinstance(node, ast.Call) and node.function == FUNCTION and rating_named(node) not in known:
            help = _listed("write `cut_score(…)` of", known) if known else "add `cut_scores:` with its share"
            diagnostics.report("N115", node.span, help=help, text=complaints.text_of(node))


def _check_blend(section: Accountability, diagnostics: Diagnostics) -> Accountability:
    blend = section.index.blend if section.index is not None else None
    if section.index is None or blend is None:
        return section
    groups = [word.text for word in section.student_groups]
    for word in blend.only_if_alone:
        if word.text not in groups:
            complaints.unknown_name(diagnostics, word.span, word.text, "in student_groups of accountability", groups)
    if not groups:
        help = "add `student_groups:` with those whose indexes are blended"
        diagnostics.report("N117", blend.span, help=help)
        return replace(section, index=replace(section.index, blend=None))
    return section


def written_out(total: Fraction) -> str:
    """A decimal number as it is written."""
    whole, rest = divmod(total.numerator, total.denominator)
    digits = ""
    while rest and len(digits) < 12:
        digit, rest = divmod(rest * 10, total.denominator)
        digits += str(digit)
    return f"{whole}.{digits}" if digits else str(whole)


def check_scales(
    section: Accountability, level: str, type_of: Callable[[Expr, str], Type], diagnostics: Diagnostics
) -> tuple[str, ...] | None:
    """The scales of a level that have cut scores of their own; none where there is one for all, nothing where what
    tells them apart has no values of its own (T044).
    """
    by = section.cut_scores.scale_of(level) if section.cut_scores is not None else None
    found = None if by is None else type_of(by, level)
    scales = scales_of(found)
    if scales is None and by is not None and found is not None and found.kind != "unknown":
        help = "give the column its `values`, such as `[elementary, high]`"
        diagnostics.report("T044", by.span, help=help, text=complaints.text_of(by), found=found)
    return scales

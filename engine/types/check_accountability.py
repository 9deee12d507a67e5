"""What accountability names and joins, before it is lowered: levels, cohorts, schools, weights, units."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from fractions import Fraction

from ..syntax import expr as ast
from ..syntax.accountability import Accountability, Indicator
from ..syntax.expr import Expr
from ..syntax.policy import Policy, Timed, Word
from ..syntax.walk import walk
from ..syntax.weight_table import WeightTable
from ..text.diagnostic import Diagnostic, Diagnostics, Label
from . import complaints, units
from .check_index import check_domains, check_ratings, check_scales, written_out
from .check_indicator import check_parts
from .datatypes import Type
from .lower.measure import cohort_entity, rows_relation, way_to
from .lower.spoken import for_group
from .lower.stand_in import Types
from .units import parse_unit
from .world import World


@dataclass(frozen=True, slots=True)
class Sound:
    """What can be lowered: the levels that there are, the section without what names nothing, and by level the scales
    that have cut scores of their own, none where there is one for all.
    """

    section: Accountability
    levels: frozenset[str]
    scales: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Check:
    section: Accountability
    world: World
    policy: Policy
    type_of: Callable[[Expr, str], Type]
    diagnostics: Diagnostics
    levels: tuple[str, ...]


def check_accountability(
    section: Accountability,
    world: World,
    policy: Policy,
    type_of: Callable[[Expr, str], Type],
    diagnostics: Diagnostics,
) -> Sound:
    """The section without what names nothing, which is reported: N001, N008, N017, N019 to N024, N106 to N109,
    N113 to N118, T025 to T027, T037, T042 to T044.
    """
    section = check_ratings(check_domains(section, diagnostics), diagnostics)
    levels = tuple(word.text for word in section.levels if _is_level(word, world, diagnostics))
    check = _Check(section, world, policy, type_of, diagnostics, levels)
    indicators = tuple(_indicator(check, item) for item in section.indicators)
    groups = {group.name for group in policy.student_groups}
    for word in section.student_groups:
        if word.text not in groups:
            complaints.unknown_name(diagnostics, word.span, word.text, "in student_groups", groups)
    _check_weights(check)
    known = tuple(word for word in section.student_groups if word.text in groups)
    scales = {level: check_scales(section, level, type_of, diagnostics) for level in levels}
    sound = replace(section, indicators=indicators, student_groups=known)
    if None in scales.values() and sound.cut_scores is not None:
        sound = replace(sound, cut_scores=replace(sound.cut_scores, shares=()))
    return Sound(sound, frozenset(levels), {level: found or () for level, found in scales.items()})


def _is_level(word: Word, world: World, diagnostics: Diagnostics) -> bool:
    info = world.entities.get(word.text)
    if info is None:
        complaints.unknown_name(diagnostics, word.span, word.text, "among the entities", world.entities)
    elif len(info.key) != 1:
        complaints.needs_one_key(diagnostics, word.span, "a level of accountability", word.text, len(info.key))
    return info is not None and len(info.key) == 1


# -- indicators ---------------------------------------------------------------------------------------------------


def _indicator(check: _Check, item: Indicator) -> Indicator:
    """The indicator as it can be lowered: what is wrong with it has been said, and is unknown from here on."""
    if item.cohort is not None and not _is_cohort(check, item):
        return _unknown(item)
    pooling = (item.minimum_n or check.section.minimum_n) if item.cohort is not None else None
    if pooling is not None and pooling.pooling is not None and item.value is None and item.cohort_year is None:
        help = "add `cohort_year:`, the year of a row, such as `class_of`"
        check.diagnostics.report("N022", item.span, help=help, name=item.name)
        return _unknown(item)
    bands = {one.name for one in check.policy.bands}
    if item.scale is not None and item.scale.text not in bands:
        where = "among the bands"
        complaints.unknown_name(check.diagnostics, item.scale.span, item.scale.text, where, bands)
        return _unknown(item)
    if not check.levels:
        return item
    return (_with_parts(check, item) if _is_in_points(check, item) else None) or _unknown(item)


def _with_parts(check: _Check, item: Indicator) -> Indicator | None:
    entity, level = cohort_entity(item, check.world), check.levels[0]
    rows = check.world.entities[entity].rows_name if entity and level == "state" else rows_relation(item)
    types = Types(
        of_row=lambda expr: check.type_of(expr, entity),
        on_level=lambda expr: check.type_of(expr, level),
        rows=rows if entity else "",
    )
    return check_parts(item, item.minimum_n or check.section.minimum_n, types, check.diagnostics)


def _unknown(item: Indicator) -> Indicator:
    """An indicator of which nothing is known: what uses it is not complained of."""
    value = ast.Invalid(span=item.span)
    return Indicator(name=item.name, span=item.span, value=value, weight=item.weight, unweighted=item.unweighted)


def _is_cohort(check: _Check, item: Indicator) -> bool:
    assert item.cohort is not None
    rows = item.cohort
    if isinstance(rows.path, ast.Invalid):
        return False
    if not isinstance(rows.path, ast.Name) or rows.top:
        help = "write the plural of an entity and which of its rows, as in `students where in_four_year_cohort`"
        check.diagnostics.report("N020", rows.span, help=help, name=item.name)
        return False
    entity = cohort_entity(item, check.world)
    if not entity:
        complaints.not_rows(check.diagnostics, rows.path.span, rows.path.name, "state", check.world.plurals)
        return False
    ways = [_has_way(check, item, entity, level) for level in check.levels if level != "state"]
    return all(ways)


def _has_way(check: _Check, item: Indicator, entity: str, level: str) -> bool:
    """Whether it is known which row of a level answers for a row of the cohort."""
    assert item.cohort is not None
    if item.at is not None:
        found = check.type_of(item.at, entity)
        if found.kind != "unknown" and (found.kind, found.name) != ("row", "school"):
            text = complaints.text_of(item.at)
            check.diagnostics.report("T025", item.at.span, text=text, found=found)
            return False
    if way_to(level, item, check.world) is not None:
        return True
    help = f"add `at:`, the school that answers for a row of {entity}"
    check.diagnostics.report("N021", item.cohort.span, help=help, level=level, entity=entity)
    return False


def _is_in_points(check: _Check, item: Indicator) -> bool:
    """An indicator comes to points, or to a bare number (T026)."""
    entity = cohort_entity(item, check.world)
    if item.scale is not None:
        gives = next(one.gives for one in check.policy.bands if one.name == item.scale.text)
        unit = parse_unit(gives.text)
        if unit is not None and unit not in (units.POINTS, units.PLAIN):
            check.diagnostics.report("T026", item.scale.span, name=item.name, found=unit)
            return False
        return True
    expr, scope = item.mean or item.numerator, entity
    if item.value is not None:
        expr, scope = for_group(item.value, "", ()), check.levels[0]
    if expr is None or not scope:
        return True
    found = check.type_of(expr, scope)
    fine = [units.POINTS, units.PLAIN] + ([] if item.value is not None else [units.COUNT, units.RATIO])
    if found.kind != "number" or found.unit in fine:
        return True
    help = f"write `points({complaints.text_of(expr)})`" if found.unit == units.RATIO else ()
    check.diagnostics.report("T026", expr.span, help=help, name=item.name, found=found)
    return False


# -- weights ------------------------------------------------------------------------------------------------------


def _check_weights(check: _Check) -> None:
    section = check.section
    names = [item.name for item in section.both]
    all_known = True
    charts = [domain.missing.chart for domain in section.domains if domain.missing is not None]
    for table in (*section.weights, section.missing.chart, *charts):
        for word in table.indicators if table is not None else ():
            if word.text not in names:
                all_known = False
                near = complaints.did_you_mean(word.text, names)
                known = ", ".join(f"`{name}`" for name in names)
                check.diagnostics.report("N019", word.span, help=near or f"there are {known}", name=word.text)
    given = {word.text: word.span for table in section.weights for word in table.indicators}
    for item in section.both:
        if item.weight is not None and item.name in given:
            label = Label(given[item.name], "and here")
            help = "take one of them out"
            check.diagnostics.report("N023", item.weight.span, others=(label,), help=help, name=item.name)
    if not all_known or _check_all_weighed(check, set(given)):
        _check_sums(check)


def _check_all_weighed(check: _Check, given: set[str]) -> bool:
    """Where one indicator has a weight, or an index is asked for, each has one or says `weight: none` (N024)."""
    section = check.section
    weighed = [item for item in section.parted if item.weight is not None or item.name in given]
    open_ones = [item for item in section.parted if item not in weighed and not item.unweighted]
    alone = not weighed and len(open_ones) == 1
    if alone or not (weighed or section.index is not None or _speaks_of_index(section)):
        return True
    for item in open_ones:
        help = "add `weight:` with its share of the index, or `weight: none` where it has no part in it"
        check.diagnostics.report("N024", item.span, help=help, name=item.name)
    return not open_ones


def _speaks_of_index(section: Accountability) -> bool:
    tests = [one.when for one in section.ratings] + [one.when for one in section.overrides]
    nodes = (node for one in tests if one is not None for node in walk(one))
    if section.cut_scores is not None:
        return True
    return any(isinstance(node, ast.Name) and node.name == "index" for node in nodes)


def _check_sums(check: _Check) -> None:
    """Weights that are written out in percent come to 100% (T027)."""
    section = check.section
    own = [item for item in section.parted if item.weight is not None]
    timed = [item for item in own if isinstance(item, Timed)]
    for day in {Date.min, *(day for item in timed for day in (item.starts, item.ends) if day is not None)}:
        held = [item.weight for item in own if not isinstance(item, Timed) or item.holds(day)]
        if held:
            _check_sum(check, held)
    for domain in section.domains:
        _check_sum(check, [weight for _, weight in domain.weights])
    blend = section.index.blend if section.index is not None else None
    if blend is not None:
        _check_sum(check, [blend.all_students, blend.student_groups])
    charts = [domain.missing.chart for domain in section.domains if domain.missing is not None]
    for table in (*section.weights, section.missing.chart, *charts):
        _check_lines(check, table)


def _check_lines(check: _Check, table: WeightTable | None) -> None:
    for row in table.rows if table is not None else ():
        given = [weight for weight in row.weights if weight is not None]
        if given:
            _check_sum(check, given)


def _check_sum(check: _Check, weights: Sequence[Expr | None]) -> None:
    percents = [weight for weight in weights if isinstance(weight, ast.Percent)]
    total = sum((Fraction(one.value) for one in percents), Fraction(0))
    bare = [weight for weight in weights if isinstance(weight, ast.Number)]
    if percents and bare:
        odd = bare[0] if len(bare) <= len(percents) else percents[0]
        help = "write all weights in percent, or all as bare numbers, which are parts of what they come to"
        check.diagnostics.report("T048", odd.span, help=help, text=complaints.text_of(odd))
    elif percents and len(percents) == len(weights) and total != 100:
        help = "write weights that come to 100%, or bare numbers, which are parts of what they come to"
        check.diagnostics.report("T027", percents[0].span, help=help, total=f"{written_out(total)}%")


def once(found: Iterable[Diagnostic], section: Accountability | None) -> list[Diagnostic]:
    """Complaints without those that say of another level what has been said of one at the same place."""
    if section is None:
        return list(found)
    kept: dict[tuple[str, int, int], Diagnostic] = {}
    others, found = [], list(found)
    no_schools = {told.span.start for told in found if told.code == "T025"}
    mixed = any(told.code == "T048" for told in found)
    for told in found:
        span, whole = told.span, section.extent
        if span.source is whole.source and whole.start <= span.start and span.end <= whole.end:
            if told.code == "N015" and span.start in no_schools:
                continue  # no district is reached from it either
            if not (mixed and told.code == "T003"):  # what they are added up to is neither
                kept.setdefault((told.code, span.start, span.end), told)
        else:
            others.append(told)
    return [*others, *kept.values()]

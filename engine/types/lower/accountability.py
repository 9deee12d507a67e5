"""Accountability as computed columns on schools, districts and the state, worked out from the rows of its cohorts.

Each file beside this one makes the columns of one noun: `cohort.py` counts rows, `cap.py` holds a count down,
`years.py` takes years together, `indicator.py` makes points of them, `score.py` a score of a rate,
`weights.py` weighs them, `domain.py` puts them together, `index.py` makes the index, `cut_scores.py` what ratings take
of it, and `rating.py` the rating. `ground.py` is what there is to put together, `spoken.py` leaves out what is not
rated.
"""

from __future__ import annotations

from dataclasses import replace

from ...syntax import expr as ast
from ...syntax.accountability import Accountability, Indicator
from ...syntax.domain import Domain
from ...syntax.expr import Expr
from ...syntax.policy import Policy
from ...text.diagnostic import Diagnostics
from ..check_accountability import check_accountability
from ..check_names import renewed
from ..derive import add_records
from ..pending import Pending
from ..world import EntityInfo, Relation, World
from .cohort import row_columns, state_columns
from .cut_scores import cut_score_columns
from .domain import add_domain
from .ground import Ground
from .index import index_columns
from .indicator import indicator_columns
from .measure import Measured, TypeOf, by_group, cohort_entity, measured, rows_relation, way_to
from .rating import rating_columns
from .spot import Spot
from .weights import Weighing, of_index, parts_of_weights


def add_accountability_rows(world: World, section: Accountability) -> World:
    """`world` in which a row of each level reaches the rows of each cohort that it answers for, and what is on
    record of earlier years. On `state` all rows are reached by their plural.
    """
    for word in section.levels:
        info = world.entities.get(word.text)
        if info is None or len(info.key) != 1 or word.text == "state":
            continue
        world = add_records(add_records(world, word.text, "prior_indicator"), word.text, "prior_rating")
        info = world.entities[word.text]
        made = {
            relation.name: relation
            for item in section.indicators
            if (way := way_to(word.text, item, world)) is not None
            for relation in [_rows(info, rows_relation(item), world.entities[cohort_entity(item, world)], way)]
        }
        changed = replace(info, relations={**info.relations, **made})
        world = replace(world, entities={**world.entities, word.text: changed})
    return world


def _rows(info: EntityInfo, name: str, child: EntityInfo, way: Expr) -> Relation:
    by: Expr = renewed(way)
    return Relation(name, child.name, many=True, by=((info.key[0], by),), complete=child.complete, span=way.span)


def lower_accountability(
    section: Accountability, world: World, policy: Policy, type_of: TypeOf, diagnostics: Diagnostics
) -> list[Pending]:
    """The computed columns of the section. `world` has the relations of `add_accountability_rows`; `type_of`
    gives the type of an author's expression. Reports N001, N008, N017, N019 to N024 and T025 to T027; what is
    wrong has no columns.
    """
    sound = check_accountability(section, world, policy, type_of, diagnostics)
    section = sound.section
    levels = [word.text for word in section.levels if word.text in sound.levels]
    all_measured = [measured(item, section, world, policy, type_of) for item in section.indicators]
    weighing = of_index(section, _in_ratios(section, type_of, levels))
    found: list[Pending] = []
    for one in all_measured:
        if one.entity:
            found += [*row_columns(one), *state_columns(one)]
    for level in levels:
        found += _level(level, all_measured, section, weighing, policy)
        if level in sound.scales:
            found += cut_score_columns(section, level, world.entities[level].rows_name, sound.scales[level])
    return [_own(column) for column in found]


def _level(
    level: str, all_measured: list[Measured], section: Accountability, weighing: Weighing, policy: Policy
) -> list[Pending]:
    """The columns of the section on a level: indicators for everyone and for each group, domains, index, rating."""
    in_groups = by_group(all_measured)
    names = frozenset(one.item.name for one in all_measured)
    grouped = frozenset(one.item.name for one in in_groups)
    everyone, found = _ground([Spot(one, level, "", grouped, names) for one in all_measured], section, policy)
    blended = section.index is not None and section.index.blend is not None
    groups: dict[str, Ground] = {}
    for word in section.student_groups if in_groups else ():
        spots = [Spot(one, level, word.text, grouped, names) for one in in_groups]
        groups[word.text], columns = _ground(spots, section, policy, blended)
        found += columns
    return [*found, *index_columns(weighing, everyone, groups), *rating_columns(everyone)]


def _ground(
    spots: list[Spot], section: Accountability, policy: Policy, domains: bool = True
) -> tuple[Ground, list[Pending]]:
    """The indicators and domains of everyone or of a group, with their columns."""
    found: list[Pending] = []
    excusable = set()
    for spot in spots:
        item = spot.of.item
        parts_by_day = parts_of_weights(section, item.name)
        found += indicator_columns(spot, parts_by_day, policy.bands)
        if parts_by_day or item.applies_when is not None or item.starts is not None or item.ends is not None:
            excusable.add(item.name)
    parts: dict[str, Indicator | Domain] = {spot.of.item.name: spot.of.item for spot in spots}
    two_ended = frozenset(spot.of.item.name for spot in spots if spot.of.has_ends)
    tables = {table.name: [read for version in table.versions for _, read in version.inputs] for table in policy.tables}
    ground = Ground(section, spots[0].level, spots[0].group, parts, two_ended, frozenset(excusable), tables)
    for domain in section.domains if domains else ():
        ground, columns = add_domain(ground, domain)
        found += columns
    return ground, found


def _in_ratios(section: Accountability, type_of: TypeOf, levels: list[str]) -> bool:
    """Whether weights are percents, or bare numbers."""
    given = [one.weight for one in section.both]
    given += [weight for table in section.weights for row in table.rows for weight in row.weights]
    for weight in given:
        if isinstance(weight, ast.Percent | ast.Number):
            return isinstance(weight, ast.Percent)
    first = next((weight for weight in given if weight is not None), None)
    return first is None or not levels or type_of(first, levels[0]).unit.kind == "ratio"


def _own(column: Pending) -> Pending:
    """The column with a tree of its own: what the author wrote once is read on several levels."""
    versions = tuple(replace(one, body=renewed(one.body)) for one in column.versions)
    return replace(column, versions=versions, because=renewed(column.because), excuse=renewed(column.excuse))

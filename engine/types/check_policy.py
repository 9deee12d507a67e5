"""The check of a whole policy: at each epoch, every computed column typed, in an order in which it can be computed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date as Date

from ..model.table import Table
from ..syntax.expr import Expr
from ..syntax.policy import Policy
from ..text.diagnostic import Diagnostics, Label
from ..text.source import Span
from . import complaints
from .add_tables import add_tables
from .check_accountability import once
from .check_compare import against, meet
from .check_definitions import Settled, check_definitions, on_demand
from .check_exclusions import check_exclusions
from .check_expr import INFER
from .check_funding import check_funding, with_amounts
from .check_lists import check_limit, check_list, needs_one_key, with_lengths
from .check_names import BUILTIN_CELLS, renewed
from .check_parameters import check_parameters, first_day, since
from .check_records import check_records
from .check_tables import check_tables
from .check_totals import check_totals
from .check_years import check_years
from .checked import CheckedEpoch, CheckedParameter, CheckedPolicy
from .checker import Checker
from .datatypes import UNKNOWN, Type
from .derive import add_records, derive_world
from .line_types import line_types
from .list_key import list_key
from .lower.accountability import add_accountability_rows, lower_accountability
from .lower.determination import lower_determination
from .lower.eligibility import lower_eligibility
from .lower.funding import add_claims, lines_of, lower_funding
from .lower.line import Line
from .lower.points import lower_points
from .lower.priority_list import lower_priority_list
from .lower.quota import with_quotas
from .lower.union import union_columns
from .lower.which import with_names
from .pending import Pending, written
from .stdlib import FUNCTIONS
from .student_groups import add_student_groups
from .told_of_lines import of_lines
from .union import add_unions
from .world import EntityInfo, World, build_world

FIRST_DAY = Date(1, 1, 1)


def check_policy(policy: Policy, standard: Mapping[str, Table], diagnostics: Diagnostics) -> CheckedPolicy:
    """The policy with the types of all its expressions, at each date where a rule changes.

    `standard` are the tables of the data model. All complaints are collected; where there are errors the result is what
    could be made out and must not be evaluated.
    """
    found = Diagnostics()
    checked = _check(policy, standard, found)
    told_once = once(found.sorted(), policy.accountability)
    diagnostics.extend(told for told in of_lines(told_once, policy) if not complaints.follows(told, policy))
    return checked


def _check(policy: Policy, standard: Mapping[str, Table], diagnostics: Diagnostics) -> CheckedPolicy:
    policy = with_quotas(with_amounts(policy))
    tables = add_tables(standard, policy, diagnostics)
    parameters = check_parameters(policy, tables, diagnostics)
    _check_cites(policy, diagnostics)
    _check_taken(policy, tables, diagnostics)
    world = _world(policy, tables, parameters, diagnostics)
    check_records(policy, world, diagnostics)
    check_years(policy, diagnostics)
    lines = _lines(policy, world, parameters, diagnostics)
    world = add_claims(world, lines)
    pending = _pending(policy, world, parameters, diagnostics, lines)
    days = _epochs(policy, parameters, pending)
    epochs: list[CheckedEpoch] = []
    settled: Settled | None = None
    for starts in days:
        checker = _checker(policy, world, since(parameters, policy, starts), pending, diagnostics, starts)
        settled = check_definitions(checker, pending, starts, settled)
        epochs.append(_epoch(checker, settled, starts))
    return CheckedPolicy(policy, tables, parameters, tuple(epochs))


def _epochs(
    policy: Policy, parameters: Mapping[str, CheckedParameter], pending: Mapping[tuple[str, str], Pending]
) -> list[Date]:
    """The dates where any rule begins or ends or a parameter has its first value, after the beginning of time."""
    first = {first_day(item, parameters[item.name].members) for item in policy.parameters}
    dates = {FIRST_DAY} | {day for day in first if day is not None}
    for item in pending.values():
        for version in item.versions:
            dates |= {day for day in (version.starts, version.ends) if day is not None}
    for table in policy.tables:
        dates |= set(table.begins)
    for bands in policy.bands:
        dates |= set(bands.begins)
    return sorted(dates)


def _world(
    policy: Policy, tables: Mapping[str, Table], parameters: Mapping[str, CheckedParameter], diagnostics: Diagnostics
) -> World:
    world = add_student_groups(add_unions(build_world(tables), policy, diagnostics), policy)
    subjects = {item.entity.text for item in policy.determinations}
    for entity in sorted(subjects):
        world = add_records(world, entity, "determination")
    for verdict in policy.eligibility:
        if verdict.keep_last_verdict_when is not None:
            world = add_records(world, verdict.entity.text, "prior_verdict")
    world = _with_earlier_lists(world, policy)
    if policy.accountability is not None:
        world = add_accountability_rows(world, policy.accountability)
    checker = _checker(policy, world, parameters, {}, Diagnostics())
    if policy.entities:  # what they differ by may be computed; what is wrong is said when all is known
        checker.defined = defined = _pending(policy, world, parameters, Diagnostics())
        on_demand(checker, defined, FIRST_DAY)

    def infer_in(expr: Expr, entity: str, entities: Mapping[str, EntityInfo]) -> Type:
        checker.world = World(entities, checker.world.plurals)
        return checker.infer(expr, (entity,))

    return _with_earlier_lists(derive_world(world, policy, infer_in, diagnostics), policy)


def _with_earlier_lists(world: World, policy: Policy) -> World:
    """The world in which the rows of the priority list reach their places on earlier lists, once the rows are there."""
    if policy.priority_list is not None:
        for table in ("listing", "regional_listing"):
            world = add_records(world, policy.priority_list.entity.text, table)
    return world


def _lines(
    policy: Policy, world: World, parameters: Mapping[str, CheckedParameter], diagnostics: Diagnostics
) -> list[Line]:
    """The lines of funding, each with the entity of its payees (that of the row to which `pay` leads), the kind of year
    in which it pays, and the entity for which other lines exclude it.
    """
    if not policy.funding and not policy.appropriations:
        return []
    checker = _checker(policy, world, parameters, {}, Diagnostics())
    found = line_types(policy, world, checker)
    if found.unknown or found.open:  # a payee may be computed
        checker.defined = defined = _pending(policy, world, parameters, Diagnostics())
        on_demand(checker, defined, FIRST_DAY)
        found = line_types(policy, world, checker)
        checker.diagnostics = diagnostics  # what nothing can make out is said now, since no column comes of it
        for expr, entity in found.unknown:
            checker.infer(expr, (entity,))
    check_funding(policy, world, found, diagnostics)
    excluded = check_exclusions(policy, world, found, diagnostics)
    lines = lines_of(policy, world, found.payee_entities, found, excluded)
    check_totals(policy.totals, lines, diagnostics)
    return lines


def _pending(
    policy: Policy,
    world: World,
    parameters: Mapping[str, CheckedParameter],
    diagnostics: Diagnostics,
    lines: Sequence[Line] = (),
) -> dict[tuple[str, str], Pending]:
    """Everything to be computed, by entity and name; entities that do not exist and names taken twice are reported."""
    found: dict[tuple[str, str], Pending] = {}
    items = [*map(with_names, written(policy)), *map(lower_eligibility, policy.eligibility)]
    for points in policy.points:
        items += lower_points(points)
    for decision in policy.determinations:
        info = world.entities.get(decision.entity.text)
        if info is None or len(info.key) == 1:
            items.append(lower_determination(with_lengths(decision, parameters, diagnostics)))
        else:
            needs_one_key(info, decision.entity.span, "a determination", diagnostics)
    listed = policy.priority_list
    if listed is not None and listed.entity.text in world.entities:
        info = world.entities[listed.entity.text]
        key = list_key(info)
        if key is not None:
            listed = check_limit(check_list(listed, key, parameters, diagnostics), policy.parameters, diagnostics)
            items += lower_priority_list(listed, key, info.rows_name)
        else:
            needs_one_key(info, listed.entity.span, "a priority list", diagnostics, or_an_area=True)
    elif listed is not None:
        complaints.unknown_name(
            diagnostics, listed.entity.span, listed.entity.text, "among the entities", world.entities
        )
    items += union_columns(world, items, lambda more: _type_of(policy, world, parameters, [*items, *more]))
    if policy.accountability is not None:
        type_of = _type_of(policy, world, parameters, items)
        items += lower_accountability(policy.accountability, world, policy, type_of, diagnostics)
    items += lower_funding(policy, lines)
    for item in items:
        info_or_none = world.entities.get(item.entity)
        if info_or_none is None:
            place = item.entity_span if item.entity_span.end else item.span
            complaints.unknown_name(diagnostics, place, item.entity, "among the entities", world.entities)
        elif item.name in info_or_none.columns or item.name in info_or_none.relations:
            help, what = "give the rule another name", f"a column or relation of {item.entity}"
            diagnostics.report("N010", item.span, help=help, name=item.name, what=what)
        elif (item.entity, item.name) in found:
            _taken_twice(found[item.entity, item.name], item, diagnostics)
        else:
            found[item.entity, item.name] = item
    return found


def _type_of(
    policy: Policy, world: World, parameters: Mapping[str, CheckedParameter], items: Sequence[Pending]
) -> Callable[[Expr, str], Type]:
    """The types of expressions on rows of an entity whose columns are `items`; faults are said when all is known."""
    checker = _checker(policy, world, parameters, {}, Diagnostics())
    columns = {(item.entity, item.name): item for item in items if item.entity in world.entities}
    checker.defined = columns
    on_demand(checker, columns, FIRST_DAY)
    return lambda expr, entity: checker.infer(renewed(expr), (entity,))


def _taken_twice(one: Pending, two: Pending, diagnostics: Diagnostics) -> None:
    if {one.role, two.role} == {"definition", "criterion"}:
        return  # N088, said when the policy was merged
    first, second = sorted((one, two), key=lambda item: item.span.start)
    help, others = "give one of them another name", (Label(first.span, "first here"),)
    diagnostics.report("N018", second.span, others=others, help=help, name=second.name, entity=second.entity)


def _checker(
    policy: Policy,
    world: World,
    parameters: Mapping[str, CheckedParameter],
    pending: Mapping[tuple[str, str], Pending],
    diagnostics: Diagnostics,
    day: Date = FIRST_DAY,
) -> Checker:
    return Checker(
        policy=policy,
        world=world,
        parameters=parameters,
        diagnostics=diagnostics,
        table=INFER,
        defined=pending,
        type_of=lambda entity, name, expr: UNKNOWN,
        years={item.name: item for item in policy.years},
        tables={item.name: item.on(day) for item in policy.tables},
        bands={item.name: item.on(day) for item in policy.bands},
    )


def _epoch(checker: Checker, settled: Settled, starts: Date) -> CheckedEpoch:
    """An epoch whose definitions are settled, with what stands beside them checked: relations and tables."""
    world = checker.world
    for relations in world.entities.values():
        for relation in relations.relations.values():
            for key, bound in relation.where:
                column = world.entities[relation.to].columns[key]
                found = against(checker, bound, column, (relations.name,))
                meet(checker, bound, f"{key}:", (bound, column), (bound, found))
            for key, by in () if relation.on_demand else relation.by:
                if (found := checker.infer(by, (relation.to,))).kind in ("nothing", "duration"):
                    complaints.nothing_to_store(checker.diagnostics, by.span, key, found)
    check_tables(checker)
    definitions = tuple(settled.definitions)
    return CheckedEpoch(starts, definitions, checker.types, checker.uses, checker.renewed, world, settled.reads)


def _check_taken(policy: Policy, tables: Mapping[str, Table], diagnostics: Diagnostics) -> None:
    """Names that are read everywhere mean one thing: N010."""
    taken = {"this": "the row of the rule", "jurisdiction": "the place of the policy"}
    taken |= dict.fromkeys(BUILTIN_CELLS, "known in every policy")
    taken |= dict.fromkeys((*tables, "state"), "the name of an entity")
    taken |= dict.fromkeys(FUNCTIONS, "a function")
    groups = (
        ("a parameter", policy.parameters),
        ("a year", policy.years),
        ("a table", policy.tables),
        ("bands", policy.bands),
    )
    for what, items in groups:
        for item in items:
            if item.name in taken:
                help = "give it another name"
                diagnostics.report("N010", item.span, help=help, name=item.name, what=taken[item.name])
            taken[item.name] = what


def _begin_with(known: Iterable[str], cite: str) -> str:
    place = cite.rpartition(" ")[2] if " " in cite else "(a)"
    return f"begin with the name of a source, such as `{min(known, default='code-12-3')} {place}`"


def _check_cites(policy: Policy, diagnostics: Diagnostics) -> None:
    """Every citation begins with the name of a source."""
    known = {item.name for item in policy.sources}
    items = (
        *policy.parameters, *(one for item in policy.parameters for one in item.deferred),
        *policy.definitions, *policy.criteria, *policy.record_checks, *policy.tables, *policy.points, *policy.bands,
        *policy.determinations, *policy.eligibility, *((policy.priority_list,) if policy.priority_list else ()),
        *((*policy.priority_list.exceptions, *policy.priority_list.quotas) if policy.priority_list else ()),
        *policy.appropriations, *policy.funding,
        *(one for line in policy.funding for one in line.cited), *policy.totals,
        *((*policy.accountability.cited, *policy.accountability.weights) if policy.accountability is not None else ()),
    )  # fmt: skip
    for item in items:
        cites = [(item.cite, item.cite_span)]
        for dated in (*getattr(item, "versions", ()), *getattr(item, "values", ())):
            if dated.cite != item.cite:  # else it is the item's own, which holds for all its dates
                cites.append((dated.cite, dated.cite_span))
        for cite, span in cites:
            name = cite.split(" ", 1)[0].rstrip(",;:")
            if cite and name not in known:
                place = Span(span.source, span.start, span.start + len(name)) if span.text.startswith(name) else span
                near = complaints.did_you_mean(name, known) or (_begin_with(known, cite),)
                help = (*near, "declare it under `sources:`")
                diagnostics.report("N009", place, help=help, name=name)

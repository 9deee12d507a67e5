"""A priority list as computed columns: who qualifies, in which place, who stays, what each row's standing is.

In order: the rows for which `when` holds are ranked, within the quotas first, then all that are left; `cut_score` is
the score of the last within `limit`; rows of the list before may stay beyond it; an undetermined row takes no place and
is pending review (a row that is on the list for certain, but in which tier is undetermined, keeps its place, and its
tier is missing); exceptions of people stand beside the computed part and take no place.
"""

from __future__ import annotations

from dataclasses import replace

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.policy import PriorityList
from ..datatypes import DATE, TRUTH, Type
from ..list_key import ListKey
from ..pending import Pending, lowered
from .build import Build
from .quota import WITHIN_ALL, limited, quota_columns, reverse

STATUSES = (
    "listed", "exception", "stays", "honored", "beyond_quota", "beyond_limit", "left_off", "pending_review",
    "not_listed",
)  # fmt: skip
"""What a row's place is: on the list by rule, by an exception of people, as a stayer; off it but honored for those who
had begun; qualified but beyond a quota or the limit; left off because it is undetermined; waiting for what is missing;
off it.
"""

LIST_EXCEPTION = Type("enum", name="list_exception", values=("none", "listed", "not_listed"))
LIST_STATUS = Type("enum", name="list_status", values=STATUSES)


def lower_priority_list(item: PriorityList, key: ListKey, rows_name: str) -> list[Pending]:
    """The computed columns of a list over `item.entity`, whose rows are named by `key`.

    On `state` stand `list_in_force`, `ranked_rows` and `cut_score`.
    """
    entity, make = item.entity.text, Build(item.span)
    tiers = tuple(tier.name for tier in item.tiers) or ("listed",)
    tier_type = Type("enum", name="tier", values=(*tiers, "not_listed"), nullable=True)

    def column(name: str, body: Expr, declared: Type | None = None, role: str = "list") -> Pending:
        return lowered(f"priority_list.{name}", entity, name, body, item.span, declared=declared, role=role)

    found = [
        column("list_exception", _exceptions(make, item, key), LIST_EXCEPTION),
        column("exception_tier", _exception_tiers(make, item, key, tiers), tier_type),
        replace(column("qualifies", item.when), slot="test", path="priority_list.when"),
    ]
    candidate = make.all_of(make.compare(make.name("list_exception"), "=", make.text("none")), make.name("qualifies"))
    order = item.rank_by or make.order(*map(make.name, key.columns))
    quotas, candidate = quota_columns(item, rows_name, candidate, order, column)
    found += quotas
    found.append(replace(column("list_rank", make.rank(order, candidate)), path="priority_list.rank_by"))
    if item.rank_by is not None:
        found.append(replace(column("list_score", item.rank_by.keys[0].value), path="priority_list.rank_by"))
    found.append(column("within_limit", _within_limit(make, item, found, candidate, order, column), TRUTH.maybe()))
    found += _state(make, item, entity, rows_name)
    found.append(column("cut_score", make.name("state.cut_score")))
    found += _earlier(make, item, key, column)
    found += _stays(make, item, order, column)
    tier_line = make.choice(
        *((tier.when, make.text(tier.name)) for tier in item.tiers if tier.when is not None),
        otherwise=make.text(
            next((t.name for t in item.tiers if t.when is None), "listed" if not item.tiers else "not_listed")
        ),
    )
    found.append(replace(column("tier_line", tier_line, tier_type), path="priority_list.tiers"))
    found.append(column("list_status", _status(make, item), LIST_STATUS))
    found.append(column("is_listed", _is_listed(make), TRUTH.maybe()))
    found.append(column("tier", _tier(make), tier_type))
    return found


def _exceptions(make: Build, item: PriorityList, key: ListKey) -> Expr:
    return make.choice(
        *((_applies(make, item, number, key), make.text(one.verdict)) for number, one in enumerate(item.exceptions)),
        otherwise=make.text("none"),
    )


def _exception_tiers(make: Build, item: PriorityList, key: ListKey, tiers: tuple[str, ...]) -> Expr:
    return make.choice(
        *(
            (_applies(make, item, number, key), make.text(one.tier or tiers[-1]))
            for number, one in enumerate(item.exceptions)
            if one.verdict == "listed"
        ),
        otherwise=make.text("not_listed"),
    )


def _applies(make: Build, item: PriorityList, number: int, key: ListKey) -> Expr:
    one = item.exceptions[number]
    tests = [make.compare(make.name(key.thing), "=", ast.Text(one.key, span=one.key_span))]
    if one.area:
        tests.append(make.compare(make.name(key.area), "=", ast.Text(one.area, span=one.area_span)))
    if one.starts is not None:
        tests.append(make.compare(make.name("as_of"), ">=", ast.DateLiteral(one.starts, span=one.span)))
    if one.ends is not None:
        tests.append(make.compare(make.name("as_of"), "<", ast.DateLiteral(one.ends, span=one.span)))
    return make.all_of(*tests)


def _within_limit(
    make: Build, item: PriorityList, found: list[Pending], candidate: Expr, order: ast.Order, column: object
) -> Expr:
    """Whether the place is within the limit: with `leave_off`, all rows of the place must be."""
    has = limited(item)
    if has is None:
        return make.known(make.name("list_rank"))
    limit, absent = has
    place = make.name("list_rank")
    if item.on_tie_at_limit == "leave_off":
        assert callable(column)
        found.append(column("rank_from_below", make.rank(reverse(order), candidate)))
        ranked = make.name("state.ranked_rows")
        place = make.plus(ast.Arithmetic("-", ranked, make.name("rank_from_below"), span=item.span), make.number(1))
    at = Build(limit.span)  # a limit of the wrong kind is marked itself
    unlimited = (absent, make.known(make.name("list_rank")))
    return make.choice(unlimited, otherwise=at.compare(place, "<=", limit))


def _state(make: Build, item: PriorityList, entity: str, rows_name: str) -> list[Pending]:
    """The columns on `state`: the day the list comes into force, how many rows are ranked, and the cut score."""

    def column(name: str, body: Expr, declared: Type | None = None) -> Pending:
        return lowered(f"priority_list.{name}", "state", name, body, item.span, declared=declared)

    ranked = make.known(make.name("list_rank"))
    in_force = item.in_force or ast.DayOf(1, 0, make.name("school_year"), span=item.span)
    found = [
        column("list_in_force", in_force, DATE.maybe()),
        column("ranked_rows", make.over("count", None, rows_name, ranked)),
    ]
    inside = make.or_else(make.name("within_limit"), make.truth(False))
    if item.stay is not None and item.stay.within_limit:
        found.append(column("listed_by_rule", make.over("count", None, rows_name, inside)))
    if item.rank_by is None:
        return [*found, column("cut_score", make.over("max", make.name("list_rank"), rows_name, ranked))]
    score = item.rank_by.keys[0]
    cut = make.over("min" if score.descending else "max", score.value, rows_name, inside)
    return [*found, column("cut_score", cut)]


def _earlier(make: Build, item: PriorityList, key: ListKey, column: object) -> list[Pending]:
    """What earlier lists say: on the list before, may stay, honored for those who had begun."""
    assert callable(column)
    starts = ast.Outward(make.name("state.list_in_force"), span=item.span)
    mine = make.compare(make.name("entity"), "=", make.text(key.thing_entity))
    listings = f"{key.records}s"
    before = make.compare(make.name("listed_from"), "<", starts)

    def still(extra: Expr | None) -> Expr:
        end: Expr = make.name("listed_until")
        last = make.plus(end, extra if extra is not None else ast.Duration(1, "day", span=item.span))
        return make.any_of(make.known(end, False), make.compare(last, ">=", starts))

    def listed(extra: Expr | None) -> Expr:
        return make.over("any", make.all_of(before, still(extra)), listings, mine)

    was = column("was_listed", listed(item.stay.length if item.stay else None), TRUTH.maybe())
    eve = [column("listed_before", listed(None), TRUTH.maybe())]
    if item.tiers:
        on_eve = make.all_of(mine, before, still(None))
        last = make.over("last", make.name("tier"), listings, on_eve, make.order(make.name("listed_from")))
        eve.append(column("tier_before", last))
    honored: Expr = make.truth(False) if item.honor_for is None else listed(item.honor_for)
    if item.honor_for is not None:
        until = make.compare(make.name("honored_until"), ">=", ast.Outward(make.name("as_of"), span=item.span))
        recorded = make.over("any", make.all_of(make.known(make.name("honored_until")), until), listings, mine)
        honored = make.any_of(honored, recorded)
        eve.append(column("honored_to", _honored_to(make, item.honor_for, listings, make.all_of(mine, before))))
    return [*eve, was, column("honored", honored, TRUTH.maybe())]


def _honored_to(make: Build, honor_for: Expr, listings: str, mine: Expr) -> Expr:
    """The last day on which a row is honored, as the policy and the records say: the later of both."""
    ends, said = make.known(make.name("listed_until")), make.known(make.name("honored_until"))
    by_rule = make.over("max", make.plus(make.name("listed_until"), honor_for), listings, make.all_of(mine, ends))
    recorded = make.over("max", make.name("honored_until"), listings, make.all_of(mine, said))
    later = ast.Call("max", (by_rule, recorded), span=make.span)
    return make.choice((make.known(recorded, False), by_rule), (make.known(by_rule, False), recorded), otherwise=later)


def _stays(make: Build, item: PriorityList, order: ast.Order, column: object) -> list[Pending]:
    """Who of the list before stays: beyond the limit, or, with `within_limit`, in the places that the rule leaves
    free, in
    the order of the list.
    """
    assert callable(column)
    if item.stay is None:
        return [column("stays", make.truth(False), TRUTH.maybe())]
    may: Expr = make.name("was_listed")
    if item.stay.when is not None:
        may = make.all_of(may, item.stay.when)
    has = limited(item)
    if not item.stay.within_limit or has is None:
        return [column("stays", may, TRUTH.maybe())]
    outside = make.negated(make.or_else(make.name("within_limit"), make.truth(False)))
    place = make.plus(make.name("stay_rank"), make.name("state.listed_by_rule"))
    limit, absent = has
    free = make.any_of(absent, make.compare(place, "<=", limit))
    return [
        column("may_stay", may, TRUTH.maybe()),
        column("stay_rank", make.rank(order, make.all_of(make.name("may_stay"), outside))),
        column("stays", make.all_of(make.name("may_stay"), free), TRUTH.maybe()),
    ]


def _status(make: Build, item: PriorityList) -> Expr:
    waiting = make.text("left_off" if item.undetermined == "leave_off" else "pending_review")
    open_place = make.any_of(
        make.known(make.name("list_rank"), False),
        make.known(make.name("within_limit"), False),
    )
    if item.quotas:
        beyond = make.compare(make.name("list_quota"), "!=", make.text(WITHIN_ALL))
        unknown = make.known(make.name("list_quota"), False)
        open_place = make.choice((unknown, make.truth(True)), (beyond, make.truth(False)), otherwise=open_place)
    unclear = make.any_of(
        make.known(make.name("qualifies"), False),
        make.all_of(make.or_else(make.name("qualifies"), make.truth(False)), open_place),
    )
    off_quota = ((beyond, make.text("beyond_quota")),) if item.quotas else ()
    inside = make.or_else(make.name("within_limit"), make.truth(False))
    return make.choice(
        (make.compare(make.name("list_exception"), "=", make.text("listed")), make.text("exception")),
        (make.compare(make.name("list_exception"), "=", make.text("not_listed")), make.text("not_listed")),
        (unclear, waiting),
        (inside, make.text("listed")),
        (make.known(make.name("stays"), False), waiting),
        (make.name("stays"), make.text("stays")),
        (make.or_else(make.name("honored"), make.truth(False)), make.text("honored")),
        *off_quota,
        (make.name("qualifies"), make.text("beyond_limit")),
        otherwise=make.text("not_listed"),
    )


def _is_listed(make: Build) -> Expr:
    status = make.name("list_status")
    return make.choice(
        (make.compare(status, "=", make.text("pending_review")), make.missing("pending review")),
        otherwise=ast.In(status, tuple(make.text(one) for one in ("listed", "exception", "stays")), span=make.span),
    )


def _tier(make: Build) -> Expr:
    status = make.name("list_status")
    return make.choice(
        (make.compare(status, "=", make.text("pending_review")), make.missing("pending review")),
        (make.compare(status, "=", make.text("exception")), make.name("exception_tier")),
        (ast.In(status, (make.text("listed"), make.text("stays")), span=make.span), make.name("tier_line")),
        otherwise=make.text("not_listed"),
    )

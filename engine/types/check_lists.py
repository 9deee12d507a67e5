"""Priority lists and determinations before they become columns: lengths of time, tiers, number of lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date as Date

from ..syntax.expr import Duration, Expr, Invalid, Name, Negate, Number
from ..syntax.policy import Determination, Parameter, PriorityList
from ..syntax.walk import walk
from ..text.diagnostic import Diagnostics
from ..text.source import Span
from . import complaints
from .check_parameters import first_day
from .checked import CheckedParameter
from .datatypes import Type
from .list_key import ListKey
from .pending import MOST_LINES
from .world import EntityInfo

A_LENGTH = "a length of time such as `2 years`"


def check_list(
    item: PriorityList, key: ListKey, parameters: Mapping[str, CheckedParameter], diagnostics: Diagnostics
) -> PriorityList:
    """The list without what is wrong in it: lengths that are none (T022), too many lines (T023), tiers that it does not
    have (N005), exceptions in an area of a list that has none (N123).
    """
    if not key.area:
        for one in (one for one in item.exceptions if one.area):
            help = f"leave `area` out, or list pairs with areas: `cross: [{item.entity.text}, area]` under `entities`"
            diagnostics.report("N123", one.area_span, help=help, entity=item.entity.text)
        item = replace(item, exceptions=tuple(replace(one, area="") for one in item.exceptions))
    for name, lines in (("tiers", item.tiers), ("exceptions", item.exceptions), ("quotas", item.quotas)):
        if len(lines) > MOST_LINES:
            complaints.too_many_lines(diagnostics, item.span, f"priority_list.{name}", len(lines))
    tiers = Type("enum", values=tuple(tier.name for tier in item.tiers))
    for one in item.exceptions:
        if one.tier and one.tier not in tiers.values:
            complaints.unknown_value(diagnostics, one.tier_span, one.tier, tiers)
    stay = item.stay
    return replace(
        item,
        tiers=item.tiers[:MOST_LINES],
        exceptions=item.exceptions[:MOST_LINES],
        quotas=item.quotas[:MOST_LINES],
        stay=None if stay is None else replace(stay, length=_length(stay.length, parameters, diagnostics)),
        honor_for=_length(item.honor_for, parameters, diagnostics),
    )


def with_lengths(
    item: Determination, parameters: Mapping[str, CheckedParameter], diagnostics: Diagnostics
) -> Determination:
    """The determination, without what is no length of time in `expires` and `deemed` (T022)."""
    deemed = item.deemed
    if deemed is not None:
        after = _length(deemed.after, parameters, diagnostics)
        deemed = None if after is None else replace(deemed, after=after)
    return replace(item, expires=_length(item.expires, parameters, diagnostics), deemed=deemed)


def needs_one_key(info: EntityInfo, place: Span, what: str, diagnostics: Diagnostics, or_an_area: bool = False) -> None:
    """N017: rows that are named by one code are needed, or by those of a thing and an area."""
    help = "take rows with one code, such as those of occupation or credential"
    help += ", or pair them with areas: `cross: [credential, area]` under `entities`" if or_an_area else ""
    diagnostics.report("N017", place, help=help, what=what, entity=info.name, count=len(info.key))


def check_limit(item: PriorityList, written: Iterable[Parameter], diagnostics: Diagnostics) -> PriorityList:
    """The list with the days from which its limit and its quotas have values, and without those that are written out
    and are no number of rows (T024, here or in the parameter that one names).
    """
    parameters = tuple(written)
    quotas = []
    for quota in item.quotas:
        found, since = _limit(quota.limit, parameters, diagnostics)
        if found is not None:
            quotas.append(replace(quota, limit_since=since))
    limit, since = (None, None) if item.limit is None else _limit(item.limit, parameters, diagnostics)
    return replace(item, limit=limit, limit_since=since, quotas=tuple(quotas))


def _limit(limit: Expr, written: tuple[Parameter, ...], diagnostics: Diagnostics) -> tuple[Expr | None, Date | None]:
    """A limit, nothing where it is no number of rows, and the day from which it has a value."""
    if _is_no_count(limit):
        _not_a_count(limit, diagnostics)
        return None, None
    names = {part.name for part in walk(limit) if isinstance(part, Name)}
    days = []
    for parameter in written:
        if parameter.name not in names:
            continue
        days += [day for day in (first_day(parameter),) if day is not None]
        for value in (value for dated in parameter.values for _, value in dated.members):
            if value is not None and isinstance(limit, Name) and _is_no_count(value):
                _not_a_count(value, diagnostics)
    return limit, max(days, default=None)


def _is_no_count(value: Expr) -> bool:
    if isinstance(value, Name):
        return value.name == "none"
    number = value.operand if isinstance(value, Negate) else value
    if not isinstance(number, Number):
        return False
    return (isinstance(value, Negate) and number.value != 0) or number.value != number.value.to_integral_value()


def _not_a_count(value: Expr, diagnostics: Diagnostics) -> None:
    help = ("write a whole number, 0 or more, such as `150`", "a list that takes all who qualify has no `limit`")
    diagnostics.report("T024", value.span, help=help, text=complaints.text_of(value))


def _length(expr: Expr | None, parameters: Mapping[str, CheckedParameter], diagnostics: Diagnostics) -> Expr | None:
    if expr is None or isinstance(expr, (Duration, Invalid)):
        return expr
    found: object = "a plain number" if isinstance(expr, Number) else "something else"
    if isinstance(expr, Name) and expr.name in parameters:
        found = parameters[expr.name].type
        if parameters[expr.name].type.kind in ("duration", "unknown"):
            return expr
    text = complaints.text_of(expr)
    many = f"{text} year{'' if text == '1' else 's'}" if isinstance(expr, Number) else "2 years"
    help = f"say of what: `{many}`, or so many months or days"
    diagnostics.report("T022", expr.span, help=help, text=text, found=found, wanted=A_LENGTH)
    return None

"""Why a row has its place on the priority list: on it, beside it, off it, or waiting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...execution.trace import Trace
from ...execution.values import Key, Missing, Value
from ...syntax.policy import ListException, PriorityList
from ...syntax.print import print_expr
from ..list_names import list_names
from ..replay import Replay, aggregates, checked_trace, key_text, place_of, source_title, within_trace, written_trace
from .explanation import Explanation, Item, Note, Responsible, Rows, Rule, SeenRow, Step
from .items import items_of, rows_item, rule_item
from .leaves import listed_names, recorded, responsible
from .otherwise import with_otherwise
from .question import Question
from .quota import beyond_quota, quota_steps
from .rank import rank_of
from .sentence import called_by, explanation_of, failing, who

STATUS = "list_status"
DATES = ("tier", "listed_from", "listed_until", "honored_until")
PLACES = (STATUS, "tier", "is_listed", "tier_line", "list_rank", "within_limit")
"""Columns of a list that are explained as the row's place on it."""


def explain_place(replay: Replay, item: PriorityList, key: Key, otherwise: bool = False) -> Explanation:
    """The place of a row: its verdict, rule, tier, rank and limit, exception, stay and sunset."""
    entity = item.entity.text
    trace = checked_trace(replay, entity, STATUS, key)
    tier = checked_trace(replay, entity, "tier", key).value
    rule = rule_item(replay, entity, "qualifies", key)
    exception = _exception(replay, item, key)
    open_parts: tuple[Responsible, ...] = ()
    if trace.value in ("pending_review", "left_off"):
        open_parts = _responsible(replay, item, key)
    elif isinstance(tier, Missing):
        open_parts = responsible(replay, tier, key)
    items = [
        *_told_exception(replay, exception),
        rule,
        *_tiers(replay, item, key),
        *(quota_steps(replay, item, key) if rule.value is True and exception is None else ()),
        *_ranks(replay, item, key),
        *_earlier(replay, item, key, str(trace.value)),
    ]
    sentence = _sentence(replay, item, key, str(trace.value), tier, rule, exception, open_parts)
    type = replay.columns[entity, STATUS].type
    found = explanation_of(
        replay, sentence, place_of(replay, entity, key), STATUS, trace.value, type, tuple(items), open_parts
    )
    asked = Question(replay, "list", entity, STATUS, key, "the rule of the list")
    return with_otherwise(found, asked, "qualifies", otherwise, rank_of(replay, item, key))


def _value(replay: Replay, entity: str, name: str, key: Key) -> Value:
    return replay.interpreter.value(entity, name, key)


def _responsible(replay: Replay, item: PriorityList, key: Key) -> tuple[Responsible, ...]:
    entity, found = item.entity.text, dict[Responsible, None]()
    for name in ("qualifies", *(("list_quota",) if item.quotas else ()), "within_limit", "tier_line", "stays"):
        if name == "stays" and found:
            break
        found |= dict.fromkeys(responsible(replay, _value(replay, entity, name, key), key))
    return tuple(found)


# -- the sentence ---------------------------------------------------------------------------------------------------


def _sentence(
    replay: Replay, item: PriorityList, key: Key, status: str, tier: Value, rule: Rule,
    exception: ListException | None, open_parts: tuple[Responsible, ...],
) -> str:  # fmt: skip
    named = who(replay, item.entity.text, key)
    whole = f"“{item.title}”" if item.title else "the priority list"
    in_tier = f", tier {tier}" if item.tiers and isinstance(tier, str) and tier != "not_listed" else ""
    reasons = listed_names([one.text for one in open_parts]) or "something that it needs is not known"
    match status:
        case "listed":
            found = f"{named} is on {whole}{in_tier}: {_rank(replay, item, key)}"
            return f"{found}. Its tier cannot be told, because {reasons}." if isinstance(tier, Missing) else f"{found}."
        case "exception":
            alone = "" if rule.value is True else ", not by the rule"
            alone = ", which the rule alone could not decide" if isinstance(rule.value, Missing) else alone
            return f"{named} is on {whole}{in_tier}, by an exception{_by(exception)}{alone}."
        case "stays":
            alone = f"it is {_standing(replay, item, key)}" if rule.value is True else _missed(rule)
            return f"{named} stays on {whole}{in_tier}, because it was on an earlier one; by the rule alone {alone}."
        case "honored":
            return f"{named} is no longer on {whole}, but is still honored for those who had begun."
        case "pending_review" | "left_off":
            said = "is pending review" if status == "pending_review" else f"is left off {whole}"
            return f"{named} {said}: whether it qualifies cannot be told, because {reasons}."
        case _ if exception is not None:
            return f"{named} is kept off {whole} by an exception{_by(exception)}."
        case "beyond_quota":
            return f"{named} qualifies but is not on {whole}: {beyond_quota(replay, item, key)}."
        case _ if rule.value is True:
            return f"{named} qualifies but is not on {whole}: {_rank(replay, item, key)}."
        case _:
            return f"{named} is not on {whole}: {_missed(rule)}."


def _missed(rule: Rule) -> str:
    missed = [called_by(one) for one in failing(rule)]
    return f"it does not meet {listed_names(missed)}" if missed else "it does not meet the rule of the list"


def _by(exception: ListException | None) -> str:
    if exception is None:
        return ""
    reason = _reason(exception)
    return (f" of {exception.decided_by}" if exception.decided_by else "") + (f" ({reason})" if reason else "")


def _standing(replay: Replay, item: PriorityList, key: Key) -> str:
    """The place of a row that qualifies: beyond a quota, else in the order of the list."""
    beyond = beyond_quota(replay, item, key) if item.quotas else ""
    return beyond or _rank(replay, item, key)


def _rank(replay: Replay, item: PriorityList, key: Key) -> str:
    entity = item.entity.text
    rank, ranked = _value(replay, entity, "list_rank", key), _value(replay, "state", "ranked_rows", ("state",))
    said = f"place {rank} of {ranked}"
    if item.limit is None or isinstance(rank, Missing):
        return said
    limit = _limit(replay, item, key)
    inside = _value(replay, entity, "within_limit", key)
    return f"{said}, {'within' if inside is True else 'beyond'} the limit{f' of {limit}' if limit else ''}"


def _limit(replay: Replay, item: PriorityList, key: Key) -> str:
    if item.limit is None:
        return ""
    if (found := written_trace(replay, item.entity.text, "within_limit", key, item.limit)) is not None:
        return "" if isinstance(found.value, Missing) else str(found.value)
    return print_expr(item.limit)


# -- the parts ------------------------------------------------------------------------------------------------------


def _step(replay: Replay, text: str, trace: Trace) -> Step:
    """A part of the list under a name; a part that is one step itself is not told twice."""
    items = items_of(replay, trace, 1)
    margin = None
    only = items[0] if len(items) == 1 else None
    if isinstance(only, Step):
        items, margin = only.items, only.margin
    return Step(text, trace.value, trace.node.type, items, margin)


def _tiers(replay: Replay, item: PriorityList, key: Key) -> Iterator[Item]:
    """The lines of `tiers` that were looked at, in order, and the one that decided."""
    if _value(replay, item.entity.text, "qualifies", key) is not True:
        return
    for tier in item.tiers:
        if tier.when is None:
            yield Note(f"tier {tier.name}: otherwise")
            return
        found = written_trace(replay, item.entity.text, "tier_line", key, tier.when)
        if found is None:
            return
        yield _step(replay, f"tier {tier.name}: {print_expr(tier.when)}", found)
        if found.value is not False:
            return


def _ranks(replay: Replay, item: PriorityList, key: Key) -> Iterator[Item]:
    """What the row is ranked by, its place, the limit and the score of the last within it."""
    entity = item.entity.text
    if isinstance(_value(replay, entity, "list_rank", key), Missing):
        return
    trace = checked_trace(replay, entity, "list_rank", key)
    ranked = trace
    while not ranked.children or len(ranked.children) == 1:
        if not ranked.children:
            inner = getattr(ranked.node, "column", None)
            if inner is None:
                break
            ranked = replay.interpreter.trace(entity, inner.name, key)
        else:
            ranked = ranked.children[0]
    by = print_expr(item.rank_by) if item.rank_by is not None else "its key"
    keys = [key.value.id for key in item.rank_by.keys] if item.rank_by is not None else []
    nodes = [replay.words.nodes[one] for one in keys if one in replay.words.nodes]
    below = [
        part
        for node in nodes
        if (found := within_trace(ranked, node)) is not None
        for part in items_of(replay, found, 1)
    ]  # fmt: skip
    yield Step(f"place, ranked by {by}", trace.value, replay.columns[entity, "list_rank"].type, tuple(below))
    if item.limit is not None:
        found = written_trace(replay, item.entity.text, "within_limit", key, item.limit)
        if found is not None:
            yield Step("limit", found.value, found.node.type, items_of(replay, found, 1))
    cut = replay.columns["state", "cut_score"]
    yield Step(
        "cut score: the score of the last within the limit", _value(replay, "state", "cut_score", ("state",)), cut.type
    )


def _earlier(replay: Replay, item: PriorityList, key: Key, status: str) -> Iterator[Item]:
    """The lists before: whether the row was on one, may stay, is honored on."""
    entity = item.entity.text
    if status in ("listed", "exception"):
        return
    was = replay.interpreter.trace(entity, "was_listed", key)
    if was.value is False:
        return
    yield _listings(replay, was, key, "was on a list before")
    if item.stay is not None and item.stay.when is not None and was.value is True:
        found = written_trace(replay, item.entity.text, "stays", key, item.stay.when)
        if found is not None:
            yield _step(replay, f"stays when {print_expr(item.stay.when)}", found)
    if item.honor_for is not None and status in ("honored", "not_listed"):
        honored = replay.interpreter.trace(entity, "honored", key)
        yield _listings(replay, honored, key, f"honored for {print_expr(item.honor_for)} after the list")


def _listings(replay: Replay, trace: Trace, key: Key, text: str) -> Rows:
    """What earlier lists say, with the recorded dates of those that decided."""
    seen = [one for one in aggregates(replay, trace) if one.value is not False] or aggregates(replay, trace)
    counted = rows_item(replay, seen[0], 1, text)
    places = {row.place: None for one in seen for row in rows_item(replay, one, 1, text).rows}
    records = counted.entity
    keys = {key_text(replay, records, one): one for one in replay.interpreter.keys(records)}
    rows = tuple(SeenRow(place, recorded(replay, records, keys[place.key], DATES)) for place in places)
    return replace(counted, value=trace.value, rows=rows)


def _exception(replay: Replay, item: PriorityList, key: Key) -> ListException | None:
    """The exception of people that holds for the row on the as-of date: the first that does."""
    if _value(replay, item.entity.text, "list_exception", key) == "none":
        return None
    return list_names(replay.run, item).exception(item, key, replay.run.as_of)


def _told_exception(replay: Replay, exception: ListException | None) -> Iterator[Item]:
    if exception is None:
        return
    said = [f"exception: {exception.verdict.replace('_', ' ')}"]
    said += [f"as {exception.tier}"] if exception.tier else []
    said += [f"decided by {exception.decided_by}"] if exception.decided_by else []
    said += [f"from {exception.starts.isoformat()}"] if exception.starts else []
    said += [f"until {exception.ends.isoformat()}"] if exception.ends else []
    said += [f"because {reason}"] if (reason := _reason(exception)) else []
    source = source_title(replay, exception.cite)
    law = f"; {exception.cite}" + (f": {source}" if source else "") if exception.cite else ""
    yield Note(", ".join(said) + law)


def _reason(exception: ListException) -> str:
    """The reason of an exception, which is prose without values."""
    return "" if exception.because is None else print_expr(exception.because)

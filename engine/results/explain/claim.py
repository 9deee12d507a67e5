"""Why a claim is paid, limited, pending or denied, and what each step left of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from ...execution.values import Bound, Key, Missing, Value
from ...types.lower.line import IF_ALL, Line
from ..dollars import dollars
from ..limit_text import limit_text
from ..line import line_title, out_of_force
from ..payment_steps import NOTHING, number_at
from ..pending import deciding_parts
from ..quantity import shown
from ..rejected import concerns, record_key
from ..replay import Replay, checked_trace, place_of, source_title
from .explanation import Entry, Explanation, Item, Ledger, Note, Responsible
from .items import rule_item, sentence_of
from .leaves import listed_names, responsible
from .otherwise import with_otherwise
from .question import Question
from .sentence import explanation_of, who

TOLD = ("paid in", "when", "counts", "payee", "quantity", "full amount", "amount")
"""Columns of a claim that are told as rules, where the line has them."""


def explain_claim(replay: Replay, line: Line, key: Key, otherwise: bool = False) -> Explanation:
    """What became of a claim on a line. What is replayed is held against what the run stored (X900)."""
    entity = line.item.claim.text
    status = checked_trace(replay, entity, line.name("status"), key)
    open_parts = _open(replay, line, key) if status.value == "pending" else ()
    items: list[Item] = []
    if status.value in ("paid", "limited"):
        items.append(Ledger("what is left of it", tuple(_steps(replay, line, key))))
    most = number_at(replay, entity, line.name(f"claim amount{IF_ALL}"), key) if status.value == "pending" else None
    if most:
        items.append(Note(f"money is kept back for it as if it counted, for a claim of {dollars(most)} at the most"))
    for check in line.checks:
        if concerns(check, key):
            items.append(rule_item(replay, check.item.entity.text, check.item.name, record_key(check, key)))
    for part in _parts(line):
        if (entity, line.name(part)) in replay.rules:
            items.append(replace(rule_item(replay, entity, line.name(part), key), name=part))
    sentence = _sentence(replay, line, key, str(status.value), open_parts)
    place, type = place_of(replay, entity, key), replay.columns[entity, line.name("status")].type
    found = explanation_of(replay, sentence, place, line.item.name, status.value, type, tuple(items), open_parts)
    gate = _gate(replay, line, key)
    if gate is None or status.value not in ("denied", "pending", "paid", "limited"):
        return found
    asked = Question(replay, "claim", entity, line.name("status"), key, line_title(line), line=line)
    return with_otherwise(found, asked, gate, otherwise)


def _gate(replay: Replay, line: Line, key: Key) -> str | None:
    """The column that decides whether the claim counts: the first that is not met, else the line's `when`."""
    names = [line.name(part) for part in deciding_parts(line) if _has(replay, line, part)]
    truths = [name for name in names if replay.columns[line.item.claim.text, name].type.kind == "truth"]
    open_ones = [name for name in truths if replay.interpreter.value(line.item.claim.text, name, key) is not True]
    return next(iter([*open_ones, *truths]), None)


def _parts(line: Line) -> tuple[str, ...]:
    """The columns of the line that are told as rules."""
    gates = (part for part in deciding_parts(line) if part in TOLD or "not with " in part)
    stages = (f"stage {stage.name}" for stage in line.item.stages)
    return tuple(dict.fromkeys((*gates, *TOLD[:-1], *stages, *(("owed",) if line.item.owes else ()), TOLD[-1])))


def _value(replay: Replay, line: Line, part: str, key: Key) -> Value:
    return replay.interpreter.value(line.item.claim.text, line.name(part), key)


def _amount(replay: Replay, line: Line, part: str, key: Key) -> Fraction:
    return number_at(replay, line.item.claim.text, line.name(part), key) or NOTHING


def _open(replay: Replay, line: Line, key: Key) -> tuple[Responsible, ...]:
    """The cells that leave the claim pending: those of the first part that is not known."""
    for part in deciding_parts(line):
        value = _value(replay, line, part, key)
        if isinstance(value, Missing):
            return responsible(replay, value, key)
    return ()


def _sentence(replay: Replay, line: Line, key: Key, status: str, open_parts: tuple[Responsible, ...]) -> str:
    named, title = who(replay, line.item.claim.text, key), line_title(line)
    named = named[:1].upper() + named[1:]
    if status == "rejected":
        check = next(one for one in line.checks if _value(replay, line, one.part, key) is False)
        rule = replay.rules[check.item.entity.text, check.item.name]
        because = sentence_of(replay, rule, record_key(check, key))
        return f"{named} is rejected on {title} by {check.item.name}, which is not so: {because}."
    if status == "other_year":
        year = replay.columns[line.item.claim.text, line.name("paid in")].type
        return (
            f"{named} is not of this run of {title}: it is paid in {shown(_value(replay, line, 'paid in', key), year)}."
        )
    if status == "not_in_force":
        return f"{named} does not count on {title}: {out_of_force(line.item)}."
    if status == "denied":
        if excluded := _excluded_by(replay, line, key):
            return f"{named} is denied on {title}: a claim of the same {excluded}."
        if line.item.stages and _value(replay, line, "when", key) is True:
            return f"{named} is denied on {title}: it has reached no stage."
        return f"{named} is denied on {title}: it does not meet the rule by which a claim counts."
    if status == "pending":
        part = next(
            (what for one, what in deciding_parts(line).items() if isinstance(_value(replay, line, one, key), Missing)),
            "whether it counts",
        )
        reasons = listed_names([one.text for one in open_parts])
        return f"{named} is pending on {title}: {part} is not known" + (f", because {reasons}." if reasons else ".")
    claimed = _value(replay, line, "claim amount", key)
    if isinstance(claimed, Bound | Missing):
        type = replay.columns[line.item.claim.text, line.name("claim amount")].type
        much = "" if isinstance(claimed, Missing) else f": it claims {shown(claimed, type)}"
        return f"{named} counts on {title}, and what it brings is not known{much}."
    paid, full = _amount(replay, line, "paid", key), _amount(replay, line, "amount", key)
    payee = _value(replay, line, "payee", key)
    to = who(replay, line.payee, (payee,)) if isinstance(payee, str) else "its payee"
    claim = _amount(replay, line, "claim amount", key)
    if status == "limited":
        by = _value(replay, line, "limited by", key)
        cut = "" if line.item.prorates_first else f"of {dollars(full)} "
        claims = f"{cut}it claims {dollars(claim)}"
        return f"{named} is limited by {by} on {title}: {claims} and brings {dollars(paid)} to {to}."
    return f"{named} is paid on {title}: it claims {dollars(claim)} and brings {dollars(paid)} to {to}."


def _steps(replay: Replay, line: Line, key: Key) -> Iterator[Entry]:
    """Full amount, limits, rounding, claim, proration, what is paid for it; in the order in which they are taken."""
    item = line.item
    law = item.cite, source_title(replay, item.cite)
    amount = _amount(replay, line, "amount", key)
    yield Entry("full amount", amount, True, *law)
    if not item.prorates_first:
        yield from _limits(replay, line, key, amount)
        amount = _amount(replay, line, f"after {item.limits[-1].name}", key) if item.limits else amount
    claim = _amount(replay, line, "claim amount", key)
    if claim != amount:
        yield Entry(f"rounded to the {item.rounding.to}", claim - amount)
    yield Entry("claim", claim, True)
    paid = _amount(replay, line, "paid", key)
    if item.prorates_first:
        shared = _amount(replay, line, "prorated", key)
        yield Entry("prorated before the limits", shared - claim)
        yield from _limits(replay, line, key, shared)
    elif paid != claim:
        word = "above" if paid > claim else "below"
        yield Entry(f"its part in a payment {word} the payee's claims", paid - claim)
    yield Entry("paid for it", paid, True)


def _limits(replay: Replay, line: Line, key: Key, amount: Fraction) -> Iterator[Entry]:
    for limit in line.item.limits:
        after = _amount(replay, line, f"after {limit.name}", key)
        cite = limit.cite or line.item.cite
        notes = (limit_text(limit), *_reached(replay, line, limit.name, key))
        yield Entry(f"limit {limit.name}", after - amount, False, cite, source_title(replay, cite), notes)
        amount = after


def _reached(replay: Replay, line: Line, limit: str, key: Key) -> Iterator[str]:
    """How far a limit was reached when the turn of the claim came."""
    place, kept, so_far, most = (
        _value(replay, line, f"{limit} {part}", key) if _has(replay, line, f"{limit} {part}") else None
        for part in ("place", "keeps", "sum", "at most")
    )
    if isinstance(place, Fraction) and isinstance(kept, Fraction):
        yield f"it is number {place}, and {kept} {'is' if kept == 1 else 'are'} kept"
    if isinstance(so_far, Fraction) and isinstance(most, Fraction):
        reached, allowed = (_said(replay, line, limit, value) for value in (so_far, most))
        yield f"with those before it, it comes to {reached} of {allowed}"
    if _has(replay, line, f"quantity after {limit}"):
        quantity = _value(replay, line, f"quantity after {limit}", key)
        if isinstance(quantity, Fraction):
            yield f"of its quantity {_said(replay, line, limit, quantity)} is left"
    left, limited = (
        _amount(replay, line, f"after {limit}", key),
        isinstance(kept, Fraction) or isinstance(most, Fraction),
    )
    if _has(replay, line, f"{limit} applies") and not _value(replay, line, f"{limit} applies", key):
        yield "it does not look at this claim"
    elif left and not limited:
        yield "there is no limit now"


def _said(replay: Replay, line: Line, limit: str, value: Fraction) -> str:
    """A number of a limit in its unit."""
    type = replay.columns[line.item.claim.text, line.name(f"{limit} at most")].type
    return dollars(value) if type.unit.is_money else shown(value, type)


def _excluded_by(replay: Replay, line: Line, key: Key) -> str:
    """Who has a claim that counts on which other line, where the line's own rule would let this one count."""
    rule = line.item.not_with
    if rule is None or _value(replay, line, "when", key) is False:
        return ""
    lines = (other.text for other in rule.lines if _value(replay, line, f"not with {other.text}", key) is False)
    return next((f"{rule.whose} counts on {one}" for one in lines), "")


def _has(replay: Replay, line: Line, part: str) -> bool:
    return (line.item.claim.text, line.name(part)) in replay.columns

"""What a change does to results, as JSON for machines: exact numbers as text."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ..results.diff.attribution import Attribution
from ..results.diff.comparison import Comparison, Split
from ..results.diff.list_moves import ListDiff
from ..results.diff.outcome_diff import OutcomeDiff
from ..results.diff.payment_changes import PaymentDiff
from ..results.diff.rating_moves import RatingDiff
from ..results.simulate.measure import PAID
from ..results.table import decimal_text
from .masked import HIDDEN, Masked


def outcome_record(found: Comparison, public: bool) -> dict[str, Any]:
    """The entries of a record that only data can tell."""
    outcome = found.outcome
    assert outcome is not None
    masked = Masked(outcome.after.run, public)
    money = outcome.paid is not None and masked.hides_money(outcome.paid)
    paths = [edit.path for edit in found.edits.edits]
    return {
        "outcome": felt_record(outcome, masked),
        "causes": None if found.causes is None else _causes(found.causes, paths, money),
        "policy_and_data": [_split(one) for one in found.crossed if not (money and one.measure.startswith(PAID))],
        "also_on": [felt_record(one, Masked(one.after.run, public)) for _, one in found.elsewhere],
    }


def felt_record(found: OutcomeDiff, masked: Masked) -> dict[str, Any]:
    """What becomes of every result between two runs."""
    money = found.paid is not None and masked.hides_money(found.paid)
    return {
        "data": [
            {"title": one.run.dataset.title, "as_of": one.run.as_of.isoformat(), "made_up": one.run.dataset.made_up}
            for one in (found.before, found.after)
        ],
        "nothing_changes": found.is_empty,
        "only_becomes_undetermined": found.only_opens,
        "undetermined": _pair(masked.open_numbers(found)),
        "list": None if found.listed is None else _list(found.listed),
        "ratings": None if found.rated is None else _ratings(found.rated),
        "payments": None if found.paid is None else _payments(found.paid, masked),
        "verdicts": [
            {"entity": one.entity, "rule": one.rule, "before": one.before, "after": one.after,
             "rows": masked.numbers(one.entity, one.count)[0]}
            for one in found.verdicts
        ],
        "waits_for": [
            {"table": one.table, "column": one.column} | _pair(masked.waiting(one))
            for one in found.held
        ],
        "near": [
            {"entity": one.entity, "rule": one.rule} | _pair(masked.numbers(one.entity, one.before, one.after))
            for one in found.near
        ],
        "near_cases": [
            {"entity": one.entity, "key": one.key, "name": one.name, "rule": one.rule, "measured": one.measured,
             "required": _number(one.required), "gap": _number(one.gap), "new": one.new}
            for one in found.near_cases
            if not masked.is_personal(one.entity)
        ],
        "students": [
            {
                "line": one.line, "group": one.group, "students": HIDDEN if few or money else one.students,
                **_pair((HIDDEN, HIDDEN) if few or money else (_number(one.before), _number(one.after))),
            }
            for one, few in masked.groups(found.student_money)
        ],
    }  # fmt: skip


def _list(listed: ListDiff) -> dict[str, Any]:
    return {
        "entity": listed.entity,
        "listed": {"before": listed.listed_before, "after": listed.listed_after},
        "moves": [
            {
                "key": one.key, "name": one.name, "area": one.area or None, "move": one.move,
                "status": {"before": one.before, "after": one.after},
                "tier": {"before": one.tier_before or None, "after": one.tier_after or None}, "because": one.because,
                "deciding": [
                    {"rule": rule.rule, "before": rule.before, "after": rule.after, "margin": _number(rule.margin),
                     "cite": rule.cite}
                    for rule in one.deciding
                ],
            }
            for one in listed.moves
        ],
    }  # fmt: skip


def _ratings(rated: RatingDiff) -> dict[str, Any]:
    return {
        "transitions": [
            {"entity": one.entity, "before": one.before, "after": one.after, "rows": one.count}
            for one in rated.transitions
        ],
        "moves": [
            {
                "entity": one.entity, "key": one.key, "name": one.name, "before": one.before, "after": one.after,
                "index_before": _number(one.index_before), "index_after": _number(one.index_after),
                "by_override": one.by_override,
            }
            for one in rated.moves
        ],
    }  # fmt: skip


def _payments(paid: PaymentDiff, masked: Masked) -> dict[str, Any]:
    hidden = masked.hides_money(paid)
    return {
        "before": HIDDEN if hidden else _number(paid.before),
        "after": HIDDEN if hidden else _number(paid.after),
        "gain": HIDDEN if masked.is_few(paid.winners) else len(paid.winners),
        "lose": HIDDEN if masked.is_few(paid.losers) else len(paid.losers),
        "lines": [
            {
                "line": one.line, "appropriation": one.appropriation or None,
                "paid": _pair((_number(one.paid[0]), _number(one.paid[1]))),
                "factor": _pair((_number(one.factor[0]), _number(one.factor[1]))),
                "unspent": _pair((_number(one.unspent[0]), _number(one.unspent[1]))),
            }
            for one in ([] if hidden else paid.lines)
        ],
        "payees": [
            {
                "entity": one.entity, "key": one.key, "name": one.name, "before": _number(one.before),
                "after": _number(one.after), "students": _number(one.students), "unknown": one.unknown,
            }
            for one in paid.payees
            if not masked.is_personal(one.entity)
        ],
    }  # fmt: skip


def _causes(causes: Attribution, paths: list[str], hides_money: bool) -> dict[str, Any]:
    return {
        "exact": causes.exact,
        "orders": causes.orders,
        "parts": [
            {
                "edits": [paths[edit] for edit in sorted(causes.groups[one.group])], "of": one.measure,
                "part": _exactly(one.part), "alone": _exactly(one.alone), "standard_error": _number(one.error),
            }
            for one in causes.parts
            if not (hides_money and one.measure.startswith(PAID))
        ],
    }  # fmt: skip


def _split(one: Split) -> dict[str, Any]:
    return {
        "of": one.measure, "before": _number(one.before), "after": _number(one.after),
        "by_policy": _exactly(one.policy), "by_data": _exactly(one.data),
    }  # fmt: skip


def _pair(both: tuple[Any, ...]) -> dict[str, Any]:
    return {"before": both[0], "after": both[1]}


def _number(value: Fraction | None) -> str | None:
    return None if value is None else decimal_text(value)


def _exactly(value: Fraction) -> str:
    """A part of a change: a mean over orders may be no decimal, and is then written as a fraction."""
    return str(value)

"""Which way a number of a run is proved to move when a parameter rises. What is not proved is 0, and is searched by
trying values.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...syntax.funding import Appropriation, Funding
from ...syntax.policy import Policy
from ...types.checked import CheckedPolicy
from ..diff.effects import Side, moved_places
from ..diff.shift import UNKNOWN, UP, Care, Shift, Way
from ..diff.term import Key
from .measure import LEAST_FACTOR, LISTED, OWED, PAID

SIGNS = {Way.UP: 1, Way.DOWN: -1}


def direction(checked: CheckedPolicy, path: str, measure: str) -> int:
    """1 where the number is proved never to fall as the parameter at `path` rises, -1 where it never rises, else 0.

    Proved are, of an appropriation that no rule names and from which nothing is set aside, the factors of lines that
    are prorated in order, and their payments where the rate is rounded; of a parameter whose rises loosen or tighten
    who qualifies, how many are on a list without a limit; of one that raises the amount of a claim alone, what plain
    lines owe.
    """
    name, _, member = path.removeprefix("parameters.").partition(".")
    pot = next((one for one in checked.policy.appropriations if one.name == name), None)
    seeds: dict[Key, Shift] = {("cell", path): UP}
    if member:
        seeds["cell", f"parameters.{name}"] = UNKNOWN
    moved = moved_places(Side.of(checked.policy, checked), seeds, None)
    if pot is not None:
        return 0 if moved else _of_pot(checked.policy, pot, measure)
    ways = {place.steps: shift for place, shift, _ in moved.values()}
    if measure == LISTED and ("priority_list", "when") in ways and _is_plain_list(checked.policy):
        listing = [shift for steps, shift in ways.items() if steps[0] == "priority_list" and steps != RANK]
        return SIGNS.get(ways["priority_list", "when"].way, 0) if len(listing) == 1 else 0
    lines = [one for one in checked.policy.funding if measure in (OWED, f"{OWED} by {one.name}")]
    touched = {steps for steps in ways if steps[0] in ("funding", "appropriations", "data", "priority_list")}
    amounts = {("funding", one.name, "amount") for one in lines}
    if lines and touched and touched <= amounts and all(_is_plain_line(one) and not one.limits for one in lines):
        shifts = [ways[steps] for steps in touched]
        if all(one.care is Care.EXACT for one in shifts) and len({one.way for one in shifts}) == 1:
            return SIGNS.get(shifts[0].way, 0)
    return 0


RANK = ("priority_list", "rank_by")
"""The order of a list without a limit decides nothing about who is on it."""


def _of_pot(policy: Policy, pot: Appropriation, measure: str) -> int:
    """How more money moves a number. A line's factor rises with what there is for it. A later line has what the others
    left: nothing while one of them is short, if coins that rounding leaves over stay there. What is paid rises with the
    factor where the rate is rounded; coins that are handed out by largest remainder may come and go.
    """
    order = [one.name for one in pot.pay_in_order]
    drawing = [one for one in policy.funding if one.draws_on is not None and one.draws_on.text == pot.name]
    lines = {one.name: one for one in drawing}
    plain = all(one.how == "prorate" for one in pot.pay_in_order) and all(map(_is_plain_line, drawing))
    if pot.set_aside or not plain or not order or lines.keys() != set(order):
        return 0
    rated = [lines[name].rounding.what == "rate" for name in order]
    clean = [lines[name].rounding.what == "rate" or lines[name].rounding.remainder == "unspent" for name in order]
    proved = {LEAST_FACTOR} if all(clean[:-1]) else set()
    proved |= {PAID} if all(rated) else set()
    for place, name in enumerate(order):
        if all(clean[:place]):
            proved.add(f"factor of {name}")
            proved |= {f"{PAID} by {name}"} if rated[place] else set()
    return 1 if measure in proved else 0


def _is_plain_line(line: Funding) -> bool:
    """Whether a claim that counts brings its amount, and no step but the division of the money moves what it gets."""
    more: Sequence[object] = (
        line.stages, line.not_with, line.paid_in, line.minimum, line.maximum, line.hold_harmless, line.settle_up,
        line.order, line.split, line.owed, line.rounding.how,
    )  # fmt: skip
    limited = any(one.at_most is not None or one.of_quantity for one in line.limits)
    return not any(more) and not limited


def _is_plain_list(policy: Policy) -> bool:
    listed = policy.priority_list
    return listed is not None and listed.limit is None and not listed.quotas and listed.stay is None

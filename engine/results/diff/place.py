"""The places of a policy where an expression stands: what it decides there, and which way that goes with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date
from typing import Any

from ...syntax.accountability import Accountability
from ...syntax.choice_tables import Interval
from ...syntax.policy import Policy, Timed
from ...syntax.walk import CONTENTS
from .edit import Steps, spoken
from .parts import is_leaf, key_of, parts_of
from .term import Key

GATE, LIMIT, AMOUNT = "gate", "limit", "amount"
"""What a place decides: who is in (tightened, loosened), how many or how much at most (likewise), how much (lowered,
raised).
"""


@dataclass(frozen=True, slots=True)
class Role:
    """What a place decides, which way that goes with what stands there (`+`, `-` or `?`), and how people call it."""

    decides: str
    sign: str
    says: str


@dataclass(frozen=True, slots=True)
class Place:
    """An expression of a policy with where it stands: `gives` is what other rules call its value.

    starts, ends   the days between which it is in force, as far as the place itself says
    """

    steps: Steps
    expr: Any
    role: Role
    gives: tuple[Key, ...] = ()
    starts: Date | None = None
    ends: Date | None = None

    @property
    def path(self) -> str:
        """Its stable name."""
        return spoken(self.steps)


ROLES: dict[tuple[str, str], Role] = {
    ("Definition", "body"): Role("", "+", "definition {name}"),
    ("Criterion", "body"): Role(GATE, "+", "criterion {name}"),
    ("RecordCheck", "body"): Role(GATE, "+", "record check {name}"),
    ("StudentGroup", "when"): Role(GATE, "+", "student group {name}"),
    ("Eligibility", "when"): Role(GATE, "+", "eligibility {name}"),
    ("PriorityList", "when"): Role(GATE, "+", "who qualifies for the list"),
    ("PriorityList", "limit"): Role(LIMIT, "+", "how many the list holds"),
    ("PriorityList", "honor_for"): Role(LIMIT, "+", "how long what leaves the list is honored"),
    ("Tier", "when"): Role(GATE, "+", "tier {name}"),
    ("Stay", "when"): Role(GATE, "+", "who stays on the list"),
    ("Stay", "length"): Role(LIMIT, "+", "how long one may stay on the list"),
    ("Quota", "limit"): Role(LIMIT, "+", "quota {name}"),
    ("Determination", "expires"): Role(LIMIT, "+", "how long determination {name} holds"),
    ("Determination", "granted_when"): Role(GATE, "+", "determination {name}"),
    ("PointsVersion", "at_most"): Role(LIMIT, "+", "the most that {name} gives"),
    ("PointsLine", "points"): Role(AMOUNT, "+", "points {name}"),
    ("PointsLine", "when"): Role("", "?", "points {name}"),
    ("TableRow", "result"): Role(AMOUNT, "+", "table {name}"),
    ("BandRow", "gives"): Role(AMOUNT, "+", "bands {name}"),
    ("Funding", "when"): Role(GATE, "+", "which claims of {name} count"),
    ("Funding", "amount"): Role(AMOUNT, "+", "the amount of a claim of {name}"),
    ("Funding", "quantity"): Role(AMOUNT, "+", "the quantity of a claim of {name}"),
    ("Funding", "maximum"): Role(LIMIT, "+", "the most that {name} pays"),
    ("Funding", "hold_harmless"): Role(AMOUNT, "+", "what {name} holds harmless"),
    ("Limit", "keep"): Role(LIMIT, "+", "limit {name}"),
    ("Limit", "at_most"): Role(LIMIT, "+", "limit {name}"),
    ("Limit", "where"): Role(LIMIT, "-", "limit {name}"),
    ("Stage", "when"): Role(GATE, "+", "stage {name}"),
    ("Stage", "pays"): Role(AMOUNT, "+", "what stage {name} pays"),
    ("Minimum", "amount"): Role(AMOUNT, "+", "the least that {name} pays"),
    ("SetAside", "amount"): Role(AMOUNT, "-", "what set-aside {name} leaves for payments"),
    ("PassOn", "at_least"): Role(AMOUNT, "+", "what has to be passed on to {name}"),
    ("Spend", "at_least"): Role(AMOUNT, "+", "what has to be spent for {name}"),
    ("Total", "value"): Role(AMOUNT, "+", "total {name}"),
    ("Indicator", "rate"): Role(AMOUNT, "+", "indicator {name}"),
    ("Indicator", "mean"): Role(AMOUNT, "+", "indicator {name}"),
    ("Indicator", "numerator"): Role(AMOUNT, "+", "indicator {name}"),
    ("Indicator", "value"): Role(AMOUNT, "+", "indicator {name}"),
    ("Indicator", "score"): Role(AMOUNT, "+", "indicator {name}"),
    ("Indicator", "zero_when"): Role(AMOUNT, "-", "indicator {name}"),
    ("Indicator", "at_least"): Role(AMOUNT, "+", "indicator {name}"),
    ("Indicator", "at_most"): Role(LIMIT, "+", "indicator {name}"),
    ("Step", "value"): Role(AMOUNT, "+", "step {name}"),
    ("Cap", "at_most"): Role(LIMIT, "+", "cap {name}"),
    ("Cap", "when"): Role(LIMIT, "-", "cap {name}"),
    ("Accountability", "rated_when"): Role(GATE, "+", "who is rated"),
    ("MinimumN", "count"): Role(GATE, "-", "what has rows enough to be rated"),
    ("Rating", "when"): Role(GATE, "+", "rating {name}"),
    ("CutScores", "shares"): Role(LIMIT, "+", "how many may get a rating"),
    ("Ceiling", "value"): Role(LIMIT, "+", "the most that {name} can be"),
    ("Parameter", "members"): Role(AMOUNT, "+", "appropriation {name}"),
}
"""By kind of record and field. What is not here moves results in a way that no sign can tell."""

OPEN = Role("", "?", "{path}")

LIST: Key = ("list",)
"""What stands for every column that a priority list gives."""


def is_weight(steps: Steps) -> bool:
    """Whether a way leads to a weight: what stands there moves shares of a whole from one part to another."""
    if steps[0] == "funding":
        return steps[2:3] == ("split",)
    if steps[0] != "accountability" or len(steps) == 1:
        return False
    of_a_part = steps[1] in ("indicators", "domains") and steps[3:4] in (("weight",), ("weights",))
    return of_a_part or steps[1] == "weights" or steps[1:3] in (("missing", "chart"), ("index", "blend"))


def is_denominator(steps: Steps) -> bool:
    """Whether a way leads to what is divided by."""
    return steps[:2] == ("accountability", "indicators") and steps[3:4] in (("cohort",), ("denominator",))


def places(policy: Policy) -> Iterator[Place]:
    """Every place of a policy that holds an expression on which results hang."""
    for name, value in parts_of(policy).items():
        if name not in ("data", "lint", "sources", "parameters"):
            yield from _places(policy, policy, name, value, (name,), "", None, None)


def _places(
    policy: Policy, owner: Any, field: str, value: Any, steps: Steps, name: str, starts: Date | None, ends: Date | None
) -> Iterator[Place]:
    if field in ("because", "values"):
        return
    if isinstance(value, tuple) and key_of(value) is not None:
        following = [one.starts for one in value if hasattr(one, "starts")]
        for at, (step, one) in enumerate(parts_of(value).items()):
            named = isinstance(owner, Policy) or hasattr(one, "title")
            until = following[at + 1] if at + 1 < len(following) and _is_version(one) else ends
            since = getattr(one, "starts", None) or starts
            inside = (policy, owner, field, one, (*steps, step), step.rpartition(".")[2] if named else name)
            yield from _places(*inside, since, until)
    elif isinstance(value, tuple) and value and not is_leaf(value[0]):
        for at, one in enumerate(value):
            yield from _places(policy, owner, field, one, (*steps, str(at + 1)), name, starts, ends)
    elif type(value) in CONTENTS:
        role = role_of(policy, owner, field, steps)
        said = Role(role.decides, role.sign, role.says.format(name=name, path=spoken(steps)))
        yield Place(steps, value, said, gives(policy, steps), starts, ends)
    elif is_leaf(value):
        if found := tuple(_exprs(value)):
            yield Place(steps, found, Role("", "?", spoken(steps)), gives(policy, steps), starts, ends)
    else:
        since, until = (value.starts or starts, value.ends or ends) if isinstance(value, Timed) else (starts, ends)
        for step, one in parts_of(value).items():
            holder = owner if type(value).__name__ == "RuleVersion" else value
            yield from _places(policy, holder, step, one, (*steps, step), name, since, until)


def _exprs(value: Any) -> Iterator[Any]:
    """The expressions inside a part that is compared as a whole, such as the cells of a row."""
    if type(value) in CONTENTS:
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _exprs(one)
    elif isinstance(value, Interval):
        yield from (end for end in (value.low, value.high) if end is not None)


def _is_version(value: Any) -> bool:
    return not isinstance(value, Timed) and hasattr(value, "starts")


def role_of(policy: Policy, owner: Any, field: str, steps: Steps) -> Role:
    """What a field of a record decides."""
    if isinstance(owner, Policy):
        return _RULES.get(steps[0], OPEN)
    kind = type(owner).__name__
    if (kind, field) == ("Override", "when"):
        return _override(policy.accountability, owner)
    return ROLES.get((kind, field), OPEN)


_RULES = {"definitions": ROLES["Definition", "body"], "criteria": ROLES["Criterion", "body"]}
_RULES["record_checks"] = ROLES["RecordCheck", "body"]


def _override(accountability: Accountability | None, override: Any) -> Role:
    """An override to the lowest rating takes it from nobody else; one to the highest gives it."""
    names = [one.name for one in accountability.ratings] if accountability else []
    says = "override {name}"
    if override.gate or (names and override.rating.text == names[-1]):
        return Role(GATE, "-", says)
    return Role(GATE, "+" if names and override.rating.text == names[0] else "?", says)


def gives(policy: Policy, steps: Steps) -> tuple[Key, ...]:
    """What rules call the value of a place: a column of an entity, a table, bands, an indicator."""
    section, *rest = steps
    if section in ("definitions", "criteria", "record_checks") and len(rest) > 1 and rest[1] == "versions":
        entity, _, name = rest[0].partition(".")
        return (("column", entity, name), ("name", name))
    if section in ("tables", "bands", "years", "student_groups") and rest:
        return (("name", rest[0]),)
    if section == "points" and rest:
        entity = next(item.entity.text for item in policy.points if item.name == rest[0])
        return (("column", entity, rest[0]), ("name", rest[0]))
    if section in ("eligibility", "determinations") and rest:
        entity = next(item.entity.text for item in getattr(policy, section) if item.name == rest[0])
        return (("column", entity, rest[0]), ("name", rest[0]))
    if section == "accountability" and policy.accountability is not None:
        levels = [word.text for word in policy.accountability.levels]
        named = len(rest) > 1 and rest[0] in ("indicators", "domains")
        names: tuple[str, ...] = (rest[1], "index") if named and "weight" not in rest else ("index",)
        if rest and rest[0] in ("ratings", "overrides", "rated_when", "cut_scores"):
            names = ()
        return tuple(key for name in names for key in (("name", name), *(("column", level, name) for level in levels)))
    if section == "funding" and rest:
        return (("name", rest[0]),)
    return (LIST,) if section == "priority_list" else ()

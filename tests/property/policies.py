"""Generated expressions as one policy: written, checked by the real checker, planned, bound to a generated dataset."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from random import Random

from engine.execution.dataset import Dataset, dataset_from_rows
from engine.model.standard import STANDARD
from engine.model.table import Table
from engine.plan.from_checked import plan_policy
from engine.plan.in_force import Binding, bind
from engine.plan.plan import Plan
from engine.syntax.parse_policy import parse_policy
from engine.text.diagnostic import Diagnostic, Diagnostics, Severity
from engine.text.read import read_document
from engine.text.source import Source
from engine.types.check_policy import check_policy
from engine.types.checked import CheckedPolicy
from tests.property.expressions import test, write
from tests.property.place import Place
from tests.property.world import AS_OF, KINDS, Rows, head, rows

ENTITIES = ("thing", "thing", "thing", "part", "part", "state", "kind", "pair", "note")
DEPTH = 3
REACH = 15
"""How many of the rules before it on an entity a rule may use: else one that is refused takes too many with it."""


@dataclass(frozen=True)
class Rule:
    """A generated definition, or a criterion where it has a sentence, as its lines in the policy."""

    entity: str
    name: str
    kind: str
    lines: tuple[str, ...]

    @property
    def is_criterion(self) -> bool:
        return len(self.lines) > 1


def rules(chance: Random, count: int) -> tuple[Rule, ...]:
    """So many definitions and criteria, of which later ones use earlier ones."""
    made: list[Rule] = []
    defined: dict[str, tuple[tuple[str, str], ...]] = {}
    for number in range(1, count + 1):
        entity = chance.choice(ENTITIES)
        place = Place(chance, (entity,), chance.choice((1, 2, DEPTH, DEPTH)), dict(defined))
        if entity in ("thing", "part") and chance.randrange(6) == 5:
            rule = _criterion(place, f"c{number}")
        else:
            kind = chance.choice(("truth", "plain", "count", "ratio", "USD", "truth", "plain", *KINDS))
            rule = Rule(entity, f"d{number}", kind, (_quoted(f"d{number}", write(place, kind)),))
        made.append(rule)
        defined[entity] = (*defined.get(entity, ())[-REACH:], (rule.name, rule.kind))
    return tuple(made)


def _criterion(place: Place, name: str) -> Rule:
    chance = place.chance
    lines = [f"{name}:", "  cite: law", "  " + _quoted("test", test(place))]
    lines.append("  " + _quoted("because", f"it is {{{write(place, 'plain')}}}"))
    if chance.randrange(3):
        lines.append("  " + _quoted("not_applicable_when", test(place)))
    if chance.randrange(4) == 3:
        day = chance.choice(("2026-07-01", "2026-07-02", "2020-01-01"))
        lines.append(f"  {chance.choice(('from', 'until'))}: {day}")
    return Rule(place.scope[0], name, "truth", tuple(lines))


def _quoted(key: str, text: str) -> str:
    doubled = text.replace("'", "''")
    return f"{key}: '{doubled}'"


def policy_text(made: Sequence[Rule]) -> str:
    """The policy of some rules."""
    return _laid_out(made)[0]


def _laid_out(made: Sequence[Rule]) -> tuple[str, dict[int, Rule]]:
    """The text, and the rule to which each of its lines belongs."""
    lines = head().splitlines()
    owners: dict[int, Rule] = {}
    for section in ("definitions", "criteria"):
        here = [rule for rule in made if rule.is_criterion == (section == "criteria")]
        if here:
            lines.append(f"{section}:")
        for entity in dict.fromkeys(rule.entity for rule in here):
            lines.append(f"  {entity}:")
            for rule in here:
                if rule.entity == entity:
                    for line in rule.lines:
                        lines.append(f"    {line}")
                        owners[len(lines)] = rule
    return "\n".join(lines) + "\n", owners


@dataclass(frozen=True)
class Prepared:
    """A policy that can be run: what is left of its rules, its data, and what was refused."""

    rules: tuple[Rule, ...]
    checked: CheckedPolicy
    plan: Plan
    dataset: Dataset
    bound: Binding
    refused: tuple[tuple[Rule, Diagnostic], ...]

    @property
    def text(self) -> str:
        return policy_text(self.rules)


def check(
    made: Sequence[Rule], last: str = "", standard: Mapping[str, Table] | None = None
) -> tuple[CheckedPolicy, tuple[tuple[Rule, Diagnostic], ...]]:
    """The checked policy, and for each rule that the checker refuses the first of its complaints.

    `last` is a further section, in which there may be no mistakes; `standard` the data model that is added to.
    """
    text, owners = _laid_out(made)
    diagnostics = Diagnostics()
    document = read_document(Source("policy.yaml", text + last), diagnostics)
    policy = parse_policy(document, diagnostics) if document else None
    assert policy is not None, diagnostics.sorted()
    checked = check_policy(policy, standard or {}, diagnostics)
    refused: dict[Rule, Diagnostic] = {}
    for one in diagnostics.sorted():
        if one.severity is Severity.ERROR:
            line, _ = one.span.source.position(one.span.start)
            assert line in owners, f"line {line}: {one.code} {one.message}"
            refused.setdefault(owners[line], one)
    return checked, tuple(refused.items())


def prepare(made: Sequence[Rule], cells: Rows) -> Prepared:
    """The policy of all rules that the checker accepts; rules that use a refused one go with it."""
    left = tuple(made)
    refused: list[tuple[Rule, Diagnostic]] = []
    while True:
        checked, errors = check(left)
        if not errors:
            break
        refused += errors
        gone = {rule for rule, _ in errors}
        left = tuple(rule for rule in left if rule not in gone)
    return _bound(left, checked, cells, tuple(refused))


def _bound(
    made: tuple[Rule, ...], checked: CheckedPolicy, cells: Rows, refused: tuple[tuple[Rule, Diagnostic], ...]
) -> Prepared:
    as_of = Date.fromisoformat(AS_OF)
    plan = plan_policy(checked, checked.epoch(as_of))
    dataset = dataset_from_rows(checked.tables, cells, as_of=as_of)
    return Prepared(made, checked, plan, dataset, bind(checked, as_of), refused)


def with_list(chance: Random, prepared: Prepared, cells: Rows) -> Prepared:
    """The same policy with a priority list of things that uses what has been generated."""

    def some(*kinds: str) -> str:
        fitting = [rule.name for rule in prepared.rules if rule.entity == "thing" and rule.kind in kinds]
        return chance.choice(fitting or ["t"])

    section = f"""priority_list:
  list: thing
  when: {some("truth")} or t
  undetermined: pending_review
  tiers:
    - upper: {some("truth")}
    - lower: otherwise
  rank_by: {some("plain", "count", "date", "ratio", "USD")} desc then h
  in_force: first day of school_year
  limit: {chance.choice((1, 2, 3))}
  on_tie_at_limit: {chance.choice(("include", "leave_off"))}
  cite: law
"""
    checked, refused = check(prepared.rules, section, STANDARD)
    assert not refused, refused
    return _bound(prepared.rules, checked, cells, ())


def data(chance: Random) -> Rows:
    """Tables of some size, with more or fewer gaps."""
    gaps = chance.choice((8, 1000, 4, 12))
    return rows(chance, chance.choice((4, 2, 6)), chance.choice((12, 16, 5, 24, 12, 0)), gaps)


def generated(chance: Random, count: int) -> tuple[Prepared, Rows]:
    """A policy of so many rules (less those that the checker refuses), and its tables."""
    cells = data(chance)
    return prepare(rules(chance, count), cells), cells


def smallest(prepared: Prepared, cells: Rows, fails: Callable[[Prepared], bool]) -> Prepared:
    """The same failure with as few rules as can be found by leaving out more and more finely cut pieces."""
    size = max(len(prepared.rules) // 2, 1)
    while True:
        start = 0
        while start < len(prepared.rules):
            fewer = prepare((*prepared.rules[:start], *prepared.rules[start + size :]), cells)
            if fewer.rules and fails(fewer):
                prepared = fewer
            else:
                start += size
        if size == 1:
            return prepared
        size //= 2

"""What z3 can prove of an edit of a rule: that nothing changes, or that no row rises or falls; else rows that do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date as Date
from datetime import timedelta
from typing import Any

from ...plan.from_checked import plan_policy
from ...plan.in_force import Binding, begun, bind
from ...plan.plan import Column, Node, Plan
from ...plan.words import Words, words_of
from ...types.checked import CheckedEpoch, CheckedPolicy
from .counterexample import Trial, tried
from .same_columns import SameColumns, same_columns
from .shift import Care, Shift, Way
from .solver import NEVER, OPEN, Solver, library
from .symbol import Logic, Symbol, Truth, parts_of
from .symbols_of_node import ORDERED, SymbolsOfNode
from .unknowns import Here, NotAttemptedError, Unknowns
from .witness import Witness

SECONDS = 2
"""How long may be tried for one edit."""


@dataclass(frozen=True, slots=True)
class Proof:
    """How the value moves, and rows that show that it does; `UNKNOWN` where nothing is proved."""

    moved: Shift
    witnesses: tuple[Witness, ...] = ()


@dataclass(slots=True)
class Planned:
    """The plan of one side in one epoch, with the nodes of what its author wrote."""

    epoch: CheckedEpoch
    plan: Plan
    words: Words
    columns: Mapping[tuple[str, str], Column]


@dataclass(frozen=True, slots=True)
class Question:
    """A rule on one day: what it says of any row before and after, and how a row is tried on both."""

    unknowns: Unknowns
    before: Symbol
    after: Symbol
    trial: Trial

    @property
    def identity(self) -> tuple[int, ...]:
        """What two questions have in common that are one: the solver holds equal formulas once, while they are used."""
        asked = (*self.unknowns.facts, *parts_of(self.before), *parts_of(self.after))
        return tuple(one.get_id() for one in asked)


@dataclass(slots=True)
class Prover:
    """Both policies, the old one under the names of the new."""

    old: CheckedPolicy
    new: CheckedPolicy
    z3: Any = field(default_factory=library)
    _planned: dict[tuple[bool, Date], Planned] = field(default_factory=dict)
    _shared: dict[tuple[Date, Date], tuple[SameColumns, SameColumns]] = field(default_factory=dict)

    def proof(self, before: Any, after: Any, since: Date | None, until: Date | None) -> Proof | None:
        """What can be told of one expression in the place of another; nothing where it is not put to the solver."""
        if not hasattr(before, "id") or not hasattr(after, "id"):
            return None
        try:
            asked = list(self._questions(before.id, after.id, since, until))
        except NotAttemptedError:
            return None
        return _answered(asked, Solver(self.z3, SECONDS)) if asked else None

    # -- days -----------------------------------------------------------------------------------------------------

    def _questions(self, before: int, after: int, since: Date | None, until: Date | None) -> Iterator[Question]:
        """One for every stretch of days on which the rules and what they name are the same, the latest first."""
        days = {epoch.starts for checked in (self.old, self.new) for epoch in checked.epochs}
        days |= {
            value.starts
            for checked in (self.old, self.new)
            for parameter in checked.policy.parameters
            for value in parameter.values
        }
        days = {day for day in days if (since is None or day >= since) and (until is None or day < until)}
        ordered = sorted(days | ({since} if since is not None else set()))
        known: set[tuple[int, ...]] = set()
        for day, follows in reversed(list(zip(ordered, [*ordered[1:], until], strict=True))):
            question = self._question(before, after, day, follows)
            if question is None:
                continue
            if question.identity not in known:
                known.add(question.identity)
                yield question

    def _question(self, before: int, after: int, day: Date, follows: Date | None) -> Question | None:
        """That of the days from `day` on; nothing where one of the two is not in force, or names a parameter that has
        no value yet.
        """
        old, new = self._plan(self.old, day), self._plan(self.new, day)
        nodes = old.words.nodes.get(before), new.words.nodes.get(after)
        if nodes[0] is None or nodes[1] is None:
            if nodes[0] is not nodes[1]:
                raise NotAttemptedError("only one of the two is in force")
            return None
        bindings = bind(self.old, day), bind(self.new, day)
        last = Date.max if follows is None else follows - timedelta(days=1)
        unknowns = Unknowns(Logic(self.z3))
        symbols = self._symbols(unknowns, (old, new), (nodes[0], nodes[1]), bindings)
        for path in unknowns.inputs:
            if any(one.not_in_force.get(path) is not None for one in bindings):
                return None
        _days(unknowns, self.new, day, last)
        trial = Trial((old.plan, new.plan), (nodes[0], nodes[1]), (self.old, self.new), day)
        return Question(unknowns, *symbols, trial)

    def _plan(self, checked: CheckedPolicy, day: Date) -> Planned:
        epoch = checked.epoch(day)
        key = checked is self.old, epoch.starts
        if key not in self._planned:
            plan = plan_policy(checked, epoch)
            columns = {(column.id.entity, column.id.name): column for column in plan.columns}
            self._planned[key] = Planned(epoch, plan, words_of(checked, epoch), columns)
        return self._planned[key]

    def _symbols(
        self,
        unknowns: Unknowns,
        sides: tuple[Planned, Planned],
        nodes: tuple[Node, Node],
        bindings: tuple[Binding, Binding],
    ) -> tuple[Symbol, Symbol]:
        key = sides[0].epoch.starts, sides[1].epoch.starts
        if key not in self._shared:
            self._shared[key] = same_columns(sides[0].columns, sides[1].columns)
        cells, schedules = _values(*bindings)
        found = [
            SymbolsOfNode(unknowns, side.columns, same, cells, schedules).read(node, Here(""))
            for side, same, node in zip(sides, self._shared[key], nodes, strict=True)
        ]
        if nodes[0].type.kind != nodes[1].type.kind or isinstance(found[0], Truth) is not isinstance(found[1], Truth):
            raise NotAttemptedError("of two kinds")
        return found[0], found[1]


def _values(old: Binding, new: Binding) -> tuple[dict[str, tuple[Any, ...]], dict[str, Any]]:
    """The values that each parameter may have on a day, and those with the same values by date on both sides."""
    cells: dict[str, tuple[Any, ...]] = {}
    for path in {**old.cells, **new.cells}:
        if path not in ("as_of", "school_year", "fiscal_year"):
            held = [one.cells[path] for one in (old, new) if path in one.cells]
            cells[path] = tuple(dict.fromkeys(held))
    every = {**old.schedules, **new.schedules}
    same = {path: one for path, one in every.items() if old.schedules.get(path, one) == new.schedules.get(path, one)}
    return cells, same


def _days(unknowns: Unknowns, checked: CheckedPolicy, first: Date, last: Date) -> None:
    """What is known of the day of the run, and of the years that hold it."""
    policy = checked.policy
    ends = {
        "as_of": (first.toordinal(), last.toordinal()),
        "school_year": (begun(first, policy.school_year_begins), begun(last, policy.school_year_begins)),
        "fiscal_year": (begun(first, policy.fiscal_year), begun(last, policy.fiscal_year)),
    }
    for path, (low, high) in ends.items():
        if path in unknowns.inputs:
            value = unknowns.logic.value(unknowns.inputs[path][0])
            unknowns.facts += [value >= low, value <= high]


# -- answers ----------------------------------------------------------------------------------------------------------


def _answered(asked: list[Question], solver: Solver) -> Proof:
    """First whether anything changes at all, then which way, then rows that show it."""
    logic = asked[0].unknowns.logic
    changed = [(one, solver.ask(one.unknowns.facts, logic.differs(one.before, one.after))) for one in asked]
    if all(found is NEVER for _, found in changed):
        return Proof(Shift(Way.SAME))
    asked = [one for one, found in changed if found is not NEVER]
    nodes = asked[0].trial.nodes
    if nodes[0].type.kind not in (*ORDERED, "truth"):
        return Proof(Shift(Way.UNKNOWN), _shown(asked, solver, logic.differs, 0))
    falls = _all_never(solver, asked, logic.falls)
    rises = _all_never(solver, asked, lambda one, other: logic.falls(other, one))
    witnesses = () if falls else _shown(asked, solver, logic.falls, -1)
    witnesses += () if rises else _shown(asked, solver, lambda one, other: logic.falls(other, one), 1)
    if falls is rises:
        return Proof(Shift(Way.UNKNOWN), witnesses)
    care = Care.EXACT
    if nodes[0].type.kind != "truth" and not _all_never(solver, asked, logic.opens):
        care = Care.LOOSE
    return Proof(Shift(Way.UP if falls else Way.DOWN, care), witnesses)


def _all_never(solver: Solver, asked: list[Question], formula: Any) -> bool:
    return all(solver.ask(one.unknowns.facts, formula(one.before, one.after)) is NEVER for one in asked)


def _shown(asked: list[Question], solver: Solver, formula: Any, way: int) -> tuple[Witness, ...]:
    """A row for which the formula holds, if one can be made and the engine says the same of it."""
    for one in asked:
        unknowns = one.unknowns
        if not unknowns.closed:
            continue
        wishes = ((*unknowns.wishes, *unknowns.gaps), unknowns.wishes, ())
        model = solver.ask(unknowns.facts, formula(one.before, one.after), wishes)
        if model is NEVER or model is OPEN:
            continue
        found = tried(one.trial, unknowns, model, way)
        if found is not None:
            return (found,)
    return ()

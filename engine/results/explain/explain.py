"""Why: the explanation of one result of one row, by slice and replay."""

from __future__ import annotations

from ...execution.trace import Trace
from ...execution.values import Key, Missing
from ...plan.plan import UNKEPT, Scan
from ...types.datatypes import TRUTH
from ...types.lower.line import Line
from ..decision import RULES, verdict_of
from ..line import lines_of_run
from ..quantity import shown
from ..replay import Replay, place_of, replay_of
from ..run import Run
from .claim import explain_claim
from .explanation import Explanation
from .items import rule_item
from .leaves import datum, responsible
from .otherwise import with_otherwise
from .payment import explain_payment
from .place import PLACES, explain_place
from .question import Question
from .rating import explain_rated, rated
from .sentence import called_by, explanation_of, rule_sentence, who

HIDDEN = (*UNKEPT, "sentence")
"""Roles of columns that only serve others."""

OF_CLAIM = ("status", "claim amount", "limited by", "paid")
"""What became of a claim."""


def explain(
    run: Run, entity: str, key: tuple[str, ...], name: str | None = None, otherwise: bool = False
) -> Explanation:
    """Why `name` of the row `key` of `entity` is what it is; without a name, the result that the policy is about. A
    name may be the path of what the author wrote, as an explanation shows it. With `otherwise` also what would turn it,
    what an open result would be either way, and what would be paid without each step: each is a replay of its own.

    The cell is replayed by the reference interpreter over the run's own data and input cells. Raises EngineBug (X900)
    where the replayed value is not the stored one, KeyError for a row or a result that the run has not.
    """
    replay = replay_of(run)
    row = row_of(replay, entity, key)
    line = funded(run, entity, name)
    if line is not None and (name is not None or not _ruled(run, entity)):
        told = explain_payment if _is_payment(line, entity, name) else explain_claim
        return told(replay, line, row, otherwise)
    asked = rated(run, entity, name)
    if asked is not None and (name is not None or not _ruled(run, entity)):
        return explain_rated(replay, asked, row, otherwise)
    name = named_result(run, entity, name)
    listed = run.checked.policy.priority_list
    if listed is not None and listed.entity.text == entity and (name is None or name in PLACES):
        return explain_place(replay, listed, row, otherwise)
    wanted = name or default_name(run, entity)
    if wanted is None:
        return _every_rule(replay, entity, row)
    if (entity, wanted) in replay.rules:
        return _rule(replay, entity, wanted, row, otherwise)
    return _cell(replay, entity, wanted, row)


def funded(run: Run, entity: str, name: str | None) -> Line | None:
    """The line of funding that is asked for: of a payee or of a claim, by its name, its path or the name of a column
    that says what became of the claim; without a name, the only one of the entity.
    """
    lines = [line for line in lines_of_run(run) if entity in (line.payee, line.item.claim.text)]
    if name is None:
        return lines[0] if len(lines) == 1 else None
    told = [line for line in lines if name in (line.item.name, f"funding.{line.item.name}")]
    of_claim = [line for line in lines if entity == line.item.claim.text and name in parts_of_claim(line)]
    return next(iter([*told, *of_claim]), None)


def _is_payment(line: Line, entity: str, name: str | None) -> bool:
    return entity == line.payee and (name is None or name not in parts_of_claim(line))


def parts_of_claim(line: Line) -> list[str]:
    """The columns of a claim that are explained as what became of it."""
    return [line.name(part) for part in OF_CLAIM]


def _ruled(run: Run, entity: str) -> bool:
    """Whether the policy is about an entity in another way: it lists it or has rules for it."""
    listed = run.checked.policy.priority_list
    on_list = listed is not None and listed.entity.text == entity
    return on_list or any(rule.entity == entity and rule.role in RULES for rule in run.epoch.definitions)


def default_name(run: Run, entity: str) -> str | None:
    """What is explained of an entity where nothing is named: its eligibility, its only rule; nothing if there are
    several.
    """
    rules = [rule for rule in run.epoch.definitions if rule.entity == entity]
    for role in ("eligibility", "criterion"):
        named = [rule.name for rule in rules if rule.role == role]
        if len(named) == 1:
            return named[0]
    return None


def named_result(run: Run, entity: str, name: str | None) -> str | None:
    """The name of a result that `name` stands for: itself, or where it is a path of the policy, such as
    `priority_list.when`, the first result of the entity that comes from it.
    """
    columns = [column.id for column in run.plan.columns if column.id.entity == entity and column.id.role not in HIDDEN]
    return next((one.name for one in columns if one.origin == name), name)


def results_of(run: Run, entity: str) -> tuple[str, ...]:
    """The names that can be asked for: rules and definitions first, then columns of the data that the run has read."""
    computed = [column.id for column in run.plan.columns if column.id.entity == entity]
    named = [column.name for column in computed if column.role not in HIDDEN]
    frame = run.dataset.tables.get(entity)
    read = dict(run.plan.scans).get(entity, ()) if frame is not None else ()
    lines = [line.item.name for line in lines_of_run(run) if entity in (line.payee, line.item.claim.text)]
    return tuple(dict.fromkeys([*lines, *named, *read]))


def row_of(replay: Replay, entity: str, key: tuple[str, ...]) -> Key:
    """The row whose key is written so: each part as it is, or as people write it. Raises KeyError where there is
    none.
    """
    types = replay.run.plan.entity(entity).key
    for row in replay.interpreter.keys(entity):
        if all(text in (str(part), shown(part, type)) for text, part, (_, type) in zip(key, row, types, strict=True)):
            return row
    raise KeyError(key)


def _rule(replay: Replay, entity: str, name: str, key: Key, otherwise: bool) -> Explanation:
    rule = rule_item(replay, entity, name, key)
    open_parts = responsible(replay, rule.value, key)
    words, verdicts = "", tuple[tuple[str, str], ...]()
    if rule.role == "eligibility":
        item = next(one for one in replay.run.checked.policy.eligibility if one.name == name)
        verdict, verdicts = verdict_of(rule.value), tuple(item.verdicts)
        words = dict(item.verdicts).get(verdict, verdict.replace("_", " "))
    sentence = rule_sentence(replay, rule, key, words, open_parts)
    found = explanation_of(replay, sentence, rule.place, name, rule.value, rule.type, (rule,), open_parts)
    if rule.type.kind != "truth" or rule.role == "determination":
        return found
    kind = rule.role if rule.role == "eligibility" else "rule" if rule.role in RULES else "truth"
    return with_otherwise(found, Question(replay, kind, entity, name, key, called_by(rule), verdicts), name, otherwise)


def _cell(replay: Replay, entity: str, name: str, key: Key) -> Explanation:
    """A cell of the data: its value and where it comes from."""
    type = replay.run.epoch.world.entities[entity].columns[name]
    value = replay.interpreter.value(entity, name, key)
    scan = Scan(entity, name, type)
    trace = Trace(scan, entity, key, value)
    open_parts = responsible(replay, value, key)
    named = who(replay, entity, key)
    said = (
        open_parts[0].text
        if isinstance(value, Missing) and open_parts
        else f"{name} of {named} is {shown(value, type)}"
    )
    items = datum(replay, scan, trace)
    return explanation_of(replay, f"{said}.", place_of(replay, entity, key), name, value, type, items, open_parts)


def _every_rule(replay: Replay, entity: str, key: Key) -> Explanation:
    """All rules of a row, where the policy asks several things of it and none is the one."""
    names = [rule.name for rule in replay.run.epoch.definitions if rule.entity == entity and rule.role in RULES]
    rules = tuple(rule_item(replay, entity, name, key) for name in names)
    met = sum(rule.value is True for rule in rules)
    unclear = sum(isinstance(rule.value, Missing) for rule in rules)
    also = f"; {unclear} cannot be told" if unclear else ""
    sentence = f"{who(replay, entity, key)} meets {met} of {len(rules)} rules{also}."
    found = {one: None for rule in rules for one in responsible(replay, rule.value, key)}
    return explanation_of(
        replay, sentence, place_of(replay, entity, key), "", met == len(rules), TRUTH, rules, tuple(found)
    )

"""The verdict in one sentence, and the frame of every explanation."""

from __future__ import annotations

from collections.abc import Iterator

from ...execution.values import NOT_APPLICABLE, Bound, Key, Missing, Value
from ...model.school_year import school_year_text
from ...types.datatypes import Type
from ..quantity import shown
from ..replay import Replay, place_of
from .explanation import Explanation, Item, Place, Responsible, Rows, Rule, Step
from .leaves import listed_names


def who(replay: Replay, entity: str, key: Key) -> str:
    """A row as a sentence names it: `Welding Level I (WELD-1)`, or `credential WELD-1`."""
    place = place_of(replay, entity, key)
    if entity == "state":
        return replay.run.dataset.jurisdiction or "the state"
    return f"{place.label} ({place.key})" if place.label else f"{entity.replace('_', ' ')} {place.key}"


def explanation_of(
    replay: Replay, sentence: str, place: Place, name: str, value: Value, type: Type, items: tuple[Item, ...],
    open_parts: tuple[Responsible, ...],
) -> Explanation:  # fmt: skip
    """The explanation with what is known of the run."""
    year = replay.run.binding.cells["school_year"]
    assert isinstance(year, int)
    dataset = replay.run.dataset
    made_up = (dataset.note or "nothing in this dataset is real") if dataset.made_up else ""
    return Explanation(
        sentence, place, name, value, type, replay.run.checked.policy.id, replay.run.as_of, school_year_text(year),
        items, open_parts, made_up,
    )  # fmt: skip


def rule_sentence(replay: Replay, rule: Rule, key: Key, words: str, open_parts: tuple[Responsible, ...]) -> str:
    """What a rule says of a row. `words` is the field's own word for an eligibility verdict, else empty."""
    named, called = who(replay, rule.place.entity, key), called_by(rule)
    reasons = listed_names([one.text for one in open_parts])
    if words:
        if rule.value is True and rule.because:
            return f"{named}: {words} ({called}). {_capital(rule.because)}."
        missed = listed_names([called_by(one) for one in failing(rule)]) if rule.value is False else ""
        why = f", because it does not meet {missed}" if missed else f", because {reasons}" if reasons else ""
        return f"{named}: {words} ({called}){why}."
    if rule.verdict:
        return _verdict(named, called, rule, reasons)
    value = rule.value
    if isinstance(value, Missing):
        return f"{called} of {named} cannot be told" + (f", because {reasons}." if reasons else ".")
    if isinstance(value, Bound):
        return f"{called} of {named} is {shown(value, rule.type)}: {reasons}."
    if isinstance(value, bool):
        return f"{called} {'holds' if value else 'does not hold'} for {named}."
    return f"{called} of {named} is {shown(value, rule.type)}."


def _verdict(named: str, called: str, rule: Rule, reasons: str) -> str:
    if rule.value is NOT_APPLICABLE:
        return f"{called} does not apply to {named}."
    if isinstance(rule.value, Missing):
        return f"Whether {named} meets {called} cannot be told" + (f", because {reasons}." if reasons else ".")
    if rule.value is True:
        return f"{named} meets {called}" + (f": {rule.because}." if rule.because else ".")
    said = f"{named} does not meet {called}"
    return f"{said}. The rule says: {rule.because}." if rule.because else f"{said}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def called_by(rule: Rule) -> str:
    """A rule as a sentence names it: by its title, else by its name."""
    if rule.path == "priority_list.when":
        return "the rule of the list"
    return f"“{rule.title}”" if rule.title else rule.name


def failing(rule: Rule) -> tuple[Rule, ...]:
    """The rules right below a rule that are not met, each once, in the order of the author."""
    found: dict[str, Rule] = {}
    for item in _rules(rule.items):
        if item.value is False:
            found.setdefault(item.name, item)
    return tuple(found.values())


def _rules(items: tuple[Item, ...]) -> Iterator[Rule]:
    for item in items:
        if isinstance(item, Rule):
            yield item
        elif isinstance(item, Step):
            yield from _rules(item.items)
        elif isinstance(item, Rows):
            continue

"""An explanation without what is about single persons: their rows stay counted, but are not shown."""

from __future__ import annotations

from dataclasses import replace

from .explanation import Datum, Explanation, Failing, FailingSet, Item, Nearest, Place, Rows, Rule, Step


def without_personal(explanation: Explanation) -> Explanation:
    """The explanation without rows and cells of persons. What it says of the row that was asked for stays."""
    kept = tuple(
        one for one in explanation.responsible if one.place is None or not one.place.personal
    )  # fmt: skip
    hidden = len(explanation.responsible) - len(kept)
    sentence = explanation.sentence
    for one in explanation.responsible:
        if one not in kept:
            sentence = sentence.replace(one.text, "a cell about a person is open")
    assert hidden >= 0
    return replace(
        explanation,
        sentence=sentence,
        items=_kept(explanation.items),
        responsible=kept,
        failing=_failing(explanation.failing, explanation.place),
        nearest=_nearest(explanation.nearest),
        either=tuple(one for one in explanation.either if one.of in kept),
    )


def _failing(found: FailingSet | None, here: Place) -> FailingSet | None:
    """The failing conditions; those about a person stay counted, but say nothing."""
    if found is None:
        return None
    conditions = tuple(
        Failing("a condition about a person", one.rule, here, one.value, one.wanted, "not shown")
        if one.personal or one.place.personal
        else one
        for one in found.conditions
    )
    return replace(found, conditions=conditions)


def _nearest(found: Nearest | None) -> Nearest | None:
    """The changes that are not of a person's cell."""
    if found is None:
        return None
    changes = tuple(
        one for one in found.changes if not one.personal and not (one.place is not None and one.place.personal)
    )
    sentence = found.sentence
    if found.changes and not changes:
        sentence = "what would turn it is a cell about a person, which is not shown"
    return replace(found, changes=changes, sentence=sentence)


def _kept(items: tuple[Item, ...]) -> tuple[Item, ...]:
    return tuple(found for item in items if (found := _item(item)) is not None)


def _item(item: Item) -> Item | None:
    match item:
        case Rule(place=place) if place.personal:
            return None
        case Rule(items=items) | Step(items=items):
            return replace(item, items=_kept(items))
        case Datum(personal=personal, place=place):
            return None if personal or place.personal else item
        case Rows(rows=rows):
            shown = tuple(replace(row, items=_kept(row.items)) for row in rows if not row.place.personal)
            said = item.said if len(shown) == len(rows) else ""
            return replace(item, rows=shown, left_out=item.left_out + len(rows) - len(shown), said=said)
        case _:
            return item

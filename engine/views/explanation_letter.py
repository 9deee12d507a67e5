"""An explanation as a plain letter to a student, a parent or a superintendent: the decision, why, by which law, and
what would change it. It greets nobody, and of persons it says nothing by which one is known.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..execution.values import Missing
from ..results.dollars import dollars
from ..results.explain.explanation import Explanation, Given, Item, Ledger, Rule, Step
from ..results.explain.personal import without_personal
from ..results.quantity import shown
from ..results.table import decimal_text
from .explanation_html import leaves
from .explanation_tree import law_text
from .explanation_words import row_text, verdict_text, version_text
from .page import page
from .wrapped import wrapped

MOST = 8
"""Reasons that a letter gives; a longer one is not read."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a letter: its heading, paragraphs or points, and sums with their amounts."""

    title: str
    points: tuple[str, ...] = ()
    sums: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says, in order."""

    about: str
    verdict: str
    parts: tuple[Part, ...]
    closing: tuple[str, ...]


def letter_of(explanation: Explanation) -> Letter:
    """The letter that an explanation makes."""
    found = without_personal(explanation)
    about = "this person" if explanation.place.personal else row_text(found.place)
    parts = [
        Part("Why", tuple(_reasons(found))),
        *_sums(found.items),
        Part("What is not known", tuple(_sentence(one.text) for one in found.responsible)),
        Part("What would change it", tuple(_changes(found))),
        Part("The values that were used", tuple(_values(found))),
        Part("The rules", tuple(_laws(found))),
    ]
    letter = Letter(
        f"A decision about {about}, school year {found.school_year}", found.sentence,
        tuple(part for part in parts if part.points or part.sums), tuple(_closing(found)),
    )  # fmt: skip
    return _anonymous(letter, explanation) if explanation.place.personal else letter


def letter_text(explanation: Explanation, width: int = 80) -> str:
    """The letter as text, ended by a line end."""
    letter, width = letter_of(explanation), min(width, 80)
    lines = [*wrapped(letter.about, width), "", *wrapped(letter.verdict, width)]
    for part in letter.parts:
        lines += ["", part.title, ""]
        for point in part.points:
            lines += wrapped(point, width, "- ", "  ")
        room = max((len(amount) for _, amount in part.sums), default=0)
        for text, amount in part.sums:
            *before, last = wrapped(text, width - room - 2, "  ", "    ")
            lines += [*before, f"{last:<{width - room}}{amount:>{room}}"]
    lines.append("")
    for closing in letter.closing:
        lines += wrapped(closing, width)
    return "".join(f"{line}\n" for line in lines)


def letter_html(explanation: Explanation) -> str:
    """The letter as a page."""
    letter = letter_of(explanation)
    return page(
        "letter.html", title=letter.about, about=letter.about, verdict=letter.verdict, parts=letter.parts,
        foot=list(letter.closing),
    )  # fmt: skip


def letter_json(explanation: Explanation) -> str:
    """The letter for programs that print it on paper of their own, ended by a line end."""
    letter = letter_of(explanation)
    parts = [
        {"title": one.title, "points": list(one.points), "sums": [list(each) for each in one.sums]}
        for one in letter.parts
    ]
    record = {"specie_letter": 1, "about": letter.about, "verdict": letter.verdict, "parts": parts}
    return json.dumps({**record, "closing": list(letter.closing)}, ensure_ascii=False, indent=2) + "\n"


def _reasons(found: Explanation) -> Iterator[str]:
    """The rules that decided, in words: those that are not met, or where none is, those that are."""
    rules = dict.fromkeys(_rules(found.items))
    missed = [rule for rule in rules if rule.verdict == "not_met"]
    open_rules = [rule for rule in rules if rule.verdict == "undetermined"]
    chosen = missed or open_rules or [rule for rule in rules if rule.verdict == "met"]
    for rule in chosen[:MOST]:
        named = f"“{rule.title}”" if rule.title else f"The rule “{rule.name.replace('_', ' ')}”"
        verdict = {"undetermined": "cannot be told yet"}.get(rule.verdict, f"is {verdict_text(rule)}")
        says = f": {rule.because}" if rule.because else ""
        yield _sentence(f"{named} {verdict}{says}{f' ({rule.cite})' if rule.cite else ''}")
    if found.failing is not None:
        for one in found.failing.conditions[:MOST]:
            yield _sentence(one.sentence)


def _rules(items: Iterable[Item]) -> Iterator[Rule]:
    """Rules with words of their own, the ones nearest the verdict first; below a rule with words none is told."""
    for item in items:
        if isinstance(item, Rule) and item.verdict and (item.title or item.because) and not item.again:
            yield item
        elif isinstance(item, Rule | Step) and (item.type.kind == "truth" or isinstance(item, Rule)):
            yield from _rules(item.items)


def _sums(items: Iterable[Item]) -> Iterator[Part]:
    for item in items:
        if isinstance(item, Ledger):
            written = decimal_text if item.points else dollars
            yield Part(
                item.text[:1].upper() + item.text[1:], (), tuple((e.text, written(e.amount)) for e in item.entries)
            )


def _changes(found: Explanation) -> Iterator[str]:
    if found.nearest is not None:
        yield from (_sentence(one.sentence) for one in found.nearest.changes)
        if found.nearest.sentence:
            yield _sentence(found.nearest.sentence)
    yield from (_sentence(one.sentence) for one in found.either)
    yield from (_sentence(f"{one.text}, it would be {dollars(one.amount)}") for one in found.without)


def _values(found: Explanation) -> Iterator[str]:
    told: dict[str, None] = {}
    for one in leaves(found.items):
        if isinstance(one, Given) and one.standing and not isinstance(one.value, Missing):
            named = one.title or one.name.replace("_", " ")
            told[_sentence(f"{named}: {shown(one.value, one.type)}, {version_text(one)}")] = None
    yield from told


def _laws(found: Explanation) -> Iterator[str]:
    told = {law_text(rule.cite, rule.source): None for rule in _rules(found.items) if rule.cite}
    told |= {law_text(one.cite, one.source): None for one in leaves(found.items) if isinstance(one, Given) and one.cite}
    told |= {
        law_text(entry.cite, entry.source): None
        for item in found.items
        if isinstance(item, Ledger)
        for entry in item.entries
        if entry.cite
    }
    yield from (f"{law}." for law in told)


def _closing(found: Explanation) -> Iterator[str]:
    yield f"Worked out from the policy {found.policy} as of {found.as_of.isoformat()}."
    if found.made_up:
        yield _sentence(f"Made up: {found.made_up}")


def _sentence(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


# -- persons --------------------------------------------------------------------------------------------------------


def _anonymous(letter: Letter, explanation: Explanation) -> Letter:
    """The letter without what the person is called: key, name and both together become “this student”."""
    place = explanation.place
    said = f"this {place.entity.replace('_', ' ')}"
    names = [f"{place.label} ({place.key})", f"{place.entity.replace('_', ' ')} {place.key}", place.label, place.key]
    found = [re.escape(name) for name in names if len(name) > 1]
    pattern = re.compile(rf"(?<![\w.,$-])(?:{'|'.join(found)})(?![\w-]|[.,]\d)", re.IGNORECASE)

    def bare(text: str) -> str:
        changed = pattern.sub(said, text)
        return changed[:1].upper() + changed[1:] if text[:1].isupper() else changed

    parts = tuple(
        Part(part.title, tuple(map(bare, part.points)), tuple((bare(text), amount) for text, amount in part.sums))
        for part in letter.parts
    )
    return Letter(letter.about, bare(letter.verdict), parts, tuple(map(bare, letter.closing)))

"""L054: two names that a reader takes for one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...syntax.path import path_of
from ...syntax.policy import Criterion, Definition, Item
from ...text.diagnostic import Label
from .linted import Linted

LEAST = 7
"""Letters that a name needs to be taken for another that differs in one of them."""


def names_alike(of: Linted) -> None:
    """Report each name that has the words of another in another order or divided otherwise, or one letter more, less or
    other: among the parameters, the indicators, and what is computed on one entity. Numbers in names tell them apart.
    """
    for items in _groups(of):
        seen: dict[str, tuple[str, Item]] = {}
        for path, item in items:
            if any(letter.isdigit() for letter in item.name):
                continue
            signs = list(_signs(item.name))
            twin = next((seen[sign][1] for sign in signs if sign in seen), None)
            if twin is not None and twin.name != item.name:
                help = "name each for what sets it apart, or keep one"
                others = (Label(twin.span, "is named so"),)
                of.report(path, "L054", item.span, others=others, help=help, name=item.name, other=twin.name)
            for sign in signs:
                seen.setdefault(sign, (path, item))


def _groups(of: Linted) -> Iterator[Sequence[tuple[str, Item]]]:
    policy = of.policy
    yield [(path_of("parameters", item), item) for item in policy.parameters]
    rules: dict[str, list[tuple[str, Item]]] = {}
    written: list[tuple[str, Definition | Criterion]] = [("definitions", item) for item in policy.definitions]
    written += [("criteria", item) for item in policy.criteria]
    for section, item in written:
        rules.setdefault(item.entity.text, []).append((path_of(section, item), item))
    yield from rules.values()
    if policy.accountability is not None:
        yield [(f"accountability.indicators.{item.name}", item) for item in policy.accountability.indicators]


def _signs(name: str) -> Iterator[str]:
    """What two names that are alike have in common: their words in order of the alphabet, their letters, and for longer
    ones the word that differs with one letter left out. A plural is told apart by its `s`, and short words are.
    """
    words = name.lower().split("_")
    yield " ".join(sorted(words))
    yield "".join(words)
    for place, word in enumerate(words):
        if len(word) >= LEAST:
            before, after = " ".join(words[:place]), " ".join(words[place + 1 :])
            for at in range(1, len(word) - 1):
                yield f"{before}|{word[:at]}?{word[at + 1 :]}|{after}"

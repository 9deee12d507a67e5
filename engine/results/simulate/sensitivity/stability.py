"""How stable a list is under error in the data: the rows at its cut, how far they are from it, and their chances."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ....syntax.policy import PriorityList
from ...claims import key_texts
from ...decode import keys_of
from ...personal import is_personal_in
from ...priority_list import list_columns
from ...reruns import reads_of
from ...run import Run
from ...table import ResultTable
from ..exact import cut_share, exact_text
from ..ground import Ground
from ..journal import Journal, Reading
from ..trials import Trial, tried
from ..uncertainty.reading import LISTED
from ..uncertainty.uncertain import Uncertain, chances

PART = "stability"
PLACE, MARGIN, WITHIN = "place: ", "margin: ", "within: "

NEAR = 10
"""Places on each side of the cut."""

SELDOM, OFTEN = Fraction(1, 20), Fraction(19, 20)
"""A row whose chance lies between is not sure to be on the list, nor off it."""


@dataclass(frozen=True, slots=True)
class AtTheCut:
    """A row near the cut of the list as published: its place, how far its score is inside (below 0: outside; nothing
    where the list has no score), whether it is on the list, and the chance that it is.
    """

    key: str
    name: str
    place: int
    margin: Fraction | None
    published: str
    chance: Fraction | None


@dataclass(frozen=True, slots=True)
class Stability:
    """How stable the list is. `expected` is how many rows are on it in a draw and not as published, or the other way
    round, on average, without those of which it is not known as published or in some draw; `unsure` how many are on it
    with a chance from 5% to 95%; `unknown` of how many it cannot be told in all draws. `rows` are those near the cut,
    by place; none where the list has no limit.
    """

    expected: Fraction
    unsure: int
    unknown: int
    rows: tuple[AtTheCut, ...]


def stability(plain: Ground, found: Uncertain | None, journal: Journal) -> Stability | None:
    """What the draws say of the list of the policy as it is; nothing where nothing is drawn, there is no list, or its
    rows are persons.
    """
    item = plain.checked.policy.priority_list
    world = plain.checked.epoch(plain.as_of).world
    if found is None or item is None or is_personal_in(world, item.entity.text):
        return None
    reads = reads_of(plain.checked, plain.as_of, [item.entity.text])
    (read,) = tried(plain, PART, [Trial("as published")], journal, read=places, reads=reads)
    names = {key.removeprefix(LISTED): name for key, name in found.names.items() if key.startswith(LISTED)}
    return stable(read, chances(found), names)


def stable(read: Reading, chances: Mapping[str, tuple[Fraction | None, str]], names: Mapping[str, str]) -> Stability:
    """The same from the places of rows, their chances to be listed with what they are as published, and their names."""
    known = {key: (chance, status) for key, (chance, status) in chances.items() if chance is not None}
    expected = sum(
        ((1 - chance if status == "listed" else chance) for chance, status in known.values() if status in TOLD),
        Fraction(0),
    )
    unsure = sum(SELDOM <= chance <= OFTEN for chance, _ in known.values())
    return Stability(expected, unsure, len(chances) - len(known), tuple(_at_the_cut(read, chances, names)))


TOLD = ("listed", "not listed")
"""What a row may be as published where it can be told."""


def places(run: Run) -> Reading:
    """Of each row of the list that is ranked, its place, whether that is within the limit, and how far its score is
    from the score of the last one there; nothing where the list has no limit.
    """
    item = run.checked.policy.priority_list
    if item is None or item.limit is None:
        return {}
    columns = list_columns(run)
    found: Reading = {}
    texts = key_texts(run, item.entity.text, keys_of(run, item.entity.text))
    for row, key in enumerate(texts):
        place = columns["list_rank"][row]
        if isinstance(place, Fraction):
            found[f"{PLACE}{key}"] = place
            found[f"{WITHIN}{key}"] = Fraction(columns["within_limit"][row] is True)
            score = columns["list_score"][row] if item.rank_by is not None else None
            found[f"{MARGIN}{key}"] = _margin(item, score, columns["cut_score"][row])
    return found


def _margin(item: PriorityList, score: object, cut: object) -> Fraction | None:
    if item.rank_by is None or item.quotas or not isinstance(score, Fraction) or not isinstance(cut, Fraction):
        return None
    return score - cut if item.rank_by.keys[0].descending else cut - score


def _at_the_cut(
    read: Reading, chances: Mapping[str, tuple[Fraction | None, str]], names: Mapping[str, str]
) -> list[AtTheCut]:
    """The rows nearest to the cut on either side, by place and key; what ties with the last one shown is shown."""
    keys = [name.removeprefix(PLACE) for name in read if name.startswith(PLACE)]
    place = {key: int(read[f"{PLACE}{key}"] or 0) for key in keys}
    inside = sorted((place[key] for key in keys if read[f"{WITHIN}{key}"]), reverse=True)
    outside = sorted(place[key] for key in keys if not read[f"{WITHIN}{key}"])
    if not inside and not outside:
        return []
    first = inside[:NEAR][-1] if inside else outside[0]
    last = outside[:NEAR][-1] if outside else inside[0]
    shown = sorted((place[key], key) for key in keys if first <= place[key] <= last)
    found = []
    for at, key in shown:
        chance, published = chances.get(key, (Fraction(0), "not listed"))
        found.append(AtTheCut(key, names.get(key, ""), at, read[f"{MARGIN}{key}"], published, chance))
    return found


def stability_table(one: Stability) -> ResultTable:
    """`stability`: a row for each row near the cut of the list, by place."""
    columns = (
        ("place", "number"), ("key", "text"), ("name", "text"), ("margin", "number"), ("as_published", "text"),
        ("chance", "number"),
    )  # fmt: skip
    rows = tuple(
        (Fraction(each.place), each.key, each.name, cut_share(each.margin), each.published, cut_share(each.chance))
        for each in one.rows
    )
    return ResultTable("stability", columns, rows)


def stability_record(one: Stability) -> dict[str, Any]:
    """What the record says of it, exactly."""
    return {
        "expected_changes": exact_text(one.expected),
        "unsure": one.unsure,
        "not_known": one.unknown,
        "at_the_cut": [
            {
                "place": each.place,
                "key": each.key,
                "name": each.name,
                "margin": exact_text(each.margin),
                "as_published": each.published,
                "chance": exact_text(each.chance),
            }
            for each in one.rows
        ],
    }

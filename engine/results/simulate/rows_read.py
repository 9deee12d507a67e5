"""What a run says of each row that is no person: payments, claims, indexes, ratings, who is on the list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from fractions import Fraction

from ..claims import key_texts
from ..decode import key_text, keys_of, labels_of
from ..diff.list_moves import ON, OPEN
from ..line import exact_cells, lines_of_run
from ..list_names import list_names
from ..payments import payment_table
from ..personal import is_personal
from ..priority_list import list_columns
from ..rated import exact, levels_of
from ..run import Run
from ..table import number_of, value_text
from .journal import Reading
from .measure import measured

PAYMENT, CLAIM, INDEX, RATING, LIST = "payment", "claim", "index", "rating", "list"
NOT_LISTED = "not listed"
NOT_KNOWN = "undetermined"


@dataclass(frozen=True, slots=True)
class Spot:
    """What is said of a row: of which kind, of which row, and which number. `word` is what is said where that is a
    word; its reading is 1.
    """

    kind: str
    entity: str
    key: str
    name: str
    number: str
    word: str = ""

    @property
    def text(self) -> str:
        """The name under which it is read."""
        return json.dumps(astuple(self), ensure_ascii=False)


def measured_with_rows(run: Run) -> Reading:
    """The numbers of a run, and what it says of each row."""
    return {**measured(run), **{spot.text: value for spot, value in _said(run)}}


def numbers_of(read: Reading) -> Reading:
    """What was read of a run without what is said of rows."""
    return {name: value for name, value in read.items() if not name.startswith("[")}


def spots_of(read: Reading) -> dict[Spot, Fraction | None]:
    """What is said of rows in what was read of a run."""
    return {Spot(*json.loads(name)): value for name, value in read.items() if name.startswith("[")}


def _said(run: Run) -> Iterator[tuple[Spot, Fraction | None]]:
    yield from _payments(run)
    yield from _claims(run)
    for level in levels_of(run):
        if not is_personal(run, level.name):
            names, texts = labels_of(run, level.name), key_texts(run, level.name, level.keys)
            rows = zip(
                level.keys, texts, level.ends("index"), level.cells("rating: status"), level.cells("rating"),
                strict=True,
            )  # fmt: skip
            for key, text, index, status, rating in rows:
                named = (level.name, text, names.get(key, ""))
                if level.has("index"):
                    yield Spot(INDEX, *named, "index"), exact(index)
                if level.has("rating"):
                    word = str(rating or status or "pending").replace("_", " ")
                    yield Spot(RATING, *named, "rating", word), Fraction(1)
    yield from _listed(run)


def _payments(run: Run) -> Iterator[tuple[Spot, Fraction | None]]:
    """What each payee is paid by all lines; nothing where one of these payments is not known."""
    lines = [line for line in lines_of_run(run) if not is_personal(run, line.payee)]
    found: dict[Spot, Fraction | None] = {}
    rows = payment_table(run, lines).column_cells("entity", "key", "name", "amount") if lines else []
    for entity, key, name, amount in rows:
        spot = Spot(PAYMENT, str(entity), str(key), str(name), "paid")
        before, now = found.get(spot, Fraction(0)), number_of(amount)
        found[spot] = None if before is None or now is None else before + now
    yield from found.items()


def _claims(run: Run) -> Iterator[tuple[Spot, Fraction | None]]:
    """What each claim brings, where claims are of groups that the policy makes, and not the payees themselves."""
    for line in lines_of_run(run):
        entity = line.item.claim.text
        if entity == line.payee or not _is_group(run, entity):
            continue
        keys, names = keys_of(run, entity), labels_of(run, entity)
        paid = exact_cells(run, entity, line.name("paid"))
        for key, text, amount in zip(keys, key_texts(run, entity, keys), paid, strict=True):
            yield Spot(CLAIM, entity, text, names.get(key, ""), line.item.name), number_of(amount)


def _is_group(run: Run, entity: str) -> bool:
    """Whether a row of an entity is a group that the policy makes, such as a student group of a district; a row of the
    data may be a record of a person, whether it says so or not.
    """
    info = run.epoch.world.entities.get(entity)
    return info is not None and entity not in run.checked.tables and not info.members and not is_personal(run, entity)


def _listed(run: Run) -> Iterator[tuple[Spot, Fraction | None]]:
    """Of each row of the list its tier, `listed` without one, `undetermined`, or `not listed`."""
    listed = run.checked.policy.priority_list
    if listed is None or is_personal(run, listed.entity.text):
        return
    found, entity, named = list_columns(run), listed.entity.text, list_names(run, listed)
    rows = zip(keys_of(run, entity), map(str, found["list_status"]), found["tier"], strict=True)
    for key, status, tier in rows:
        word = NOT_KNOWN if status in OPEN else NOT_LISTED
        if status in ON:
            word = value_text(tier).replace("_", " ") or "listed"
        cells = named.cells(key)
        area = (cells[3] or cells[2]) if len(cells) > 2 else ""
        name = ", ".join(part for part in (cells[1], area) if part)
        yield Spot(LIST, entity, key_text(run, entity, key), name, "list", word), Fraction(1)

"""What is read of the run of a draw: the numbers of any run, who is listed, who is paid, what money is missing."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ...allocation import drawing_on
from ...claims import key_texts
from ...decode import keys_of, labels_of
from ...diff.list_moves import ON, OPEN
from ...line import exact_cells, lines_of_run, of_state
from ...personal import is_personal
from ...priority_list import list_columns
from ...run import Run
from ..journal import Reading
from ..measure import measured

LISTED, PAYMENT, SHORT = "listed: ", "payment: ", "short of "
"""How the names begin under which a run tells who is listed, what a payee is paid, what the money falls short of."""

_ONE, _NOTHING = Fraction(1), Fraction(0)


def read_draw(run: Run) -> Reading:
    """The numbers of a run, and beside them

    listed: KEY             1 of a row on the list, nothing of one of which it cannot be told; others are not there
    payment: ENTITY KEY     what a payee is paid by all lines; persons are left out
    short of POT            by how much what is owed exceeds what an appropriation has for it, or 0
    """
    found = measured(run)
    found.update(_listed(run))
    found.update(_payments(run))
    found.update(_short(run))
    return found


def _listed(run: Run) -> Iterator[tuple[str, Fraction | None]]:
    item = run.checked.policy.priority_list
    if item is None or is_personal(run, item.entity.text):
        return
    keys = key_texts(run, item.entity.text, keys_of(run, item.entity.text))
    for key, status in zip(keys, map(str, list_columns(run)["list_status"]), strict=True):
        if status in ON:
            yield f"{LISTED}{key}", _ONE
        elif status in OPEN:
            yield f"{LISTED}{key}", None


def _payments(run: Run) -> dict[str, Fraction | None]:
    found: dict[str, Fraction | None] = {}
    for line in lines_of_run(run):
        if is_personal(run, line.payee):
            continue
        keys = key_texts(run, line.payee, keys_of(run, line.payee))
        for key, paid in zip(keys, exact_cells(run, line.payee, line.item.name), strict=True):
            name = f"{PAYMENT}{line.payee} {key}"
            before = found.get(name, _NOTHING)
            found[name] = None if before is None or not isinstance(paid, Fraction) else before + paid
    return found


def _short(run: Run) -> Iterator[tuple[str, Fraction | None]]:
    lines = lines_of_run(run)
    for fund in run.checked.policy.appropriations:
        drawing = drawing_on(lines, fund.name)
        if not drawing:
            continue
        owed = [of_state(run, line.name("entitlements")) for line in drawing]
        known = [one for one in owed if one is not None]
        there = of_state(run, drawing[0].name("available"))
        if there is None or len(known) < len(owed):
            yield f"{SHORT}{fund.name}", None
        else:
            yield f"{SHORT}{fund.name}", max(sum(known, _NOTHING) - there, _NOTHING)


def names_of(run: Run) -> dict[str, str]:
    """What people call what is listed and who is paid, by the names of a reading."""
    found: dict[str, str] = {}
    item = run.checked.policy.priority_list
    entities = [(LISTED, item.entity.text)] if item is not None else []
    entities += [(f"{PAYMENT}{line.payee} ", line.payee) for line in lines_of_run(run)]
    for start, entity in dict.fromkeys(entities):
        if not is_personal(run, entity):
            keys, labels = keys_of(run, entity), labels_of(run, entity)
            texts = key_texts(run, entity, keys)
            found.update((f"{start}{text}", labels.get(key, "")) for key, text in zip(keys, texts, strict=True))
    return found

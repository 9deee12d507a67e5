"""What a person asks about: the entity, the row and the result that the words of a command name."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ...execution.dataset_rows import DatasetRows
from ...execution.reference import STATE, Interpreter
from ...execution.values import Key, Missing
from ...plan.plan import ColumnId, Entity
from ...text.diagnostic import Diagnostics
from ...text.source import NOWHERE
from ...text.suggest import nearest
from ..decision import RULES
from ..line import lines_of_run
from ..personal import is_personal
from ..quantity import shown
from ..run import Run
from .explain import HIDDEN, default_name, funded, named_result, results_of
from .place import PLACES
from .rating import ROLES, rated

MOST_COMPARED = 5_000
"""Keys among which the nearest one is looked for."""

SHOWN = 5
"""Keys that are shown where none is near."""

NAMES = 24
"""Names of results that are shown where none is near."""

FUNDING = ("claim", "payment", "fund")
"""Roles of the columns of a line of funding, which the name of the line stands for."""

_PAIR = re.compile(r"\s*([^=,\s]+)\s*=(.*)", re.DOTALL)


def target(
    run: Run,
    entity: str,
    key_text: str,
    name: str | None,
    diagnostics: Diagnostics,
    guarded: bool = False,
    public: bool = False,
) -> tuple[str, ...] | None:
    """The parts of the key that `key_text` writes, or nothing where the entity (X011), the form of the key (X015), the
    row (X013) or the result (X014, X016) is not to be found; each complaint names the nearest that is. With `guarded`,
    rows about persons are refused (X017), and with `public` always (X048).

    `key_text` is the code of the row, or `occupation=15-1252,area=US-OH` where the key has several columns.
    """
    found = next((one for one in run.plan.entities if one.name == entity), None)
    if found is None:
        _unknown_entity(run, entity, diagnostics)
        return None
    if public and is_personal(run, entity):
        help = "ask for a school, a district or a credential, or write to the person with `--as-letter`"
        diagnostics.report("X048", NOWHERE, help=help, entity=entity)
        return None
    if guarded and is_personal(run, entity):
        diagnostics.report("X017", NOWHERE, help="run it where only people may see it who may", entity=entity)
        return None
    places = _places(run)
    parts = _parts(found, key_text, places, diagnostics)
    _check_name(run, entity, name, diagnostics)
    if parts is None or diagnostics.has_errors:
        return None
    rows = DatasetRows(run.dataset.tables)
    keys = Interpreter(run.plan, rows, run.binding.cells, run.binding.schedules).keys(entity)
    if not any(_fits(found, row, parts) for row in keys):
        help = _nearest_rows(run, rows, found, keys, parts)
        diagnostics.report("X013", NOWHERE, help=help, key=key_text, entity=entity)
        return None
    return parts


def _unknown_entity(run: Run, entity: str, diagnostics: Diagnostics) -> None:
    known = [one.name for one in run.plan.entities if results_of(run, one.name)]
    near = nearest(entity, known) or run.epoch.world.plurals.get(entity)
    asked = f"did you mean `{near}`?" if near else f"there are {_named(sorted(known), len(known))}"
    diagnostics.report("X011", NOWHERE, help=asked, entity=entity, policy=run.checked.policy.id)


def _places(run: Run) -> list[str]:
    """The codes of the state, that of the data first."""
    codes = [run.dataset.jurisdiction, *(word.text for word in run.checked.policy.jurisdictions)]
    return [code for code in codes if code]


def _parts(entity: Entity, text: str, places: Collection[str], diagnostics: Diagnostics) -> tuple[str, ...] | None:
    """The parts of a written key in the order of the key's columns. The row of the state may be called by its code,
    which is one of `places`.
    """
    names = [name for name, _ in entity.key]
    if entity.name == STATE:
        text = STATE if text.strip().removeprefix(f"{STATE}=") in places else text
    if len(names) == 1 and not text.startswith(f"{names[0]}="):
        return (text.strip(),)
    pairs = [_PAIR.fullmatch(part) for part in text.split(",")]
    said = {pair[1]: pair[2].strip() for pair in pairs if pair is not None}
    if None in pairs or set(said) != set(names) or len(pairs) != len(names):
        wanted = ",".join(f"{name}=…" for name in names) if len(names) > 1 else f"the {names[0]} alone"
        help = f"write `{wanted}`" if len(names) > 1 else f"write {wanted}"
        diagnostics.report(
            "X015",
            NOWHERE,
            help=help,
            key=text,
            entity=entity.name,
            columns=" and ".join(f"`{name}`" for name in names),
        )
        return None
    return tuple(said[name] for name in names)


def _fits(entity: Entity, row: Key, parts: tuple[str, ...]) -> bool:
    return all(
        text in (str(part), shown(part, type)) for text, part, (_, type) in zip(parts, row, entity.key, strict=True)
    )


def _nearest_rows(run: Run, rows: DatasetRows, entity: Entity, keys: Sequence[Key], parts: tuple[str, ...]) -> str:
    """The row that may have been meant: by its key, or by what people call it."""
    if entity.name == STATE:
        return f"write {' or '.join(f'`{one}`' for one in dict.fromkeys((*_places(run)[:1], STATE)))}"
    if not keys:
        return f"there are no rows of `{entity.name}`"
    texts = {_written(entity, key): key for key in keys[:MOST_COMPARED]}
    asked = ",".join(f"{name}={part}" for (name, _), part in zip(entity.key, parts, strict=True))
    near = nearest(parts[0] if len(parts) == 1 else asked, texts)
    if near is not None:
        return f"did you mean `{near}`?"
    frame = run.dataset.tables.get(entity.name)
    if frame is not None and entity.label and entity.label in frame.columns:
        labels = {
            str(label): key
            for key in keys[:MOST_COMPARED]
            if not isinstance(label := rows.cell(entity.name, key, entity.label), Missing)
        }
        folded = {label.casefold(): label for label in labels}
        meant = folded.get(parts[0].casefold()) or nearest(parts[0], labels)
        if meant is not None:
            return f"did you mean `{_written(entity, labels[meant])}`, {meant}?"
    return f"there are {_named(list(texts), len(keys))}"


def _written(entity: Entity, key: Key) -> str:
    if len(entity.key) == 1:
        return shown(key[0], entity.key[0][1])
    return ",".join(f"{name}={shown(part, type)}" for part, (name, type) in zip(key, entity.key, strict=True))


def _check_name(run: Run, entity: str, name: str | None, diagnostics: Diagnostics) -> None:
    known = results_of(run, entity)
    listed = run.checked.policy.priority_list
    on_list = listed is not None and listed.entity.text == entity
    if name is None:
        rules = [rule for rule in run.epoch.definitions if rule.entity == entity and rule.role in RULES]
        told = funded(run, entity, None) is not None or rated(run, entity, None) is not None
        if not on_list and not told and default_name(run, entity) is None and not rules:
            help = _said(run, entity, known) or "nothing of it is computed or read"
            diagnostics.report("X016", NOWHERE, help=help, entity=entity)
    elif funded(run, entity, name) is not None or rated(run, entity, name) is not None or (on_list and name in PLACES):
        return
    elif named_result(run, entity, name) not in known:
        diagnostics.report("X014", NOWHERE, help=_nearest_results(run, entity, name, known), name=name, entity=entity)


def _nearest_results(run: Run, entity: str, name: str, known: Sequence[str]) -> str | tuple[()]:
    """The result that may have been meant, by its name or its path; else all of them."""
    columns = [column.id for column in run.plan.columns if column.id.role not in HIDDEN]
    elsewhere = next((one.entity for one in columns if one.origin == name), None)
    if elsewhere is not None:
        return f"it is of `{elsewhere}`"
    paths = [one.origin for one in columns if one.entity == entity]
    near = nearest(name, known) or nearest(name, paths)
    if near is not None:
        return f"did you mean `{near}`?"
    return _said(run, entity, known) or ()


def _said(run: Run, entity: str, known: Sequence[str]) -> str:
    """All results that can be asked for, but for what the engine made of a list."""
    made = {
        column.id.name
        for column in run.plan.columns
        if column.id.entity == entity and (column.id.role in ("list", "points", *FUNDING) or is_part(column.id))
    } - {line.item.name for line in lines_of_run(run)}
    kept = [one for one in known if one not in made] or list(known)
    return f"there are {_named(kept, len(kept), NAMES)}" if kept else ""


def is_part(column: ColumnId) -> bool:
    """Whether a column is part of an indicator, an index or a rating, whose own names lead to it."""
    return column.role in ROLES and any(sign in column.name for sign in (": ", ", ", " "))


def _named(names: Sequence[str], count: int, most: int = SHOWN) -> str:
    said = ", ".join(f"`{name}`" for name in names[:most])
    return f"{said} and {count - most:,} more" if count > most else said

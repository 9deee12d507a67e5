"""Caps on counts: how many are under each and count, and who is within one; none of them is picked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..execution.values import Missing
from ..syntax.accountability import Cap, Indicator
from ..syntax.print import print_expr
from ..types.lower.measure import cohort_entity
from .claims import key_texts
from .decode import keys_of, labels_of
from .line import column_values
from .rated import ALL_STUDENTS, Level, called
from .run import Run
from .table import Cell, ResultTable, table

COLUMNS = (
    "entity key name student_group indicator cap title under:number under_at_most:number may_count:number "
    "counted:number counted_at_most:number because cite"
)
WITHIN = "within the cap as a group"
UNDETERMINED = "undetermined"


def cap_table(run: Run, levels: Sequence[Level]) -> ResultTable:
    """`caps`: level × student group × indicator × cap, in the rated year. `under` are the rows of the numerator for
    which it holds, `may_count` how many of them may count, `counted` how many do.
    """
    rows: list[tuple[Cell, ...]] = []
    for level in levels:
        keys, names = keys_of(run, level.name), labels_of(run, level.name)
        texts = list(key_texts(run, level.name, keys))
        for group, item in level.spots:
            for cap in item.caps:
                under, most, counted = (
                    level.ends(called(item.name, group, f"{cap.name}{part}")) for part in ("", " at most", " counted")
                )
                because = "" if cap.because is None else print_expr(cap.because)
                for row, (key, text) in enumerate(zip(keys, texts, strict=True)):
                    who = (level.name, text, names.get(key, ""), group or ALL_STUDENTS, item.name, cap.name, cap.title)
                    rows.append((*who, *under[row], most[row][0], *counted[row], because, cap.cite))
    return table("caps", COLUMNS, rows)


def within_cap_table(run: Run, indicators: Sequence[Indicator]) -> ResultTable:
    """`within_caps`: a student (or other row) × cap under which it is, or may be. It has no verdict of its own: so many
    of those within a cap count, and none of them is picked. It is about persons: for internal use.
    """
    rows = [row for item in indicators for cap in item.caps for row in _within(run, item, cap)]
    return table("within_caps", "entity key name indicator cap title stands cite", rows)


def _within(run: Run, item: Indicator, cap: Cap) -> Iterator[tuple[Cell, ...]]:
    entity = cohort_entity(item, run.epoch.world)
    values = column_values(run, entity, f"{item.name}: {cap.name}") if entity in run.columns else None
    if values is None:
        return
    keys = keys_of(run, entity)
    labels = labels_of(run, entity) if run.plan.entity(entity).label else {}
    for key, text, value in zip(keys, key_texts(run, entity, keys), values, strict=True):
        if value is True or isinstance(value, Missing):
            stands = WITHIN if value is True else UNDETERMINED
            yield entity, text, labels.get(key, ""), item.name, cap.name, cap.title, stands, cap.cite

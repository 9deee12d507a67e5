"""The groups of students by which results are told apart: student groups, region, locale and poverty of the school."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ...execution.dataset import Dataset
from ...execution.frame import Frame
from ...execution.memory_tables import MemoryTables
from ...model.standard import STANDARD
from ...text.diagnostic import Diagnostics
from ...types.checked import CheckedPolicy
from ..diff.rows_of_table import GROUPS, SCHOOL_OF, STUDENT, poverty_bands
from ..policy_data import read_data
from ..run import Run

ALL = "all students"
RACE, SEX = "race_ethnicity", "sex"
NOT_KNOWN = "not known"
REGION, LOCALE, POVERTY = "region", "locale", "poverty"
_CLIMBS = 8
"""Places that hold a place, one in the other, that are looked at to find its region."""


NEEDED: Mapping[str, Collection[str]] = {STUDENT: (), "attainment": (STUDENT, "credential")}
"""The columns without which nothing can be said of students, by table."""

WELCOME: Mapping[str, Collection[str]] = {
    STUDENT: (*GROUPS, RACE, SEX, SCHOOL_OF),
    "school": ("district", LOCALE),
    "district": ("area",),
    "area": ("name", "level", "part_of"),
}
"""The columns that tell students apart, looked at where the data have them."""


def read_with_groups(
    checked: CheckedPolicy, folder: str | Path | MemoryTables, diagnostics: Diagnostics
) -> Dataset | None:
    """The data of a policy, and what tells students apart. Nothing where they are at fault (D001 to D036)."""
    return read_data(checked, folder, diagnostics, welcome_of_groups(checked), NEEDED)


def welcome_of_groups(checked: CheckedPolicy) -> dict[str, Collection[str]]:
    """What tells students apart, facts that the policy adds among it."""
    mine = [column.name for column in checked.tables[STUDENT].columns if STANDARD[STUDENT].column(column.name) is None]
    return {**WELCOME, STUDENT: (*WELCOME[STUDENT], *mine)}


def groups_of_students(run: Run) -> dict[str, Any]:
    """What tells students apart → the group of each, as an Arrow column in the order of the table; null where it is not
    known. Facts of the data model that are student groups (Perkins V, ESEA), facts that the policy adds, race and
    ethnicity, sex; region, locale and poverty band (NCES) of the school that answers for the student. What puts all
    students into one group is left out.
    """
    frame = run.dataset.tables.get(STUDENT)
    if frame is None:
        return {}
    found: dict[str, Any] = {}
    for column in frame.table.columns:
        mine = STANDARD[STUDENT].column(column.name)
        if column.name in frame.columns and column.type == "truth" and (mine is None or column.name in GROUPS):
            values = frame.columns[column.name].values
            found[_said(column.name)] = pc.if_else(values, pa.scalar("yes"), pa.scalar("no"))
    for name in (RACE, SEX):
        if name in frame.columns:
            found[_said(name)] = frame.columns[name].values
    if SCHOOL_OF in frame.columns:
        schools = frame.columns[SCHOOL_OF].values
        for name, of in (
            (REGION, regions(run.dataset)),
            (LOCALE, _by_key(run.dataset, "school", LOCALE)),
            (POVERTY, poverty_bands(run, "school")),
        ):
            if of:
                found[name] = _looked_up(schools, of)
    return {name: column for name, column in found.items() if len(pc.unique(column.drop_null())) > 1}


def regions(dataset: Dataset) -> dict[str, str]:
    """The region of each school: the place of the level `region` in which its district lies; where no place is of that
    level, the place of the district itself.
    """
    districts, places = _by_key(dataset, "school", "district"), _by_key(dataset, "district", "area")
    levels, above = _by_key(dataset, "area", "level"), _by_key(dataset, "area", "part_of")
    names = _by_key(dataset, "area", "name")
    found = {}
    for school, district in districts.items():
        place = places.get(district)
        if place is not None:
            region = _region(place, levels, above) if "region" in levels.values() else place
            if region is not None:
                found[school] = names.get(region, region)
    return found


def _region(place: str, levels: Mapping[str, str], above: Mapping[str, str]) -> str | None:
    at: str | None = place
    for _ in range(_CLIMBS):
        if at is None or levels.get(at) == "region":
            return at
        at = above.get(at)
    return None


def _by_key(dataset: Dataset, table: str, column: str) -> dict[str, str]:
    frame: Frame | None = dataset.tables.get(table)
    if frame is None or column not in frame.columns or len(frame.keys) != 1:
        return {}
    pairs = zip(frame.columns[frame.keys[0]].values.to_pylist(), frame.columns[column].values.to_pylist(), strict=True)
    return {str(key): str(value) for key, value in pairs if value is not None}


def _looked_up(keys: Any, of: Mapping[str, str]) -> Any:
    """The values of a mapping for an Arrow column of keys; null where it has none."""
    places = pc.index_in(keys, value_set=pa.array(list(of), pa.string()))
    return pa.array(list(of.values()), pa.string()).take(places)


def _said(name: str) -> str:
    return name.replace("_", " ")

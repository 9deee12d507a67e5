"""The rows of districts, schools and teachers, with names that are plainly made up."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from ..model.schools import LOCALES
from .arrays import Array, truths, whole, width
from .arrays import codes as coded
from .codes import district_codes, school_code_list, school_codes
from .draws import Ints, Truths, below, chance, shuffled
from .layout import PER_TEACHER, SPANS, Layout
from .people import school_at

_FIRST = (
    "Alder", "Amber", "Birch", "Bluff", "Cedar", "Clover", "Copper", "Cotton", "Eagle", "Elm", "Fern", "Flint",
    "Granite", "Harvest", "Hazel", "Heron", "Juniper", "Maple", "Meadow", "Otter", "Pine", "Quartz", "Silver", "Willow",
)  # fmt: skip
_SECOND = (
    "Bend", "Bridge", "Brook", "Corner", "Creek", "Crossing", "Falls", "Field", "Fork", "Glen", "Grove", "Harbor",
    "Hill", "Lake", "Landing", "Mesa", "Mill", "Point", "Prairie", "Ridge", "River", "Springs", "Valley", "View",
)  # fmt: skip
_KINDS = ("High School", "Technical High School", "Academy")


def place_names(layout: Layout) -> list[str]:
    """A name for each district, each one once."""
    many = len(_FIRST) * len(_SECOND)
    every = np.arange(layout.districts, dtype=np.int64)
    drawn = shuffled(layout.seed, "district.name", every % many, many).tolist()
    names = [f"{_FIRST[at // len(_SECOND)]} {_SECOND[at % len(_SECOND)]}" for at in drawn]
    return [name if number < many else f"{name} {number // many + 1}" for number, name in enumerate(names)]


def teacher_codes(layout: Layout, teachers: Ints, missing: Truths | None = None) -> Array:
    """The codes of teachers by number."""
    return coded("T", teachers + 1, width(layout.teachers, 5), missing)


def district_rows(layout: Layout, area: str) -> dict[str, Array]:
    """The table `district`; `enrolled` counts every grade, so it is more than the students in the dataset."""
    every = np.arange(layout.districts, dtype=np.int64)
    sizes = layout.starts[layout.first_school[1:]] - layout.starts[layout.first_school[:-1]]
    enrolled = sizes * 3 + below(layout.seed, "district.enrolled", every, sizes + 2)
    return {
        "district_id": pa.array(district_codes(layout), pa.string()),
        "name": pa.array([f"{name} School District (made up)" for name in place_names(layout)], pa.string()),
        "area": pa.array([area] * layout.districts, pa.string()),
        "enrolled": whole(enrolled, chance(layout.seed, "district.enrolled_unknown", every, 20)),
    }


def school_rows(layout: Layout) -> dict[str, Array]:
    """The table `school`."""
    every = np.arange(layout.schools, dtype=np.int64)
    districts, codes = district_codes(layout), school_code_list(layout)
    names = place_names(layout)
    charter = chance(layout.seed, "school.charter", every, 70)
    locales = below(layout.seed, "district.locale", np.asarray(layout.district_of, dtype=np.int64), len(LOCALES))
    grades = np.asarray(SPANS, dtype=np.int64)[layout.spans]
    said = []
    for number, of in enumerate(layout.district_of.tolist()):
        within = number - int(layout.first_school[of]) + 1
        kind = "Charter School" if charter[number] else _KINDS[(within - 1) % len(_KINDS)]
        kind = "School" if grades[number, 0] == 0 else kind
        said.append(f"{names[of]} {kind} {within} (made up)")
    return {
        "school_id": pa.array(codes, pa.string()),
        "name": pa.array(said, pa.string()),
        "district": pa.array([districts[of] for of in layout.district_of.tolist()], pa.string()),
        "lowest_grade": whole(grades[:, 0]),
        "highest_grade": whole(grades[:, 1]),
        "charter": truths(charter),
        "locale": pa.array([LOCALES[at] for at in locales.tolist()], pa.string()),
    }


def teacher_rows(layout: Layout, rows: Ints) -> dict[str, Array]:
    """The rows of the table `teacher` with these numbers."""
    schools = school_at(layout, np.minimum(rows * PER_TEACHER, layout.students - 1))
    return {
        "teacher_id": teacher_codes(layout, rows),
        "school": school_codes(layout, schools, chance(layout.seed, "teacher.school_unknown", rows, 20)),
    }

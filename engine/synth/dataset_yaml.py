"""`dataset.yaml` of a made-up state: what was made and how, and what was taken over from the example."""

from __future__ import annotations

from collections.abc import Mapping

from ..text.quote import as_scalar
from .base import Base
from .layout import Layout

MARK = "# made by `specie data synth`: nothing about a person, a school or a district in it is real"
"""The first line of the file, by which a folder is known that may be replaced."""

FILES = {
    "district": "districts",
    "school": "schools",
    "teacher": "teachers",
    "student": "students",
    "enrollment": "enrollments",
    "attainment": "attainments",
    "prior_rating": "prior_ratings",
    "prior_payment": "prior_payments",
}
"""The tables that are made, each with its file's name before the ending."""

SAID = {
    "district": "all of it",
    "school": "all of it",
    "teacher": "all of it; there is no such person",
    "student": "all of it; there is no such person",
    "enrollment": "all of it",
    "attainment": "all of it; nobody earned these",
    "prior_rating": "all of it; nobody rated anything",
    "prior_payment": "all of it; nothing was paid",
}


def command(layout: Layout, jurisdiction: str, format: str) -> str:
    """The command that makes the same files again."""
    sizes = f"--students {layout.students} --attainments {layout.attainments} --seed {layout.seed}"
    return f"specie data synth --state {jurisdiction.removeprefix('US-')} {sizes} --format {format}"


def dataset_yaml(base: Base, layout: Layout, jurisdiction: str, format: str, rows: Mapping[str, int]) -> str:
    """The whole text. A table without rows is declared empty; what is taken over is said as the example says it."""
    source = f"made up by `{command(layout, jurisdiction, format)}`"
    lines = [
        MARK,
        f"title: {as_scalar(f'A made-up state ({jurisdiction})')}",
        f"as_of: {base.as_of}",
        "made_up: yes",
        "note: >-",
        "  Districts, schools, teachers, students and what they earned are made up by a generator and bear on no real",
        "  state, even where the code is that of one. Other tables are the example state's and say whence they come.",
        f"jurisdiction: {jurisdiction}",
        "tables:",
    ]
    blocks = [
        "\n".join(
            [
                f"  {table}:",
                f"    file: {FILES[table]}.{format}" if rows[table] else "    empty: yes",
                f"    source: {as_scalar(source)}",
                f"    made_up: {as_scalar(SAID[table])}",
                *([f"    complete: {_COMPLETE[table]}"] if table in _COMPLETE else []),
            ]
        )
        + "\n"
        for table in FILES
    ]
    return "\n".join(lines) + "\n" + "".join(base.blocks.values()) + "".join(blocks)


_COMPLETE = {"attainment": "yes", "enrollment": "yes", "prior_rating": "no", "prior_payment": "no"}

"""The rows of a table of the data by what people write for their keys, and what sets them apart."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from ...execution.dataset_rows import DatasetRows
from ...execution.values import Missing, Value
from ...model.standard import STANDARD
from ...model.table import Column
from ...types.checked import CheckedPolicy
from ...types.world import column_type
from ..quantity import shown
from ..run import Run

STUDENT = "student"
SCHOOL_OF, POOR = "accountable_school", "economically_disadvantaged"
ORGANIZATIONS = ("district", "school")
GROUPS = ("economically_disadvantaged", "special_education", "english_learner", "cte_concentrator")
"""The facts about students in the data model that are student groups of Perkins V and ESEA, not results."""

MOST_WORDS = 12
"""A column of words with more different ones does not sort rows into groups that anybody reads."""

BANDS = 4
"""Into how many bands of as many rows each the numbers of a column are put."""


def numbers_by_key(run: Run, entity: str, column: str) -> dict[str, Fraction]:
    """The numbers of a column of a table of the data, by key; empty where the data do not have it."""
    return {key: value for key, value in _values(run, entity, column).items() if isinstance(value, Fraction)}


def groupings(run: Run, entity: str) -> dict[str, dict[str, str]]:
    """What sets the rows of a table apart: what a column is called → key → the group of the row.

    Columns of a few words, truths, and the places that they lie in are groups as they are; numbers make four bands of
    as many rows each, where there are rows enough for two in each. The groups come in order, words by the alphabet,
    bands from the smallest. Rows for which a column is missing are in no group of it, and columns about persons are
    left out.
    """
    table = run.checked.tables.get(entity)
    if table is None or table.personal_key or len(table.key) != 1:
        return {}
    found = {}
    for column in table.columns:
        if column.personal or column.name in (*table.key, table.label):
            continue
        values = {key: value for key, value in _values(run, entity, column.name).items() if _is_known(value)}
        groups = _bands(values, column) if column.type == "number" else _words(run, values, column)
        if len(set(groups.values())) > 1:
            found[column.name.replace("_", " ")] = groups
    poor = poverty_bands(run, entity) if entity in ORGANIZATIONS else {}
    if len(set(poor.values())) > 1:
        found["poverty"] = poor
    return found


POVERTY = (
    (Fraction(25, 100), "low (25% or less)"),
    (Fraction(50, 100), "mid-low (over 25% to 50%)"),
    (Fraction(75, 100), "mid-high (over 50% to 75%)"),
    (Fraction(1), "high (over 75%)"),
)
"""The bands of poverty in which NCES reports schools (Condition of Education), by the share of students who are
economically disadvantaged; there it is those who are eligible for free or reduced-price lunch.
"""

FEWEST_OF_A_SHARE = 10
"""Of how many students at least a share is taken, so that a band tells nothing of one of them."""


def poverty_bands(run: Run, entity: str) -> dict[str, str]:
    """The band of poverty of schools or districts, by key, from low to high: the share of the students of whom it is
    known; none for one with fewer than ten of them.
    """
    counts = _poor_and_known(run)
    if entity == "district":
        districts = _values(run, "school", "district") if counts else {}
        schools, counts = counts, {}
        for school, (poor, of) in schools.items():
            district = districts.get(school)
            if isinstance(district, str):
                before = counts.get(district, (0, 0))
                counts[district] = (before[0] + poor, before[1] + of)
    shares = {key: Fraction(poor, of) for key, (poor, of) in counts.items() if of >= FEWEST_OF_A_SHARE}
    ordered = sorted(shares, key=lambda key: (shares[key], key))
    return {key: next(band for most, band in POVERTY if shares[key] <= most) for key in ordered}


def _poor_and_known(run: Run) -> dict[str, tuple[int, int]]:
    """How many students of each school are economically disadvantaged, and of how many that is known; there may be
    millions of them.
    """
    import pyarrow as pa

    frame = run.dataset.tables.get(STUDENT)
    if frame is None or not {SCHOOL_OF, POOR} <= frame.columns.keys():
        return {}
    table = pa.table({"school": frame.columns[SCHOOL_OF].values, "poor": frame.columns[POOR].values}).drop_null()
    table = table.set_column(1, "poor", table.column("poor").cast(pa.int64()))
    found = table.group_by("school").aggregate([("poor", "sum"), ("poor", "count")])
    columns = (found.column(name).to_pylist() for name in ("school", "poor_sum", "poor_count"))
    return {school: (poor, of) for school, poor, of in zip(*columns, strict=True)}


def students_by_claim(run: Run, entity: str) -> dict[str, str]:
    """The student to whom each row of a table belongs, by the row's key; empty where it belongs to none."""
    if entity == STUDENT:
        return {key: key for key in _keys(run, entity)}
    table = run.checked.tables.get(entity)
    tie = next((column.name for column in table.columns if column.type == STUDENT), "") if table is not None else ""
    return {key: str(value) for key, value in _values(run, entity, tie).items() if _is_known(value)}


def student_facts(run: Run) -> dict[str, set[str]]:
    """The students for whom each fact about students in the data is so, by what the fact is called."""
    table = run.checked.tables.get(STUDENT)
    facts = [column for column in table.columns if _is_group(column)] if table is not None else []
    found = {}
    for column in facts:
        members = {key for key, value in _values(run, STUDENT, column.name).items() if value is True}
        if members:
            found[column.name.replace("_", " ")] = members
    return found


def _is_group(column: Column) -> bool:
    """Whether a fact about students is one by which the field reports results, or one that a policy adds."""
    mine = STANDARD[STUDENT].column(column.name)
    return column.type == "truth" and (mine is None or column.name in GROUPS)


def _keys(run: Run, entity: str) -> list[str]:
    frame = run.dataset.tables.get(entity)
    return [] if frame is None else [str(key[0]) for key in DatasetRows({entity: frame}).keys(entity)]


def groupable(checked: CheckedPolicy) -> dict[str, list[str]]:
    """The columns by which results are put into groups where the data have them, by table: all of districts, schools
    and what the policy's own tables hold, and the facts about students.
    """
    found = {}
    for name, table in checked.tables.items():
        if name == STUDENT:
            found[name] = [column.name for column in table.columns if _is_group(column) or column.name == SCHOOL_OF]
        elif (name in ORGANIZATIONS or STANDARD.get(name) != table) and not table.personal_key:
            found[name] = [column.name for column in table.columns if not column.personal]
    return found


def _values(run: Run, entity: str, column: str) -> dict[str, Value]:
    frame = run.dataset.tables.get(entity)
    if frame is None or column not in frame.columns or len(frame.keys) != 1:
        return {}
    rows = DatasetRows({entity: frame})
    return {str(key[0]): rows.cell(entity, key, column) for key in rows.keys(entity)}


def _is_known(value: Value) -> bool:
    return not isinstance(value, Missing)


def _words(run: Run, values: Mapping[str, Value], column: Column) -> dict[str, str]:
    """The groups of words: nothing where there are too many of them, or dates."""
    if column.type == "date":
        return {}
    said = {key: _said(value) for key, value in values.items()}
    names = _names(run, column.type)
    if len(set(said.values())) > MOST_WORDS:
        return {}
    called = {key: names.get(word, word) for key, word in said.items()}
    return {key: called[key] for key in sorted(called, key=lambda key: called[key])}


def _said(value: Value) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _names(run: Run, entity: str) -> dict[str, str]:
    """What people call the rows to which a column refers."""
    frame = run.dataset.tables.get(entity)
    if frame is None or not frame.table.label or frame.table.label not in frame.columns:
        return {}
    return {key: str(value) for key, value in _values(run, entity, frame.table.label).items() if _is_known(value)}


def _bands(values: Mapping[str, Value], column: Column) -> dict[str, str]:
    """Bands of numbers: rows in the order of the number, cut where a quarter, a half and three quarters are passed;
    equal numbers are in one band.
    """
    numbers = {key: value for key, value in values.items() if isinstance(value, Fraction)}
    ordered = sorted(set(numbers.values()))
    if len(ordered) < BANDS or len(numbers) < 2 * BANDS:
        return {}
    below: dict[Fraction, int] = {}
    for count, value in enumerate(sorted(numbers.values())):
        below.setdefault(value, count)
    band = {value: below[value] * BANDS // len(numbers) for value in ordered}
    ends = {place: [value for value in ordered if band[value] == place] for place in set(band.values())}
    type = column_type(column, {})
    text = {
        place: " to ".join(dict.fromkeys(shown(one, type) for one in (some[0], some[-1])))
        for place, some in ends.items()
    }
    return {key: text[band[numbers[key]]] for key in sorted(numbers, key=lambda key: numbers[key])}

"""Points and accountability as computed columns: which there are, what they come to, what is complained of, and once."""

from __future__ import annotations

import pytest

from tests.types.policies import checked, codes, column, marked

ONE = """\
accountability:
  for: [school, district, state]
  indicators:
    graduation:
      cohort: students where in_four_year_cohort
      rate: on_time_diploma
"""
TWO = """\
data:
  school:
    columns:
      growth:
        unit: points
      reading:
        unit: points
accountability:
  for: [school]
  indicators:
    progress:
      value: growth
      weight: 60%
    literacy:
      value: reading
      weight: 40%
"""
RATINGS = "  ratings:\n    - A: index >= 90\n    - F: otherwise\n"


def columns(text: str, entity: str) -> set[str]:
    return {one.name for one in checked(text).epochs[0].definitions if one.entity == entity}


def of(name: str, parts: str) -> set[str]:
    return {name, *(f"{name}: {part}" for part in parts.split(", "))}


COUNTED = "n, numerator, denominator, included, unrounded, status"
BOUNDED = f"{COUNTED}, numerator at most, lowest, highest"
WEIGHED = "weight, weight used, contribution"
INDEX = of("index", "weight, given, unrounded")
ENDS = {"index: lowest", "index: highest"}


def test_the_columns_of_an_indicator() -> None:
    assert columns(ONE, "student") == {"graduation: row counts", "graduation: row numerator"}
    expected = of("graduation", f"{BOUNDED}, {WEIGHED}") | INDEX | ENDS
    assert columns(ONE, "school") == columns(ONE, "district") == columns(ONE, "state") == expected


def test_what_is_determined_has_one_end() -> None:
    text = ONE + "      undetermined_students: not_met\n"
    assert columns(text, "school") == of("graduation", f"{COUNTED}, {WEIGHED}") | INDEX


def test_bands_cut_the_rate() -> None:
    text = (
        ONE + "      scale: cut\nbands:\n  cut:\n    of: points\n    gives: points\n    rows: |\n      | - | x * 2 |\n"
    )
    assert columns(text, "school") >= {"graduation: rate", "graduation: rate at most"}


def test_the_columns_of_pooling() -> None:
    text = ONE + (
        "      cohort_year: class_of\n      undetermined_students: not_met\n      minimum_n:\n        count: 10\n"
        "        then:\n          - pool_earlier_years:\n              until: 10\n              up_to_years: 2\n"
    )
    years = {f"graduation: {part} {year}" for part in ("n", "numerator") for year in ("this year", "1 earlier")}
    assert columns(text, "school") == of("graduation", f"{COUNTED}, {WEIGHED}, years") | years | INDEX
    assert columns(text, "state") >= {"graduation: rated year", "graduation: rows 1 earlier"}
    assert columns(text, "student") == of("graduation", "row counts, row numerator, row year") - {"graduation"}


def test_the_columns_of_a_group() -> None:
    text = ONE + "  student_groups: [learners]\nstudent_groups:\n  learners:\n    when: english_learner\n"
    assert (
        columns(text, "school")
        == of("graduation", f"{BOUNDED}, {WEIGHED}") | of("graduation, learners", BOUNDED) | INDEX | ENDS
    )


def test_the_columns_of_a_rating() -> None:
    text = TWO + RATINGS + "  overrides:\n    low:\n      rating: T\n      when: literacy < 10\n      because: low\n"
    found = columns(text, "school")
    assert found >= {"override: low", "override", "rating line", "rating", "rating: status"} | INDEX
    rating = column(checked(text).epochs[0], "school", "rating")
    assert rating.type.values == ("A", "F", "T", "not_rated") and rating.type.nullable
    assert (rating.path, rating.role) == ("accountability.ratings", "rating")
    low = column(checked(text).epochs[0], "school", "override: low")
    assert low.path == "accountability.overrides.low" and low.because is not None


def test_indicators_may_stand_without_an_index() -> None:
    text = TWO.replace("      weight: 60%\n", "").replace("      weight: 40%\n", "")
    assert not any(name.startswith("index") and name != "index: given" for name in columns(text, "school"))


def test_the_units_of_what_comes_out() -> None:
    epoch = checked(TWO + RATINGS).epochs[0]
    assert {str(column(epoch, "school", name).type.unit) for name in ("progress", "index", "index: unrounded")} == {
        "points"
    }
    mean = ONE.replace("rate: on_time_diploma", "mean: class_of")
    assert marked(mean) == [("T026", "class_of")]


def test_a_rule_may_use_what_comes_out() -> None:
    text = TWO + RATINGS + "definitions:\n  district:\n    worst: count(schools where rating = F)\n"
    assert column(checked(text).epochs[0], "district", "worst").type.bounded


# -- complaints -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("district, state", "distrct, state", [("N001", "distrct")], id="level"),
        pytest.param("school, district", "enrollment, district", [("N017", "enrollment")], id="level-of-many-codes"),
        pytest.param("students where", "studnts where", [("N008", "studnts")], id="cohort"),
        pytest.param("in_four_year_cohort", "in_cohort", [("N001", "in_cohort")], id="filter"),
        pytest.param("on_time_diploma", "diploma", [("N001", "diploma")], id="rate"),
        pytest.param("on_time_diploma", "class_of", [("T005", "class_of")], id="rate-of-no-test"),
        pytest.param("on_time_diploma", "on_time_diploma\n      scale: cut", [("N001", "cut")], id="scale"),
        pytest.param("on_time_diploma", "on_time_diploma\n      at: class_of", [("T025", "class_of")], id="at"),
        pytest.param("on_time_diploma", "on_time_diploma\n      how: upp\n      round: 1", [("N005", "upp")], id="mode"),
        pytest.param(
            "on_time_diploma", "on_time_diploma\n      applies_when: highest = 12", [("N001", "highest")], id="applies"
        ),
        pytest.param(
            "on_time_diploma", "on_time_diploma\n      weight: heavy", [("N001", "heavy")], id="weight"
        ),
        pytest.param("  indicators:", "  student_groups: [some]\n  indicators:", [("N001", "some")], id="group"),
        pytest.param("  indicators:", "  cite: law 1\n  indicators:", [("N009", "law")], id="cite"),
        pytest.param("  indicators:", "  rated_when: x = 1\n  indicators:", [("N001", "x")], id="rated-when"),
    ],
)  # fmt: skip
def test_a_complaint_comes_once_for_all_levels(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert marked(ONE.replace(old, new)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(TWO.replace("40%", "30%"), [("T027", "60%")], id="weights"),
        pytest.param(TWO.replace("60%", "3").replace("40%", "2"), [], id="bare-weights"),
        pytest.param(TWO.replace("      weight: 40%\n", ""), [("N024", "literacy")], id="no-weight"),
        pytest.param(TWO.replace("60%", "100%").replace("40%", "none"), [], id="none"),
        pytest.param(TWO + RATINGS.replace("index", "indx"), [("N001", "indx")], id="ratings"),
        pytest.param(TWO + RATINGS.replace(">= 90", ">= 90%"), [("T003", "90%")], id="percent"),
        pytest.param(TWO.replace("value: growth", "value: enrolled"), [("N001", "enrolled")], id="value"),
        pytest.param(TWO + "definitions:\n  school:\n    index: 1\n", [("N018", "index")], id="taken"),
    ],
)
def test_weights_and_ratings(text: str, expected: list[tuple[str, str]]) -> None:
    assert marked(text) == expected


TABLE = """\
data:
  school:
    columns:
      kind:
        values: [primary, high]
      growth:
        unit: points
accountability:
  for: [school]
  indicators:
    progress:
      value: growth
  weights:
    inputs:
      kind: kind
    rows: |
      | kind    | progress |
      | primary | 100%     |
"""


def test_a_table_of_weights_is_a_decision_table() -> None:
    assert codes(TABLE) == ["T021"]
    assert codes(TABLE + "      | high    | -        |\n") == []
    assert codes(TABLE + "      | high    | -        |\n      | primary | 100%     |\n") == ["T020"]
    assert codes(TABLE + "      | -       | 100%     |\n") == []


CHART = "  missing_indicator:\n    chart: |\n      | progress | litracy |\n      | -        | 100%    |\n"
TWICE = "      weight: 100%\n  weights:"
POOLED = "      minimum_n:\n        count: 9\n        then:\n          - pool_earlier_years:\n              until: 9\n              up_to_years: 2\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(TWO + CHART, [("N019", "litracy")], id="chart"),
        pytest.param(TABLE.replace("progress |", "progres |") + "      | high    | -        |\n", [("N019", "progres")], id="table"),
        pytest.param(
            ONE.replace("students where", "top 3 students by class_of where"),
            [("N020", "top 3 students by class_of where in_four_year_cohort")], id="top",
        ),
        pytest.param(ONE.replace("students where in_four_year_cohort", "occupations"), [("N021", "occupations")], id="way"),
        pytest.param(ONE + POOLED, [("N022", "graduation")], id="pooling"),
        pytest.param(TABLE.replace("  weights:", TWICE) + "      | high    | -        |\n", [("N023", "100%")], id="twice"),
    ],
)  # fmt: skip
def test_what_does_not_go_together(text: str, expected: list[tuple[str, str]]) -> None:
    assert marked(text) == expected


# -- points ---------------------------------------------------------------------------------------------------------

POINTS = "points:\n  worth:\n    of: student\n    lines:\n      - 10: graduated\n      - 5: exam_pass\n      - 0: otherwise\n"


def test_points_are_their_ends_and_the_line_that_gave_them() -> None:
    epoch = checked(POINTS).epochs[0]
    assert columns(POINTS, "student") == {"worth", "worth: lowest", "worth: highest", "worth: line"}
    added = POINTS + "    add:\n      - 2: internship\n"
    assert columns(added, "student") == {"worth", "worth: lowest", "worth: highest", "worth: line", "worth: added"}
    worth = column(epoch, "student", "worth")
    assert str(worth.type.unit) == "points" and worth.type.bounded and worth.path == "points.worth"


@pytest.mark.parametrize("take", ["highest", "first", "sum"])
@pytest.mark.parametrize("line", ["3: internship", "2 * 3: internship", "-3: internship"])
def test_points_of_every_kind(take: str, line: str) -> None:
    text = POINTS.replace("    lines:\n", f"    take: {take}\n    lines:\n      - {line}\n")
    assert codes(text) == []
    assert codes(text.replace("      - 0: otherwise\n", "")) == []


def test_complaints_about_points() -> None:
    assert marked(POINTS.replace("of: student", "of: pupil")) == [("N001", "pupil")]
    assert marked(POINTS.replace("graduated", "gradated")) == [("N001", "gradated")]
    assert marked(POINTS + "definitions:\n  student:\n    worth: 1\n") == [("N018", "worth")]


BARE = """\
data:
  school:
    columns:
      growth:
        unit: points
      level:
        unit: number
bands:
  grade:
    of: points
    gives: points
    rows: |
      | under 50 | 0 |
      | from 50  | 1 |
tables:
  grade_of:
    inputs:
      grew: growth
    gives: points
    rows: |
      | grew     | result |
      | under 50 | 0      |
      | from 50  | 1      |
accountability:
  for: [school]
  indicators:
    graduation:
      cohort: students where in_four_year_cohort
      rate: on_time_diploma
      {}
      weight: 60%
    progress:
      value: level
      weight: 40%
"""


@pytest.mark.parametrize(
    "how", ["scale: grade", "score: grade(rate)", "score: grade_of", "score: if rate > 50 then 4 else n"]
)
def test_points_in_bare_numbers_are_points(how: str) -> None:
    """Bands, tables and scores that are written in bare numbers alone are weighed as others are."""
    assert codes(BARE.replace("{}", how)) == []
    made = checked(BARE.replace("{}", how)).epochs[0].definitions
    (index,) = [one for one in made if (one.entity, one.name) == ("school", "index")]
    assert str(index.type) == "a number of points"


def test_the_columns_of_caps_steps_and_limits() -> None:
    text = ONE + (
        "      capped:\n        few:\n          when: exam_pass\n          at_most: 5\n"
        "      steps:\n        half: rate / 2\n      score: half + prior.rate\n      at_most: 100\n      zero_when: n < 3\n"
    )
    rows = {f"graduation: {part}" for part in ("row counts", "row numerator", "row few", "row uncapped", "few")}
    assert columns(text, "student") == rows
    scored = "rate, prior rate, half, score, before limits, zero, few, few at most, few counted, few reached, few at most 1 earlier"
    before = "n 1 earlier, numerator 1 earlier, numerator at most 1 earlier"
    assert columns(text, "school") == (
        of("graduation", f"{COUNTED}, numerator at most, {WEIGHED}, {scored}, {before}") | INDEX
    )
    assert columns(text, "state") >= {"graduation: rated year"}


def test_the_columns_of_several_years() -> None:
    text = ONE + (
        "      cohort_year: class_of\n      undetermined_students: not_met\n      over_years:\n        years: 2\n"
        "        how: mean_of_years\n"
    )
    parts = ("n", "numerator", "calculated", "rate")
    years = {f"graduation: {part} {year}" for part in parts for year in ("this year", "1 earlier")}
    assert columns(text, "school") == of("graduation", f"{COUNTED}, {WEIGHED}, years") | years | INDEX
    assert columns(text.replace("mean_of_years", "pooled"), "school") == (
        of("graduation", f"{COUNTED}, {WEIGHED}, years") | {one for one in years if ": rate " not in one} | INDEX
    )

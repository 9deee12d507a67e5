"""Determinations and the priority list as computed columns."""

from __future__ import annotations

import pytest

from engine.types.checked import DefinitionUse
from tests.types.policies import check, checked, codes, column, marked

LIST = "priority_list:\n  list: credential\n  when: proctored\n"
ON_THE_ROW = {
    "list_exception", "exception_tier", "qualifies", "list_rank", "within_limit", "listed_before", "was_listed", "stays",
    "honored", "tier_line", "list_status", "is_listed", "tier", "cut_score",
}  # fmt: skip
ON_STATE = {"list_in_force", "ranked_rows", "cut_score"}


def columns(text: str, entity: str) -> set[str]:
    return {one.name for one in checked(text).epochs[0].definitions if one.entity == entity}


# -- determinations -------------------------------------------------------------------------------------------------

DETERMINATION = "determinations:\n  approval:\n    of: program\n    by: Governor\n"


def test_a_determination_is_true_false_or_awaited() -> None:
    policy = checked(DETERMINATION + "definitions:\n  program:\n    open: approval and completers >= 16\n")
    found = column(policy.epochs[0], "program", "approval")
    assert found.role == "determination" and found.type.kind == "truth" and found.type.nullable
    assert [one.name for one in policy.epochs[0].definitions] == ["approval", "open"]


def test_a_determination_is_about_rows_of_one_code() -> None:
    assert marked("determinations:\n  approval:\n    of: labor_market\n    by: Governor\n") == [
        ("N017", "labor_market")
    ]


@pytest.mark.parametrize(
    ("expires", "expected"), [("2 years", []), ("2", ["T022"]), ("completers", ["T022"]), ("$5", ["T022"])]
)
def test_it_expires_after_a_length_of_time(expires: str, expected: list[str]) -> None:
    assert codes(DETERMINATION + f"    expires: {expires}\n") == expected


def test_what_it_needs_is_a_column_of_its_record() -> None:
    assert codes(DETERMINATION + "    needs: [decided_on, document]\n") == []
    assert marked(DETERMINATION + "    needs: [documnet]\n") == [("N001", "documnet")]


# -- the priority list ----------------------------------------------------------------------------------------------


def test_the_columns_of_a_list() -> None:
    assert columns(LIST, "credential") == ON_THE_ROW
    assert columns(LIST, "state") == ON_STATE


def test_ties_that_are_left_off_need_the_rank_from_below() -> None:
    text = LIST + "  rank_by: clock_hours desc\n  limit: 150\n"
    assert "rank_from_below" not in columns(text, "credential")
    assert "rank_from_below" in columns(text + "  on_tie_at_limit: leave_off\n", "credential")


def test_a_rule_may_use_the_columns_of_the_list() -> None:
    policy = checked(LIST + "definitions:\n  attainment:\n    counts: credential.is_listed\n")
    epoch = policy.epochs[0]
    found = column(epoch, "attainment", "counts")
    assert found.expr is not None and epoch.uses[found.expr.id] == DefinitionUse("credential", "is_listed")


def test_the_score_of_the_last_may_keep_others() -> None:
    text = (
        LIST + "  rank_by: clock_hours desc\n  limit: 150\n"
        "  stay:\n    for: 1 year\n    when: clock_hours >= cut_score - 2\n"
    )
    found = column(checked(text).epochs[0], "credential", "cut_score")
    assert str(found.type.unit) == "hour"


def test_tiers_are_values_in_their_order() -> None:
    text = LIST + "  tiers:\n    - premier: exam_required\n    - core: otherwise\n"
    found = column(checked(text).epochs[0], "credential", "tier").type
    assert found.kind == "enum" and found.values == ("premier", "core", "not_listed")
    assert codes(text + "definitions:\n  credential:\n    top: tier = premier\n") == []
    assert marked(text + "definitions:\n  credential:\n    top: tier = premir\n") == [("N005", "premir")]


def test_every_column_bears_the_path_of_what_the_author_wrote() -> None:
    text = LIST + "  rank_by: clock_hours desc\n"
    paths = {one.name: one.path for one in checked(text).epochs[0].definitions if one.entity == "credential"}
    assert paths["qualifies"] == "priority_list.when" and paths["list_rank"] == "priority_list.rank_by"
    assert all(path.startswith("priority_list.") for path in paths.values())


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("  limit: half\n", [("N001", "half")]),
        ("  limit: name\n", [("T002", "name")]),
        ("  limit: 10%\n", [("T003", "10%")]),
        ("  in_force: 3\n", [("T022", "3")]),
        ("  rank_by: kind\n", [("T010", "kind")]),
        ("  rank_by: clock_hourz\n", [("N001", "clock_hourz")]),
        ("  stay:\n    for: 1\n", [("T022", "1")]),
        ("  stay:\n    when: name\n", [("T005", "name")]),
        ("  sunset:\n    honor_for: clock_hours\n", [("T022", "clock_hours")]),
        ("  tiers:\n    - core: name\n", [("T005", "name")]),
    ],
)
def test_a_mistake_in_a_list_is_marked_where_it_stands(line: str, expected: list[tuple[str, str]]) -> None:
    assert marked(LIST + line) == expected


def test_an_exception_to_a_tier_that_the_list_does_not_have() -> None:
    text = (
        "sources:\n  code-12:\n    title: Code\n"
        + LIST
        + "  tiers:\n    - premier: exam_required\n    - core: otherwise\n"
        "  exceptions:\n    welding:\n      key: aws-cw\n      verdict: listed\n      tier: premire\n"
        "      decided_by: Board\n      because: it moves\n      cite: code-12 (f)\n"
    )
    (told,) = check(text)[1]
    assert (told.code, told.span.text, told.help[0]) == ("N005", "premire", "did you mean `premier`?")

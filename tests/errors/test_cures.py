"""What a message offers to write, for mistakes that beginners make."""

from __future__ import annotations

import pytest

from engine.text.diagnostic import Diagnostic
from tests.errors.front import check_policy_text

HEAD = "policy: xx/example\njurisdiction: US-XX\nsources:\n  code-12-3:\n    title: State Code 12\n"
TIERS = "priority_list:\n  list: credential\n  when: proctored\n"


def parameter(value: str, unit: str = "", cite: str = "code-12-3 (a)") -> str:
    unit_line = f"    unit: {unit}\n" if unit else ""
    return f"parameters:\n  most:\n{unit_line}    cite: {cite}\n    values:\n      2024-07-01: {value}\n"


def defined(formula: str, entity: str = "labor_market") -> str:
    return f"definitions:\n  {entity}:\n    one: {formula}\n"


def told(text: str, code: str) -> Diagnostic:
    found = [one for one in check_policy_text(HEAD + text) if one.code == code]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "code", "cure"),
    [
        (parameter("43,900", "USD/year"), "S012", "write `$43,900`"),
        (parameter("-43,900.50", "USD"), "S012", "write `-$43,900.50`"),
        (parameter("43,900"), "S012", "write `43900`, or `$43,900` for an amount of money"),
        (parameter("5", cite="Zeta Code 5-1"), "N009", "begin with the name of a source, such as `code-12-3 5-1`"),
        (parameter("5", cite="code-12-4 (a)"), "N009", "did you mean `code-12-3`?"),
        ("school_year: 2026-2027\n", "Y044", "write `2026-27`"),
        ("school_year_begins: July 1\n", "Y044", "write `07-01`"),
        (defined("area is known").replace("one:", "Good Job:"), "Y044", "write `good_job`"),
        (
            "years:\n  paid: class of award_date\nentities:\n  a:\n    group: credential\n    by: name\n",
            "Y042",
            "`- name`",
        ),
        (defined("area = US-ZZ"), "T018", 'write `"US-ZZ"`'),
        (defined("area in {US-ZZ, jurisdiction.area}"), "T018", 'write `"US-ZZ"`'),
        (defined("occupation = 15-1252"), "T018", 'write `"15-1252"`'),
        (TIERS + "  tiers:\n    - core: otherwize\n", "N001", "the last line of a choice is `otherwise`"),
        (TIERS + "  tiers:\n    -a: proctored\n    -core: otherwise\n", "Y042", "put a blank after each `-`: `- a: …`"),
        (TIERS + "  tiers:\n    - a: proctored\n    -core: otherwise\n", "Y026", "`- core: otherwise`"),
        (TIERS + "  rank_by: clock_hours descending\n", "S001", "write `clock_hours desc`"),
        (TIERS + "  rank_by: clock_hours ascending then name\n", "S001", "write `clock_hours`: the least stands first"),
        (TIERS + "  rank_by: clock_hours DESC\n", "S006", "write `desc`"),
        (TIERS + "  limit: 2.5\n", "T024", "write a whole number, 0 or more"),
        (
            "eligibility:\n  heard:\n    of: credential\n    when: max(credits over articulations)\n",
            "T005",
            "compare it with something, such as `max(…) >= 3`",
        ),
        (
            "eligibility:\n  paid:\n    of: labor_market\n    when: annual_median\n",
            "T005",
            "compare it with something, such as `annual_median >= $3/year`",
        ),
    ],
)
def test_cure(text: str, code: str, cure: str) -> None:
    assert any(cure in help for help in told(text, code).help), told(text, code).help


def test_a_name_that_cannot_be_used_is_not_offered() -> None:
    text = "definitions:\n  credential:\n    good-job: proctored\n    both: godd_job\n"
    assert all("good-job" not in help for help in told(text, "N001").help)


def test_where_a_policy_to_extend_is_put() -> None:
    (found,) = check_policy_text("policy: zz/child\nextends:\n  - zz/t\n")
    assert found.code == "N080"
    assert found.help[1].startswith("put it at `policies/zz/t.yaml`, in a folder called `policies` above this file")


def test_a_comment_that_ends_a_sentence_goes_on_a_line_above_it() -> None:
    (found,) = check_policy_text("policy: xx/example\ntitle: Credentials # of value\n")
    assert found.help == (
        'if it belongs to the text, put the text in quotes: `"Credentials # of value"`',
        "if it is a comment, put it on the line above: `# of value`",
    )

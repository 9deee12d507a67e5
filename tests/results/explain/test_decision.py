"""Why a decision of people does not count: each way in which one may fall short, worked by hand."""

from __future__ import annotations

import pytest

from engine.execution.dataset import dataset_from_rows
from engine.results.explain.explain import explain
from engine.results.explain.explanation import Explanation
from engine.results.explain.personal import without_personal
from engine.results.run import run_policy
from engine.views.explanation import render_explanation
from tests.results.small import AS_OF, POLICY, ROWS, checked_policy

ASKED = POLICY.replace(
    "    by: Governor\n", "    by: Governor\n    needs: [decided_on, document, authority]\n    expires: 2 years\n"
)
"""The day of the run is 2026-07-01."""


def told(*decisions: dict[str, str], policy: str = ASKED) -> Explanation:
    """Why P-4 is approved or not, where these decisions on it are on record."""
    checked = checked_policy(policy)
    common = {"name": "governor_approval", "entity": "program", "subject": "P-4", "decision": "yes"}
    records = [*ROWS["determination"], *({**common, **one} for one in decisions)]
    dataset = dataset_from_rows(checked.tables, {**ROWS, "determination": records}, as_of=AS_OF, jurisdiction="US-XX")
    return explain(run_policy(checked, dataset, AS_OF, "reference"), "program", ("P-4",), "governor_approval")


WHOLE = {"document": "letter 12", "authority": "Governor"}
OF = "governor_approval of program P-4 (Roofing)"


@pytest.mark.parametrize(
    ("decisions", "said", "row"),
    [
        ([], f"no decision on {OF} is on record; it is awaited from Governor", 4),
        # two years from 2024-07-01 end with the day before the run
        ([{"decided_on": "2024-07-01", **WHOLE}], f"the decision of 2024-07-01 on {OF} stopped counting on 2026-07-01", 4),
        ([{"decided_on": "2023-08-01", **WHOLE}], f"the decision of 2023-08-01 on {OF} stopped counting on 2025-08-01", 4),
        # its own last day is earlier than the two years
        (
            [{"decided_on": "2025-08-01", "expires_on": "2026-06-30", **WHOLE}],
            f"the decision of 2025-08-01 on {OF} stopped counting on 2026-07-01", 4,
        ),
        (
            [{"decided_on": "2021-01-01", **WHOLE}, {"decided_on": "2023-08-01", **WHOLE}],
            f"the decision of 2023-08-01 on {OF} stopped counting on 2025-08-01", 5,
        ),
        (
            [{"decided_on": "2026-05-01", "authority": "Governor"}],
            f"the decision of 2026-05-01 on {OF} does not count: it has no document", 4,
        ),
        (
            [{"decided_on": "2026-05-01"}],
            f"the decision of 2026-05-01 on {OF} does not count: it has no document and no authority", 4,
        ),
        ([{"decided_on": "2026-07-02", **WHOLE}], f"the decision of 2026-07-02 on {OF} is later than the as-of date", 4),
    ],
)  # fmt: skip
def test_why_no_decision_counts(decisions: list[dict[str, str]], said: str, row: int) -> None:
    found = told(*decisions)
    (one,) = found.responsible
    assert one.text == said and found.sentence.endswith(f"cannot be told, because {said}.")
    assert one.place is not None and one.place.line == row, "the record, or the program where there is none"
    assert one.place.entity == ("determination" if decisions else "program")


@pytest.mark.parametrize(
    "decision",
    [
        {"decided_on": "2024-07-02", **WHOLE}, {"decided_on": "2026-07-01", **WHOLE},
        {"decided_on": "2025-08-01", "expires_on": "2026-07-01", **WHOLE},
    ],
)  # fmt: skip
def test_a_decision_that_counts_leaves_nothing_open(decision: dict[str, str]) -> None:
    assert told(decision).value is True and told(decision).responsible == ()


def test_the_page_names_the_file_and_line_of_the_record() -> None:
    page = render_explanation(told({"decided_on": "2023-08-01", **WHOLE}))
    assert (
        " ".join(page.split()).count(f"the decision of 2023-08-01 on {OF} stopped counting on 2025-08-01, row 4") == 1
    )
    assert max(map(len, page.splitlines())) <= 80


def test_a_policy_that_names_nobody_and_nothing() -> None:
    plain = POLICY.replace("    by: Governor\n", "")
    (one,) = told(policy=plain).responsible
    assert one.text == f"no decision on {OF} is on record"
    assert told({"decided_on": "2001-01-01"}, policy=plain).value is True, "it counts for ever"
    assert without_personal(told(policy=plain)).responsible == (one,)

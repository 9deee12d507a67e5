"""Findings cured in the file: what is written, what is left, and that a file says the same before and after."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import api
from engine.text.diagnostic import Diagnostics
from engine.types.lint.same_meaning import plain
from tests.house.checkout import ROOT

HEAD = "policy: xx/fix\n"
RULES = HEAD + "definitions:\n  program:\n    # kept\n    one: {rule} # kept too\n    two: completers >= 5\n"


def fixed(text: str, folder: Path) -> tuple[str, list[str]]:
    """The text of a policy after its findings were cured, and their codes."""
    file = folder / "policy.yaml"
    file.write_text(text, encoding="utf-8", newline="")
    made = [one.code for one in api.fix([file]).made]
    return file.read_bytes().decode("utf-8"), made


@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        ("stackable = true", "stackable", ["L010"]),
        ("stackable = false", "not stackable", ["L010"]),
        ("stackable != true", "not stackable", ["L010"]),
        ("(stackable or portable) = false", "not (stackable or portable)", ["L010"]),
        ("(stackable or portable) = true and two", "(stackable or portable) and two", ["L010"]),
        ("not not two", "two", ["L022"]),
        ("two and not (not (stackable or portable))", "two and (stackable or portable)", ["L022"]),
        ("not (clock_hours != 150)", "clock_hours = 150", ["L022"]),
        ("not (clock_hours not in {150, 300})", "clock_hours in {150, 300}", ["L022"]),
        ("not (clock_hours is missing)", "clock_hours is known", ["L022"]),
        ("not (stackable = false)", "not (not stackable)", ["L010"]),
        ("two and (stackable) and (two)", "two and (stackable)", ["L020"]),
        ("two or two or two", "two", ["L020", "L020"]),
        ("clock_hours >= 150 and two and clock_hours >= 100", "clock_hours >= 150 and two", ["L020"]),
        ("clock_hours >= 150 or two or clock_hours > 200", "clock_hours >= 150 or two", ["L020"]),
        ("clock_hours in {150, 300, 150}", "clock_hours in {150, 300}", ["L020"]),
        ('name = "a ""b""" and name = "a ""b"""', 'name = "a ""b"""', ["L020"]),
    ],
)
def test_a_condition_in_plainer_words(before: str, after: str, codes: list[str], tmp_path: Path) -> None:
    text, made = fixed(RULES.format(rule=before), tmp_path)
    assert made[: len(codes)] == codes
    while "not (not stackable)" in after:  # what comes to light is cured too
        after, codes = "stackable", [*codes, "L022"]
    assert (text, made) == (RULES.format(rule=after), codes)


@pytest.mark.parametrize(
    "rule",
    [
        "clock_hours >= 100 and two and clock_hours >= 150",  # the first part would have to go, and its `and`
        "(stackable or two) and two",  # a part that may be not applicable alone
        "at_least(2, two, stackable, two)",  # it counts twice
        "(tuition_and_fees / clock_hours) * clock_hours >= $3",  # a quotient is rounded where it stands
    ],
)
def test_what_might_mean_something_else_is_left(rule: str, tmp_path: Path) -> None:
    text = RULES.format(rule=rule)
    assert fixed(text, tmp_path) == (text, [])


CRITERION = """policy: xx/fix
sources:
  code:
    title: State Code
    url: https://example.gov/code
    read: 2026-09-01
criteria:
  program:
    short:
      not_applicable_when: stackable
      test: clock_hours < 600
      because: it is short
      cite: code (a)
definitions:
  program:
    one: short = true
"""


def test_what_may_be_not_applicable_keeps_its_comparison(tmp_path: Path) -> None:
    """Compared with an answer, what is not applicable is undetermined."""
    assert [found.code for found in api.check([_written(CRITERION, tmp_path)]).diagnostics] == ["L010"]
    assert fixed(CRITERION, tmp_path) == (CRITERION, [])


def _written(text: str, folder: Path) -> Path:
    file = folder / "policy.yaml"
    file.write_text(text, encoding="utf-8")
    return file


SOURCES = """policy: xx/fix
sources:
  one:
    title: One
    url: https://example.gov/one
    read: 2026-09-01

  # about two
  two:
    title: Two
    url: https://example.gov/two
    read: 2026-09-01
  three:
    title: Three
    url: https://example.gov/three
    read: 2026-09-01
  # the end
definitions:
  program:
    one: completers >= 5
"""


def test_sources_that_nobody_cites_are_taken_out_and_comments_are_kept(tmp_path: Path) -> None:
    text, made = fixed(SOURCES, tmp_path)
    lines = SOURCES.splitlines(keepends=True)
    assert text == "".join(lines[:2] + lines[6:12] + lines[16:])
    assert made == ["L002", "L002"]


def test_the_last_of_a_section_takes_the_section_along(tmp_path: Path) -> None:
    rule = "definitions:\n  program:\n    one: completers >= 5\n"
    accepted = "lint:\n  none:\n    code: L005\n    because: there is none\n"
    assert fixed(HEAD + accepted + rule, tmp_path) == (HEAD + rule, ["L012"])
    assert fixed(HEAD + rule + accepted, tmp_path) == (HEAD + rule, ["L012"])
    commented = accepted.replace("lint:", "lint: # of ours")
    assert fixed(HEAD + rule + commented, tmp_path) == (HEAD + rule + commented, [])


def test_a_source_that_an_heir_may_cite_stays(tmp_path: Path) -> None:
    folder = tmp_path / "policies" / "xx"
    folder.mkdir(parents=True)
    base, heir = folder / "fix.yaml", folder / "heir.yaml"
    base.write_text(SOURCES, encoding="utf-8")
    heir.write_text("policy: xx/heir\nextends:\n  - xx/fix\n", encoding="utf-8")
    assert api.fix([base]).made == ()
    heir.unlink()
    assert [one.code for one in api.fix([base]).made] == ["L002", "L002"]


def test_a_file_with_an_error_is_left(tmp_path: Path) -> None:
    text = RULES.format(rule="not not two") + "    three: nobody >= 3\n"
    assert fixed(text, tmp_path) == (text, [])


def test_what_is_accepted_is_left(tmp_path: Path) -> None:
    text = RULES.format(rule="not not two") + "lint:\n  so:\n    code: L022\n    because: the law says it so\n"
    assert fixed(text, tmp_path) == (text, [])


def test_marks_and_ends_of_lines_stay(tmp_path: Path) -> None:
    text = "\ufeff" + RULES.format(rule="not not two").replace("\n", "\r\n")
    assert fixed(text, tmp_path) == (text.replace("not not two", "two"), ["L022"])


FOLDED = """policy: xx/fix
definitions:
  program:
    one: >-
      not not stackable
      and completers >= 5
      and (portable or completers >= 5 or completers >= 9)
      and completers >= 3
    two: 'not (not stackable) and name != "x" and not (not stackable)'
    three: "stackable and name = \\"x\\" and stackable"
"""


def test_texts_of_several_lines_and_in_quotes(tmp_path: Path) -> None:
    text, _ = fixed(FOLDED, tmp_path)
    assert text == (
        "policy: xx/fix\ndefinitions:\n  program:\n    one: >-\n      stackable\n      and completers >= 5\n"
        "      and (portable or completers >= 5)\n"
        "    two: 'stackable and name != \"x\"'\n"
        '    three: "stackable and name = \\"x\\" and stackable"\n'  # in the midst of `\\"` no cut is safe
    )


def test_a_second_time_there_is_nothing_to_do_and_the_meaning_is_the_same(tmp_path: Path) -> None:
    for number, text in enumerate((FOLDED, SOURCES, RULES.format(rule="two and not (stackable = true) and two"))):
        folder = tmp_path / str(number)
        folder.mkdir()
        file = _written(text, folder)
        before = api.load(file, Diagnostics())
        assert api.fix([file]).made
        once = file.read_bytes()
        after = api.load(file, Diagnostics())
        assert before is not None and after is not None
        assert plain(before.policy) == plain(after.policy)
        assert before.policy != after.policy
        assert api.fix([file]).made == ()
        assert file.read_bytes() == once


def test_other_words_for_something_else_are_not_the_same(tmp_path: Path) -> None:
    texts = ("two and stackable", "two or stackable", "two", "not two", "two = false and stackable", "two and portable")
    found = [api.load(_written(RULES.format(rule=rule), tmp_path), Diagnostics()) for rule in texts]
    plainest = [plain(one.policy) for one in found if one is not None]
    assert len(plainest) == len(texts)
    assert all(one != other for at, one in enumerate(plainest) for other in plainest[:at])


def test_the_bundled_policies_have_nothing_to_cure(tmp_path: Path) -> None:
    for file in sorted((ROOT / "policies").rglob("*.yaml")):
        if not file.name.endswith(".cases.yaml"):
            policy = api.load(file, Diagnostics())
            assert policy is not None
            assert all(found.fix is None for found in api.check([file]).diagnostics)

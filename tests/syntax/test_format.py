"""Formatting of whole files: expressions, tables, brackets with money; and what holds of every file that we ship."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.syntax.format import format_source
from engine.syntax.parse_policy import parse_policy
from engine.text.diagnostic import Diagnostic, Diagnostics
from engine.text.errors import EngineBug
from engine.text.layout import lay_out as right
from engine.text.read import read_document
from engine.text.source import Source
from tests.house.checkout import ROOT
from tests.syntax.policies import MAXIMAL

FILES = sorted(
    path
    for folder in ("policies", "examples", "engine/commands/starter")
    for path in (ROOT / folder).rglob("*.yaml")
    if path.name != "workflow.yaml"
)
BLOCKS = [
    (f"{page.name}:{at}", block)
    for page in sorted((ROOT / "docs").glob("*.md"))
    for at, block in enumerate(re.findall(r"^```yaml\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S))
]


def tried(text: str) -> tuple[str | None, tuple[Diagnostic, ...]]:
    diagnostics = Diagnostics()
    return format_source(Source("test.yaml", text), diagnostics), diagnostics.sorted()


def formatted(text: str) -> str:
    found, complaints = tried(text)
    assert found is not None and complaints == (), complaints
    return found


# -- expressions ----------------------------------------------------------------------------------------------------

HEAD = "policy: xx/test\n"


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("count( endorsements  where decision=endorse )", "count(endorsements where decision = endorse)"),
        ("(a+b)*(c)", "(a + b) * c"),
        ("not a = b", "not (a = b)"),
        ("$1250 + 3", "$1,250 + 3"),
        ("a<=2026-07-01", "a <= 2026-07-01"),
        ("9-12", "9-12"),
        ('"x = y"', "'\"x = y\"'"),
        ("a\n      and b", "a and b"),
        ("at_least( 2, a,  b )", "at_least(2, a, b)"),
    ],
)
def test_a_definition_is_printed_in_one_way(written: str, wanted: str) -> None:
    shell = HEAD + "definitions:\n  student:\n    x: {}\n"
    # what begins with a quote is quoted for YAML before and after
    given = f"'{written}'" if written.startswith('"') else written
    assert formatted(shell.format(given)) == shell.format(wanted)


def test_a_long_test_is_broken_before_and_or_and_else() -> None:
    names = [f"a_condition_with_a_long_name_{at}" for at in range(6)]
    chain = "if a then {} else if b then {} else {}".format(*(name * 2 for name in names[:3]))
    text = HEAD + f"definitions:\n  student:\n    x: {' and '.join(names)}\n    z: {chain}\n"
    lines = formatted(text).splitlines()
    assert lines[3:10] == ["    x: >-", f"      {names[0]}", *(f"      and {name}" for name in names[1:])]
    assert lines[10:] == [
        "    z: >-",
        f"      if a then {names[0] * 2}",
        f"      else if b then {names[1] * 2}",
        f"      else {names[2] * 2}",
    ]


def test_a_long_part_is_broken_before_the_outermost_clause() -> None:
    inner = " or ".join(f"a_long_column_name_{at}" for at in range(4))
    lines = formatted(
        HEAD + f"definitions:\n  student:\n    x: count(rows where ({inner}) and graduated)\n"
    ).splitlines()
    assert lines[4:] == [f"      count(rows where ({inner})", "      and graduated)"]


def test_an_expression_that_fits_below_its_key_is_not_broken() -> None:
    text = f"{'a' * 50} and {'b' * 54}"
    assert formatted(HEAD + f"definitions:\n  student:\n    x23: {text}\n").splitlines()[3:] == [
        f"    x23: {text}"
    ]  # 118 columns
    assert formatted(HEAD + f"definitions:\n  student:\n    x23456: {text}\n").splitlines()[3:] == [
        "    x23456: >-",
        f"      {text}",
    ]


def test_the_values_in_a_sentence_are_printed_and_its_words_are_kept() -> None:
    text = HEAD + "definitions:\n  student:\n    x:\n      value: 1\n      because: it  is {a+b} and (c) or ={{d}}\n"
    assert formatted(text) == text.replace("{a+b}", "{a + b}")


def test_an_order_is_printed() -> None:
    text = HEAD + "priority_list:\n  list: credential\n  when: a\n  rank_by: (value)  desc   then b asc\n"
    assert formatted(text) == HEAD + "priority_list:\n  list: credential\n  when: a\n  rank_by: value desc then b\n"


def test_texts_are_left_as_they_are() -> None:
    text = HEAD + "title: a+b  and ( c )\nsources:\n  s:\n    title: x=y\n    note: (a)\n"
    assert formatted(text) == text


def test_blanks_at_the_ends_of_lines_go() -> None:
    text = HEAD + "sources:  \n  s:\n    title: >-\n      one  \n      two  \n    note: |-\n      a \n\n      b   \n"
    assert formatted(text) == HEAD + "sources:\n  s:\n    title: one two\n    note: |-\n      a\n\n      b\n"


# -- tables ---------------------------------------------------------------------------------------------------------


def test_the_bars_of_a_table_stand_below_each_other() -> None:
    text = HEAD + (
        "tables:\n  t:\n    inputs:\n      a: a\n    gives: points\n    rows: |\n"
        '      |a|result|\n      |---|:--:|\n      | over 7, up to 10   |x*2|\n\n      | "a|b" |  |\n'
    )
    assert formatted(text).splitlines()[6:] == [
        "    rows: |",
        "      | a                | result |",
        "      | ---------------- | :----: |",
        "      | over 7, up to 10 | x*2    |",
        '      | "a|b"            |        |',
    ]


def test_so_do_those_of_rows_that_are_given() -> None:
    text = "cases_of: xx/test\ngiven:\n  student: |-\n    |student_id|a|\n    |s1|  missing: no|\ncases:\n  one:\n    expect: {}\n"
    assert "  student: |\n    | student_id | a           |\n    | s1         | missing: no |\n" in formatted(text)


def test_a_note_between_bars_is_a_text() -> None:
    text = HEAD + "sources:\n  s:\n    title: t\n    note: |-\n      |a|\n      |long cell|\n"
    assert formatted(text) == text


# -- brackets -------------------------------------------------------------------------------------------------------


def test_money_in_braces_becomes_a_block_where_it_is_sure() -> None:
    text = HEAD + "parameters:\n  cap:\n    unit: USD\n    values: {2026-07-01: $3,500, FY2028: $12,500,000.50}\n"
    assert (
        tried(text.replace(", FY2028", ",FY2028"))[0]
        == formatted(text)
        == HEAD
        + ("parameters:\n  cap:\n    unit: USD\n    values:\n      2026-07-01: $3,500\n      FY2028: $12,500,000.50\n")
    )


@pytest.mark.parametrize(
    ("inside", "below"),
    [
        ("{mean: $5}", "mean: $5"),
        ("{mean: 5%, likely: 2}", "mean: 5%\n    likely: 2"),
        ("{$5: a}", "$5: a"),
        ("[10%, $5]", "- 10%\n    - $5"),
        ("[a, [b, $5]]", "- a\n    - - b\n      - $5"),
    ],
)
def test_what_is_no_plain_number_leaves_its_brackets_though_no_comma_is_in_it(inside: str, below: str) -> None:
    text = "scenario: a\nset:\n  x: {}\n"
    found = formatted(text.format(inside))
    assert found == f"scenario: a\nset:\n  x:\n    {below}\n" and formatted(found) == found


@pytest.mark.parametrize("inside", ["{a: $3,500, 12}", "{a: 1,250 b}", "{a: $3,50}", "{some prose, and more}"])
def test_and_stays_with_its_complaint_where_it_is_not(inside: str) -> None:
    found, complaints = tried(HEAD + f"parameters:\n  cap:\n    values: {inside}\n")
    assert found is None
    assert [one.code for one in complaints] == ["Y019"]


# -- what is left alone ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("policy: xx/a\ntitle: 'x\n", "Y02"),
        ("policy: xx/a\npolicy: xx/b\n", "Y013"),
        ("policy: xx/a\ndefinitions:\n  student:\n    x: a +\n", "S"),
        ("cases_of: xx/a\nparameters:\n  x: 3 +\ncases:\n  a:\n    expect: {}\n", "S"),
    ],
)
def test_a_file_that_cannot_be_read_is_left_with_its_errors(text: str, code: str) -> None:
    found, complaints = tried(text)
    assert found is None
    assert any(one.code.startswith(code) for one in complaints)


def test_what_breaks_other_rules_is_formatted_without_a_word() -> None:
    text = "policy: xx/a\nnonsense:   1\ndefinitions:\n  student:\n    x: unknown+1\n"
    assert formatted(text) == "policy: xx/a\nnonsense: 1\ndefinitions:\n  student:\n    x: unknown + 1\n"


def test_a_file_of_another_kind_is_not_formatted() -> None:
    assert tried("name: x\njobs:  {}\n") == (None, ())


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (lambda text: text.replace("a + b", "a + c"), "would not say the same"),
        (lambda text: text.replace("  # why", ""), "would not say the same"),
        (lambda text: text.replace("student:", "student"), "could not be read again"),
    ],
)
def test_what_would_not_say_the_same_is_our_fault(
    broken: Callable[[str], str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.syntax.format.lay_out", lambda document, word: broken(right(document, word)))
    with pytest.raises(EngineBug, match=said):
        tried(HEAD + "definitions:\n  student:\n    x: a+b # why\n")


def test_so_is_what_would_be_formatted_otherwise_a_second_time(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = iter(["a  + b", "a + b"])
    monkeypatch.setattr("engine.syntax.format.lay_out", lambda *given: right(*given).replace("a + b", next(calls)))
    with pytest.raises(EngineBug, match="a second time"):
        tried(HEAD + "definitions:\n  student:\n    x: a+b\n")


# -- every file that we ship ----------------------------------------------------------------------------------------


def check_laws(text: str) -> None:
    once = formatted(text)
    assert formatted(once) == once
    if re.search(r"^policy:", text, re.M):
        assert _policy(once) == _policy(text)


def _policy(text: str) -> object:
    document = read_document(Source("test.yaml", text), Diagnostics())
    assert document is not None
    found = parse_policy(document, Diagnostics())
    assert found is not None
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_file_has_the_layout(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert formatted(text) == text, "run `specie fmt` on it"


def test_the_policy_with_every_section() -> None:
    check_laws(MAXIMAL)


@pytest.mark.parametrize("block", [block for _, block in BLOCKS], ids=[name for name, _ in BLOCKS])
def test_the_examples_of_the_guides(block: str) -> None:
    text = block if re.search(r"^(policy|cases_of|tables):", block, re.M) else HEAD + block
    found, complaints = tried(text)
    if complaints:  # the page shows a mistake
        assert found is None
    else:
        check_laws(text)


SHUFFLED = [ROOT / name for name in (
    "policies/oh/innovative-workforce-incentive.yaml", "policies/co/credential-list.yaml",
    "policies/la/industry-based-credentials.cases.yaml", "examples/state/dataset.yaml",
)]  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(SHUFFLED), st.integers(1, 5), st.integers(0, 2**32))
def test_however_a_file_is_indented_and_spaced_the_same_text_comes_of_it(path: Path, step: int, seed: int) -> None:
    chance = Random(seed)
    lines = formatted(path.read_text(encoding="utf-8")).split("\n")
    for at in [chance.randrange(len(lines)) for _ in range(5)]:
        lines.insert(at, "# a comment put here")
    start = formatted("\n".join(_own_line(lines)))
    spaced = []
    for line in start.split("\n"):
        spaced.append(_indented(line, step) + " " * chance.choice([0, 0, 2]))
        if not line.strip():
            spaced += [""] * chance.randrange(3)
    assert formatted("\n".join(spaced)) == start
    assert formatted("\r\n".join(spaced)).replace("\r\n", "\n") == start


def _own_line(lines: list[str]) -> list[str]:
    """Comments indented as the line below them, and none within a text or table, where they would be part of it."""
    found: list[str] = []
    for at, line in enumerate(lines):
        if line.startswith("# a comment"):
            below = next((one for one in lines[at:] if one and not one.startswith("# a comment")), "")
            if not re.match(r' *(- )*("[^"]*"|[\w#.$ ,-]+):', below) or _within_text(found, below):
                continue
            line = " " * (len(below) - len(below.lstrip())) + line
        found.append(line)
    return found


def _within_text(above: list[str], below: str) -> bool:
    """Whether the line `below` belongs to a text that has begun above it."""
    own = len(below) - len(below.lstrip())
    for line in reversed(above):
        if line.strip() and not line.lstrip().startswith("#") and len(line) - len(line.lstrip()) < own:
            return re.search(r": [|>]-?(  #.*)?$", line) is not None
    return False


def _indented(line: str, step: int) -> str:
    blanks = len(line) - len(line.lstrip(" "))
    return " " * (blanks // 2 * step) + line.lstrip(" ") if line.strip() else ""

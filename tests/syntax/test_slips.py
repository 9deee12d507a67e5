"""What cannot be read: each mistake has its code, its characters and its cure, and nothing stops the engine."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.syntax.expr import (
    And,
    Invalid,
    Name,
    Order,
    OrderKey,
    Rows,
    Sentence,
)
from engine.syntax.parse_expr import (
    parse_order,
    parse_rows,
    parse_sentence,
    parse_test,
    parse_value,
)
from engine.syntax.walk import walk
from engine.text.diagnostic import Diagnostics
from tests.syntax.reading import complaint, scalar, value

a = Name("a")

SLIPS = [
    # text, code, the marked characters, the cure or a part of it
    ("wage floor > 3", "S001", "floor", "`wage_floor`"),
    ("more than", "S001", "than", '`"more than"`'),
    ("2.5 years", "S001", "years", "`18 months`"),
    ("5 percent", "S001", "percent", "`5%`"),
    ("a and and b", "S001", "and", "expected here: a value"),
    ("x from 3 to 5", "S001", "to", "`from … to under …`"),
    ("x over rows", "S001", "over", "`over` belongs into the brackets"),
    ("a, b", "S001", ",", "inside brackets only"),
    ("(if a then b)", "S001", ")", "every `if` has its `else`"),
    ("any(a over b + c)", "S001", "+", "`where`"),
    ("a.5", "S001", "5", "a name"),
    ("a >", "S002", "", "a value"),
    ("x between 1", "S002", "", "`and`"),
    ("if a then b", "S002", "", "`else`"),
    ("  ", "S003", "  ", "write a value"),
    ("x in [a, b]", "S004", "[", "`in {a, b}`"),
    ("a\N{ZERO WIDTH SPACE}b", "S004", "\N{ZERO WIDTH SPACE}", "cannot be seen"),
    ("60 %", "S004", "%", "`60%`"),
    ("a == b", "S005", "==", "write `=`"),
    ("a <> b", "S005", "<>", "write `!=`"),
    ("a => b", "S005", "=>", "write `>=`"),
    ("a && b", "S005", "&&", "write `and`"),
    ("a || b", "S005", "||", "write `or`"),
    ("!a", "S005", "!", "write `not`"),
    ("a ≥ b", "S005", "≥", "write `>=`"),
    ("a ≤ b", "S005", "≤", "write `<=`"),
    ("a ^ 2", "S005", "^", "`x * x`"),
    ("a AND b", "S006", "AND", "write `and`"),
    ("Not a", "S006", "Not", "write `not`"),
    ("TRUE", "S006", "TRUE", "write `true`"),
    ("state in {OH, IN}", "S006", "IN", '`"IN"` in quotes'),
    ("a = 'x y'", "S007", "'x y'", '`"x y"`'),
    ("a = “x”", "S007", "“x”", '`"x"`'),
    ('a = "x', "S008", '"', "close the text"),
    ("f(a, (b)", "S009", "(", "`)`"),
    ("f(a, {b)", "S009", "{", "`}` before this `)`"),
    ("a + b)", "S010", ")", "take it out"),
    ("round(x,1)", "S011", ",", "write `round(x, 1)`"),
    ("a in {b,c}", "S011", ",", "write `a in {b, c}`"),
    ("12,500", "S012", "12,500", "write `12500`"),
    ("max(1,250)", "S012", "1,250", "`1, 250`"),
    ("f(a, )", "S013", ",", "delete the comma"),
    ("a in {b, c,}", "S013", ",", "delete the comma"),
    ("over + 1", "S014", "over", '`"over"`'),
    ("a.by = 1", "S014", "by", "another name"),
    ("a or otherwise", "S014", "otherwise", "last line of a choice"),
    ("150 <= x < 600", "S015", "150 <= x < 600", "`x from 150 to under 600`"),
    ("1 <= x <= 2", "S015", "1 <= x <= 2", "`x between 1 and 2`"),
    ("a < b < c", "S015", "a < b < c", "`a < b and b < c`"),
    ("a in {b} = c", "S015", "a in {b} = c", "in brackets"),
    ("x = missing", "S016", "x = missing", "`x is missing`"),
    ("missing != x.y", "S016", "missing != x.y", "`x.y is known`"),
    ("x in {a, missing}", "S016", "missing", "`x is missing`"),
    ("a = 2026-27", "S017", "2026-27", '`"2026-27"`'),
    ("a = 2026–2027", "S017", "2026–2027", "`2026 - 2027`"),
    ("2026-02-30", "S018", "2026-02-30", "year-month-day"),
    ("31 June of x", "S018", "31 June of", "June has no such day"),
    (".5 * x", "S019", ".5", "write `0.5`"),
    ("5. * x", "S019", "5.", "write `5`"),
    ("1e5", "S019", "1e5", "all the digits"),
    ("20%of x", "S019", "20%of", "a space after `20%`"),
    ("1" * 101, "S019", "1" * 101, "at most 100 digits"),
    ("99999 years", "S019", "99999 years", "four digits"),
    ("sum(a over top 0 b by c)", "S019", "0", "at least 1"),
    ("$5k", "S020", "$5k", "all the digits"),
    ("$ 5", "S020", "$ 5", "`$1,250`"),
    ("min($5,10)", "S020", "$5,10", "`$5, 10`"),
    ("x is not missing", "S021", "is not missing", "`is known`"),
    ("x is not known", "S021", "is not known", "`is missing`"),
    ("x is null", "S021", "is null", "`is missing`"),
    ("x is high", "S021", "is", "to compare write `=`"),
    ("x in (a, b)", "S022", "(", "`in {a, b}`"),
    ("x not in a", "S022", "a", "`in {a}`"),
    ("all(rows where a > b)", "S023", "all", "`all(a > b over rows)`"),
    ("share(rows where (a or b))", "S023", "share", "`share(a or b over rows)`"),
    ("mean(x)", "S024", "mean", "`mean(VALUE over ROWS where FILTER)`"),
    ("avg(x over rows)", "S024", "avg", "write `mean`"),
    ("medain(x over rows)", "S024", "medain", "write `median`"),
    ("round(x over rows)", "S024", "round", "only these go over rows"),
    ("count(a over b)", "S024", "count", "`count(b where a)`"),
    ("first(a over b)", "S024", "first", "by ORDER"),
    ("mean(a by b over c)", "S024", "mean", "mean(VALUE"),
    ("weighted_mean(a over c)", "S024", "weighted_mean", "by WEIGHT"),
    ("percentile(a over b)", "S024", "percentile", "percentile(90%,"),
    ("percentile(90%, a over b, nearest)", "S024", ", nearest", "`nearest_rank`"),
    ("rank(a)", "S024", "rank", "rank(by ORDER"),
    ("share_of(a, b)", "S024", "share_of", "within GROUP"),
    ("reachable(a.b)", "S024", "reachable", "reachable(RELATION)"),
    ("max($1,250,300)", "S025", "max", "`$1,250,300` was read as one amount"),
    ("min(a)", "S025", "min", "`min(VALUE over a)`"),
    ("rank(by a desc, b)", "S026", ",", "`then`"),
    ("first(a over b by c, d)", "S026", ",", "`then`"),
    ("20 of x", "S027", "20", "`20% of …`"),
    ("f(x) of y", "S027", "f(x)", "`(f(x)) of …`"),
    ("count(a + b)", "S032", "a + b", "rows have a name"),
    ("mean(x over (a + b))", "S032", "(a + b)", "rows have a name"),
    ("a and if b then c else d", "S033", "if", "in brackets"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "marked", "cure"), SLIPS, ids=[slip[0][:40] for slip in SLIPS])
def test_slip(text: str, code: str, marked: str, cure: str) -> None:
    found = complaint(text)
    assert (found.code, found.span.text) == (code, marked)
    assert cure in " / ".join(found.help)


@pytest.mark.parametrize(
    ("text", "code", "marked"),
    [
        ("it pays {wage_floor or more", "S028", "{"),
        ("it pays {max(a, b} or more", "S009", "("),
        ("it pays {a {b}", "S028", "{"),
        ("it pays a} or more", "S029", "}"),
        ("it pays {}", "S003", "{}"),
        ("{a} and {b c}", "S001", "c"),
    ],
)
def test_slip_in_a_sentence(text: str, code: str, marked: str) -> None:
    found = complaint(text, parse_sentence)
    assert (found.code, found.span.text) == (code, marked)


@pytest.mark.parametrize("text", ["a desc, b", "a, b"])
def test_slip_in_an_order(text: str) -> None:
    assert complaint(text, parse_order).code == "S026"


def test_slip_in_rows() -> None:
    found = complaint("students graduated", parse_rows)
    assert found.code == "S001" and "`students where graduated`" in " ".join(found.help)
    assert complaint("a where b, c", parse_rows).code == "S001"


def test_what_cannot_be_read_is_invalid() -> None:
    for text in ("a +", "", "(("):
        assert parse_value(scalar(text), Diagnostics()) == Invalid()
        assert parse_test(scalar(text), Diagnostics()) == Invalid()
        assert parse_rows(scalar(text), Diagnostics()) == Rows(Invalid())
        assert parse_order(scalar(text), Diagnostics()) == Order((OrderKey(Invalid()),))
    assert parse_sentence(scalar("{"), Diagnostics()) == Sentence((Invalid(),))


DEEP = 5000


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("(" * DEEP + "x" + ")" * DEEP, "S030"),
        ("f(" * 61 + "x" + ")" * 61, "S030"),
        ("not " * (DEEP - 1) + "x", "S030"),
        ("-" * DEEP + "x", "S030"),
        ("if a then b else " * 1000 + "x", "S030"),
        ("a+" * DEEP + "a", "S030"),
        ("a." * DEEP + "a", "S030"),
        ("50% of " * 1000 + "a", "S030"),
        ("a or_else " * 1000 + "a", "S030"),
        ("if a then b else " * DEEP + "x", "S031"),
        ("x" * 20_001, "S031"),
    ],
)
def test_nesting_and_length_are_bounded(text: str, code: str) -> None:
    assert complaint(text).code == code
    assert complaint(f"{{{text}}}", parse_sentence).code == code


def test_what_is_long_but_flat_is_read() -> None:
    assert value("(" * 60 + "a" + ")" * 60) == a
    assert value(" and ".join("a" * 3000)) == And((a,) * 3000)
    assert value(" + ".join("a" * 100)) is not None


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(
    ["a", "in", "not", "is", "known", "of", "as", "over", "where", "by", "top", "2", "20%", "$5", "if", "then", "else",
     "(", ")", "{", "}", ",", ".", "+", "-", "=", '"', "'", "count(", "any(", "max(", "first day of", "then", "or_else",
     "missing", "2026-07-01", "within", "between", "and", "\n"]
), max_size=12))  # fmt: skip
def test_any_words_give_a_tree_or_one_complaint(words: list[str]) -> None:
    text = " ".join(words)
    for parser in (parse_value, parse_rows, parse_order, parse_sentence):
        diagnostics = Diagnostics()
        node = parser(scalar(text), diagnostics)
        invalid = any(isinstance(part, Invalid) for part in walk(node))
        assert len(diagnostics.sorted()) == int(invalid)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30))
def test_any_text_gives_a_tree_or_one_complaint(text: str) -> None:
    for parser in (parse_value, parse_sentence):
        diagnostics = Diagnostics()
        parser(scalar(text), diagnostics)
        assert len(diagnostics.sorted()) <= 1

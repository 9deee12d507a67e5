from __future__ import annotations

import subprocess
import sys
import time
from importlib.resources import files

import pytest

from engine.syntax import automaton as tables
from engine.syntax.parse_expr import ACTIONS, parse_value
from engine.text.diagnostic import Diagnostics
from tests.house.checkout import ROOT
from tests.syntax.reading import scalar, value

FOLDER = files("engine.syntax")


@pytest.fixture(scope="module")
def made() -> tables.Automaton:
    """The tables made anew; lark refuses a grammar with a conflict, because they are made in strict mode."""
    return tables.from_grammar((FOLDER / "grammar.lark").read_text("utf-8"))


def test_the_kept_tables_are_those_of_the_grammar(made: tables.Automaton, request: pytest.FixtureRequest) -> None:
    file, text = FOLDER / "grammar.tables.json", tables.to_json(made)
    if request.config.getoption("--update-golden"):
        with open(str(file), "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
        tables.automaton.cache_clear()
    assert file.read_text("utf-8") == text, "grammar.lark was changed; `make golden` writes the tables anew"
    assert tables.automaton() == made


def test_a_grammar_with_a_conflict_is_refused() -> None:
    grammar = (FOLDER / "grammar.lark").read_text("utf-8")
    ambiguous = grammar.replace('"or_else" sum', '"or_else" fallback').replace(
        "?fallback: sum\n", "?fallback: sum | value\n"
    )
    with pytest.raises(Exception, match=r"conflict|Reduce"):
        tables.from_grammar(ambiguous)


def test_every_rule_has_its_function_and_every_function_its_rule(made: tables.Automaton) -> None:
    assert {rule.action for rule in made.rules} - {"=", "*"} == set(ACTIONS)


def test_running_the_tables() -> None:
    found = tables.automaton()
    words = [tables.Word("NAME", "a", 0, 1), tables.Word("PLUS", "+", 1, 2), tables.Word(tables.END, "", 2, 2)]
    with pytest.raises(tables.Unexpected) as caught:
        tables.parse(found, words, "value", {name: lambda _, parts: parts[0] for name in ACTIONS}, None)
    assert caught.value.index == 2
    may = tables.accepted(found, tables.stack_after(found, words[:2], "value"))
    assert "NAME" in may and "LPAR" in may and "PLUS" not in may and tables.END not in may
    assert tables.END in tables.accepted(found, tables.stack_after(found, words[:1], "value"))


def test_reading_expressions_needs_no_parser_generator() -> None:
    """lark takes longer to start than a policy takes to check, so it is there for making the tables only."""
    code = (
        "import sys; from engine.syntax.parse_expr import parse_value; from tests.syntax.reading import value;"
        "value('a + b'); print('lark' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "False"


def test_two_hundred_expressions_take_no_time() -> None:
    text = "any(credits >= 3 over articulations where a.b is known) and c in {1, 2} or max(x, $1,250) > 20% of y"
    scalars = [scalar(text) for _ in range(200)]
    value(text)
    start = time.process_time()
    for one in scalars:
        parse_value(one, Diagnostics())
    assert time.process_time() - start < 0.3  # a tenth of that on an idle machine

"""The parser's tables: made from grammar.lark by lark, kept in grammar.tables.json, and run here.

Making them takes a fifth of a second and reading them a few thousandths, so a run of the program only reads them;
a test compares the two. With `make golden` the tables are written anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple, TypeAlias

START = ("value", "test", "rows", "order", "sentence")
"""The start symbols of grammar.lark."""

END = "$END"
"""The kind of the word after the last one."""


class Word(NamedTuple):
    """A word of an expression: its kind (a terminal of the grammar), its text and its place in the scalar."""

    kind: str
    text: str
    start: int
    end: int


Action: TypeAlias = Callable[[Any, list[Any]], Any]
"""What to make of the parts of a rule, words among them; first comes what `parse` was given as `context`."""


class Rule(NamedTuple):
    """A production: `size` parts become one `symbol` by way of `action`; `=` hands on the only part, `*` the list."""

    symbol: str
    size: int
    action: str


@dataclass(frozen=True, slots=True)
class Automaton:
    """LALR(1) tables. A state maps a symbol to the next state, or to `-1 - n` for reducing by rule `n`."""

    states: tuple[Mapping[str, int], ...]
    rules: tuple[Rule, ...]
    begin: Mapping[str, int]
    finish: Mapping[str, int]


class Unexpected(Exception):
    """The grammar has no place for the word at `index`."""

    def __init__(self, index: int) -> None:
        super().__init__(index)
        self.index = index


@lru_cache(maxsize=1)
def automaton() -> Automaton:
    """The tables of grammar.lark, read once."""
    return from_json((files(__package__ or "engine.syntax") / "grammar.tables.json").read_text("utf-8"))


def parse(tables: Automaton, words: Sequence[Word], start: str, actions: Mapping[str, Action], context: object) -> Any:
    """What `actions` make of the words, the last of which is of kind `END`; raises `Unexpected`."""
    states, rules, finish = tables.states, tables.rules, tables.finish[start]
    stack, values = [tables.begin[start]], list[Any]()
    for index, word in enumerate(words):
        kind = word[0]
        while True:
            move = states[stack[-1]].get(kind)
            if move is None:
                raise Unexpected(index)
            if move >= 0:
                stack.append(move)
                values.append(word)
                break
            symbol, size, action = rules[-1 - move]
            if action != "=":
                parts = values[len(values) - size :]
                parts = _spliced(parts)
                values[len(values) - size :] = [parts if action == "*" else actions[action](context, parts)]
            del stack[len(stack) - size :]
            stack.append(states[stack[-1]][symbol])
            if stack[-1] == finish:
                return values[-1]
    raise AssertionError("the words do not end")


def _spliced(parts: list[Any]) -> list[Any]:
    """Repetitions of the grammar arrive as lists within the list."""
    if list not in map(type, parts):
        return parts
    return [part for item in parts for part in (item if type(item) is list else (item,))]


def stack_after(tables: Automaton, words: Iterable[Word], start: str) -> list[int]:
    """The states after words that the grammar has a place for."""
    stack = [tables.begin[start]]
    for word in words:
        after = shifted(tables, stack, word.kind)
        assert after is not None, "these words have been read before"
        stack = after
    return stack


def accepted(tables: Automaton, stack: Sequence[int]) -> frozenset[str]:
    """The kinds of word that may follow."""
    kinds = (symbol for symbol in tables.states[stack[-1]] if symbol.isupper())
    return frozenset(kind for kind in kinds if shifted(tables, stack, kind) is not None)


def shifted(tables: Automaton, stack: Sequence[int], kind: str) -> list[int] | None:
    """The states after one more word, or nothing if it may not stand there."""
    after = list(stack)
    while True:
        move = tables.states[after[-1]].get(kind)
        if move is None or move >= 0:
            return None if move is None else [*after, move]
        symbol, size, _ = tables.rules[-1 - move]
        del after[len(after) - size :]
        after.append(tables.states[after[-1]][symbol])
        if kind == END and after[-1] in tables.finish.values():
            return after


# -- making and keeping the tables ----------------------------------------------------------------------------------


def from_grammar(grammar: str) -> Automaton:
    """The tables of a grammar in lark's notation, which may have no conflict; for tests and for `make golden`."""
    from lark import Lark
    from lark.parsers.lalr_analysis import Shift

    # only declared terminals and literals: the words are found by words.py, and no regular expression is looked at
    lark = Lark(grammar, parser="lalr", start=list(START), keep_all_tokens=True, maybe_placeholders=False, strict=True)
    table = lark.parser.parser._parse_table
    rules = sorted({arg for row in table.states.values() for move, arg in row.values() if move is not Shift}, key=str)
    number = {rule: index for index, rule in enumerate(rules)}
    # numbered in the order in which they are reached, so that the same grammar always gives the same file
    order = [table.start_states[start] for start in START]
    for state in order:
        targets = (arg for _, (move, arg) in sorted(table.states[state].items(), key=_by_symbol) if move is Shift)
        order.extend(dict.fromkeys(target for target in targets if target not in order))
    index = {state: place for place, state in enumerate(order)}
    return Automaton(
        tuple(
            {
                symbol: index[arg] if move is Shift else -1 - number[arg]
                for symbol, (move, arg) in sorted(table.states[state].items(), key=_by_symbol)
            }
            for state in order
        ),
        tuple(Rule(str(rule.origin.name), len(rule.expansion), _action(rule)) for rule in rules),
        {start: index[table.start_states[start]] for start in START},
        {start: index[table.end_states[start]] for start in START},
    )


def _by_symbol(item: tuple[str, object]) -> str:
    return item[0]


def _action(rule: Any) -> str:
    if rule.origin.name.startswith("_"):
        return "*"
    if rule.options.expand1 and not rule.alias and len(rule.expansion) == 1:
        return "="
    return str(rule.alias or rule.origin.name)


def to_json(tables: Automaton) -> str:
    """The tables as the text of grammar.tables.json, a line for each rule and state."""

    def lines(items: Iterable[object]) -> str:
        return ",\n".join(json.dumps(item, separators=(",", ":")) for item in items)

    begin, finish = json.dumps(dict(tables.begin)), json.dumps(dict(tables.finish))
    return (
        f'{{"begin": {begin},\n"finish": {finish},\n'
        f'"rules": [\n{lines(tables.rules)}\n],\n"states": [\n{lines(tables.states)}\n]}}\n'
    )


def from_json(text: str) -> Automaton:
    """The tables that `to_json` wrote."""
    read = json.loads(text)
    return Automaton(tuple(read["states"]), tuple(Rule(*rule) for rule in read["rules"]), read["begin"], read["finish"])

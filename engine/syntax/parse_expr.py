"""From the text of a scalar to the tree of an expression, or to a complaint at the very characters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from ..text.diagnostic import Diagnostics
from ..text.document import Scalar
from . import build, calls
from .automaton import Automaton, Unexpected, Word, automaton, parse
from .expr import Expr, Invalid, Order, OrderKey, Rows, Sentence
from .slips import Slip
from .unexpected import explained
from .walk import depth
from .words import words_of, words_of_sentence

LEVELS = 100
"""How deep a tree may be, so that no later pass runs out of stack."""


def parse_value(scalar: Scalar, diagnostics: Diagnostics) -> Expr:
    """A value, `max(credits over articulations) or_else 0`; what cannot be read is `Invalid` and reported (S…)."""
    return parse_value_at(scalar, 0, len(scalar.text), diagnostics)


def parse_value_at(scalar: Scalar, start: int, end: int, diagnostics: Diagnostics) -> Expr:
    """As `parse_value`, of the characters `start` to `end` of the scalar: a cell of a table."""
    return _expr(scalar, start, end, "value", diagnostics)


def parse_test(scalar: Scalar, diagnostics: Diagnostics) -> Expr:
    """A test, `employers_for >= quorum`; written like a value, and required to be one of truth by the checker."""
    return parse_test_at(scalar, 0, len(scalar.text), diagnostics)


def parse_test_at(scalar: Scalar, start: int, end: int, diagnostics: Diagnostics) -> Expr:
    """As `parse_test`, of a part of the scalar."""
    return _expr(scalar, start, end, "test", diagnostics)


def parse_rows(scalar: Scalar, diagnostics: Diagnostics) -> Rows:
    """A set of rows, `students where graduated`; what cannot be read is `Rows(Invalid())`."""
    return parse_rows_at(scalar, 0, len(scalar.text), diagnostics)


def parse_rows_at(scalar: Scalar, start: int, end: int, diagnostics: Diagnostics) -> Rows:
    """As `parse_rows`, of a part of the scalar."""
    found = _parse(scalar, start, end, "rows", diagnostics)
    if isinstance(found, Rows):
        return found
    span = scalar.place(start, end)
    return Rows(Invalid(span=span), span=span)


def parse_order(scalar: Scalar, diagnostics: Diagnostics) -> Order:
    """An order, `amount desc then award_date`; what cannot be read is one key that is `Invalid`."""
    return parse_order_at(scalar, 0, len(scalar.text), diagnostics)


def parse_order_at(scalar: Scalar, start: int, end: int, diagnostics: Diagnostics) -> Order:
    """As `parse_order`, of a part of the scalar."""
    found = _parse(scalar, start, end, "order", diagnostics)
    if isinstance(found, Order):
        return found
    span = scalar.place(start, end)
    return Order((OrderKey(Invalid(span=span), span=span),), span=span)


def parse_sentence(scalar: Scalar, diagnostics: Diagnostics) -> Sentence:
    """Prose with `{value}`; `{{` and `}}` are the braces themselves. What cannot be read is one `Invalid` part."""
    return parse_sentence_at(scalar, 0, len(scalar.text), diagnostics)


def parse_sentence_at(scalar: Scalar, start: int, end: int, diagnostics: Diagnostics) -> Sentence:
    """As `parse_sentence`, of a part of the scalar."""
    found = _parse(scalar, start, end, "sentence", diagnostics)
    if isinstance(found, Sentence):
        return found
    span = scalar.place(start, end)
    return Sentence((Invalid(span=span),), span=span)


def _expr(scalar: Scalar, start: int, end: int, symbol: str, diagnostics: Diagnostics) -> Expr:
    found: Expr | None = _parse(scalar, start, end, symbol, diagnostics)
    return Invalid(span=scalar.place(start, end)) if found is None else found


def _parse(scalar: Scalar, start: int, end: int, symbol: str, diagnostics: Diagnostics) -> Any:
    """The node of a start symbol, or nothing after a complaint."""
    try:
        words = (words_of_sentence if symbol == "sentence" else words_of)(scalar.text, start, end)
        return _checked(scalar, words, _tree(automaton(), words, symbol, scalar))
    except Slip as slip:
        at = scalar.place(slip.start, slip.end)
        diagnostics.report(slip.code, at, help=slip.help, **cast("dict[str, Any]", slip.blanks))
        return None


def _tree(tables: Automaton, words: Sequence[Word], symbol: str, scalar: Scalar) -> Any:
    try:
        return parse(tables, words, symbol, ACTIONS, scalar).node
    except Unexpected as error:
        raise explained(tables, words, error.index, symbol) from None


def _checked(scalar: Scalar, words: Sequence[Word], node: Any) -> Any:
    # each level of a tree takes a word, so that most trees need no measuring
    if len(words) > LEVELS and depth(node) > LEVELS:
        first, last = words[0], words[-1]
        raise Slip("S030", first.start, last.end, "give parts of it names under `definitions`")
    return node


ACTIONS = {
    function.__name__: function
    for function in (
        build.number, build.percent, build.money, build.duration, build.date, build.text, build.truth, build.missing,
        build.name, build.member, build.brackets, build.choice, build.disjunction, build.conjunction, build.negation,
        build.comparison, build.between, build.options, build.membership, build.known, build.or_else,
        build.arithmetic, build.negative, build.part_of, build.as_of, build.year_of, build.day_of, build.key,
        build.keys, build.bare_rows, build.filtered_rows, build.top_rows, build.hole, build.sentence,
        calls.arguments, calls.weight, calls.order_by, calls.within, calls.filter, calls.option, calls.plain,
        calls.filtered, calls.placed, calls.counted, calls.over, calls.among, calls.call,
    )
}  # fmt: skip
"""The name of a rule in grammar.lark → what builds it."""

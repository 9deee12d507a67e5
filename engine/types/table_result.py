"""What a decision table gives: a number of some unit, a text, a date, a truth, or a word of a column or of its own."""

from __future__ import annotations

from dataclasses import replace

from ..syntax import expr as ast
from ..syntax.choice_tables import DecisionTable
from ..syntax.expr import Expr
from . import complaints
from .checked import ValueUse
from .checker import Checker
from .datatypes import DATE, TEXT, TRUTH, Type, number
from .units import parse_unit

PLAIN = {"text": TEXT, "date": DATE, "truth": TRUTH}
_WRITTEN = {"text": ast.Text, "date": ast.DateLiteral, "truth": ast.Truth}


def result_type(checker: Checker, table: DecisionTable) -> Type | None:
    """The kind of what a table gives; nothing (N013) where there is no such unit or column."""
    if table.words:
        return Type("enum", name=table.gives.text, values=table.words, ordered=table.ordered)
    found = PLAIN.get(table.gives.text)
    if found is not None:
        return found
    unit = parse_unit(table.gives.text)
    if unit is not None:
        return number(unit, 1, 0)
    columns = [pair for info in checker.world.entities.values() for pair in info.columns.items()]
    words = next((type for name, type in columns if name == table.gives.text and type.kind == "enum"), None)
    if words is None:
        near = complaints.did_you_mean(table.gives.text, {name for name, type in columns if type.kind == "enum"})
        help = near or ("write a unit, a column that has values, `text`, or a block with `values:`",)
        checker.diagnostics.report("N013", table.gives.span, help=help, name=table.gives.text)
    return None if words is None else words.certain()


def check_word(checker: Checker, result: Expr, wanted: Type, name: str) -> None:
    """Report a result that is no word of what the table gives: N005, T032."""
    if isinstance(result, ast.Invalid):
        return
    if wanted.kind == "enum":
        if word_of(result) not in wanted.values:
            complaints.unknown_value(checker.diagnostics, result.span, complaints.text_of(result), wanted)
    elif not isinstance(result, _WRITTEN[wanted.kind]):
        forms = {"text": 'in quotes, as in `"pending"`', "date": "as in `2026-07-01`", "truth": "`true` or `false`"}
        checker.diagnostics.report(
            "T032", result.span, help=f"write it {forms[wanted.kind]}", text=complaints.text_of(result), name=name,
            type=wanted,
        )  # fmt: skip


def word_of(result: Expr) -> str | None:
    """A word of an enum, written bare or in quotes."""
    return result.name if isinstance(result, ast.Name) else result.value if isinstance(result, ast.Text) else None


def as_written(result: Expr | None, wanted: Type, at: Expr) -> Expr:
    """A result as it stands in the choice that a table is: dollars may leave out what stands under the bar, since the
    table says it, and words are texts until `settle` gives them their type.
    """
    if result is None:
        return ast.Missing(span=at.span)
    if wanted.kind == "number":
        return in_unit(result, str(wanted.unit))
    if wanted.kind == "enum":
        word = word_of(result)
        return ast.Text(word, span=result.span) if word in wanted.values else ast.Missing(span=result.span)
    return result if isinstance(result, _WRITTEN[wanted.kind]) else ast.Missing(span=result.span)


def in_unit(result: Expr, unit: str) -> Expr:
    """Dollars with what stands under the bar of a unit."""
    if isinstance(result, ast.Money) and not result.per and unit.startswith("USD/"):
        return replace(result, per=unit.removeprefix("USD/"))
    return result


def settle(checker: Checker, choice: Expr, wanted: Type) -> Type:
    """Give a choice that has been checked, and all that it may come to, the type of what the table gives, where that is
    a word or where nothing of it is known.
    """
    found = checker.types[choice.id]
    settled = wanted.maybe(found.nullable or found.kind == "nothing" or isinstance(choice, ast.Missing))
    if isinstance(choice, ast.If):
        settle(checker, choice.then, wanted)
        settle(checker, choice.otherwise, wanted)
    elif isinstance(choice, ast.Text) and wanted.kind == "enum":
        checker.uses[choice.id] = ValueUse(choice.value)
    return checker.adopt(choice, settled)

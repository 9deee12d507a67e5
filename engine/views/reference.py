"""The pages of `docs/reference`, made from what the engine itself declares, so that none can fall behind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..model.standard import SECTIONS, STANDARD
from ..model.table import Column, Table
from ..text.codes import CODES
from ..types.functions import EXAMPLE_PARTS, Function
from ..types.stdlib import FUNCTIONS
from .markdown import cell, table
from .model import kind_of
from .reference_keys import keys_page

MADE = "<!-- `make golden` writes this page from the declarations in {where}; change those. -->"

LETTERS = {
    "Y": "YAML and the shape of a file",
    "S": "How an expression is written",
    "N": "Names",
    "T": "Types, units, digits",
    "F": "Funding",
    "D": "Data",
    "X": "While a policy is run",
    "L": "Lint",
}
"""What the first letter of a code says."""


def reference_pages(schemas: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Each page under its file's name. `schemas` are the parsed JSON Schemas, by the name of what they describe."""
    titles = {
        "policy": "Keys of a policy",
        "dataset": "Keys of dataset.yaml",
        "cases": "Keys of cases",
        "scenario": "Keys of a scenario",
    }
    pages = {
        f"keys-of-{name}.md": _made("`schemas/`", keys_page(schemas[name], title))
        for name, title in titles.items()
        if name in schemas
    }
    pages["functions.md"] = _made("`engine/types/stdlib.py`", functions_page())
    pages["tables.md"] = _made("`engine/model`", tables_page())
    pages["codes.md"] = _made("`engine/text/codes.py`", codes_page())
    return pages


def _made(where: str, page: str) -> str:
    return MADE.format(where=where) + "\n" + page


def functions_page() -> str:
    """Every function of the language: how it is written, what it gives, what missing data does, examples."""
    lines = [
        "# Functions", "",
        "An argument is an expression. `missing` says what becomes of the result where data is missing; `direction` "
        "how the result moves as each argument rises: `+` up, `-` down, `0` not by its size, `?` either way.", "",
        "## Of single values", "",
    ]  # fmt: skip
    for function in FUNCTIONS.values():
        if not function.over_rows:
            lines += _function(function)
    parts = ", ".join(f"n {row['n']} w {row['w']} good {row['good']}" for row in EXAMPLE_PARTS)
    lines += ["## Of many rows", "", f"The examples go over three parts of one thing: {parts}.", ""]
    for function in FUNCTIONS.values():
        if function.over_rows:
            lines += _function(function)
    return "\n".join(lines).rstrip("\n") + "\n"


def _function(function: Function) -> list[str]:
    rows = [("missing", cell(function.missing)), ("direction", f"`{function.direction}`")]
    if function.range:
        rows.append(("range", cell(function.range)))
    for written, result in function.examples:
        rows.append(("example", f"`{written}` is {cell(result)}"))
    return [
        f"### {function.name}", "", f"`{function.written}`: {function.says}.", "", *table(("", ""), rows), "",
    ]  # fmt: skip


def tables_page() -> str:
    """Every table of the standard data model with its columns."""
    lines = [
        "# Tables of the data model", "",
        "What `specie data describe` prints. A policy may add columns and tables; of these only those that it uses are "
        "required.", "",
    ]  # fmt: skip
    for section, names in SECTIONS.items():
        lines += [f"## {section[0].upper()}{section[1:]}", ""]
        for name in names:
            lines += _table(STANDARD[name])
    return "\n".join(lines).rstrip("\n") + "\n"


def _table(made: Table) -> list[str]:
    facts = f"Many of them: `{made.rows_name}`. Key: {', '.join(f'`{key}`' for key in made.key)}."
    if not made.complete:
        facts += " No row may mean *not reported*."

    def row(column: Column) -> tuple[str, str, str]:
        return f"`{column.name}`", cell(kind_of(column, made, STANDARD)), cell(column.title)

    return [
        f"### {made.name}", "", f"{made.title}. {facts}", "",
        *table(("column", "holds", "means"), [row(column) for column in made.columns]), "",
    ]  # fmt: skip


def codes_page() -> str:
    """Every code that a message may have, by its first letter."""
    lines = [
        "# Codes", "", "`specie code T003` prints the page of a code: what to avoid, what to prefer, and why.", "",
    ]  # fmt: skip
    for letter, title in LETTERS.items():
        rows = [
            (
                f"[{code.code}](../../engine/text/catalog/{code.code}.md)",
                code.name.replace("-", " "),
                cell(code.message),
            )
            for code in CODES.values()
            if code.code.startswith(letter)
        ]
        if rows:
            lines += [f"## {letter}: {title}", "", *table(("code", "name", "message"), rows), ""]
    return "\n".join(lines).rstrip("\n") + "\n"

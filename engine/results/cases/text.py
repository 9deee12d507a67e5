"""Generated cases as the text of a file of cases."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from ...syntax.cases import Case, CaseFile, GivenTable
from ...syntax.print import print_expr
from .boundary_cases import NOTE, Generated

_PLAIN = re.compile(r"[A-Za-z0-9$][A-Za-z0-9$%.,/_ -]*(?<! )")
_TAKEN = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}


def case_file_text(file: CaseFile, made: Sequence[Generated]) -> str:
    """A file of cases: the rows that all share as the file has them, then the cases."""
    lines = [f"cases_of: {file.policy.text}", ""]
    if file.given:
        lines += ["given:", *_tables(file.given, 2), ""]
    lines.append("cases:")
    for one in made:
        lines += [*_case(one.case, one.title), ""]
    return "\n".join(lines[:-1]) + "\n"


def _case(case: Case, title: str) -> list[str]:
    lines = [f"  {case.name}:", f"    title: {_scalar(title)}", f"    note: {_scalar(NOTE)}"]
    if case.as_of is not None:
        lines.append(f"    as_of: {case.as_of.isoformat()}")
    if case.overrides:
        lines.append("    parameters:")
        members: dict[str, list[str]] = {}
        for one in case.overrides:
            text = _scalar("none" if one.value is None else print_expr(one.value))
            if one.member is None:
                lines.append(f"      {one.parameter.text}: {text}")
            else:
                members.setdefault(one.parameter.text, []).append(f"        {one.member.text}: {text}")
        for name, under in members.items():
            lines += [f"      {name}:", *under]
    lines += ["    given:", *_tables(case.given, 6)] if case.given else []
    lines.append("    expect:")
    entity = key = None
    for wanted in sorted(case.expected, key=lambda one: (one.entity.text, one.key.text if one.key else "")):
        row = wanted.key.text if wanted.key else ""
        if wanted.entity.text != entity:
            lines.append(f"      {wanted.entity.text}:")
            entity, key = wanted.entity.text, None
        if row != key:
            lines.append(f"        {_scalar(row)}:")
            key = row
        lines.append(f"          {_scalar(wanted.column.text)}: {_scalar(wanted.value.text)}")
    return lines


def _tables(tables: Iterable[GivenTable], indent: int) -> list[str]:
    space = " " * indent
    rows: dict[str, list[str]] = {}
    for table in tables:
        under = rows.setdefault(table.name.text, [])
        for row in table.rows:
            cells = [f"{name.text}: {_scalar(value.text)}" for name, value in row.cells if value.text]
            under += [f"{space}  {'- ' if not at else '  '}{cell}" for at, cell in enumerate(cells)]
    lines: list[str] = []
    for name, under in rows.items():
        lines += [f"{space}{name}:" + ("" if under else " []"), *under]
    return lines


def _scalar(text: str) -> str:
    """A text as YAML holds it: plain where nothing in it could be read otherwise."""
    plain = _PLAIN.fullmatch(text) and text.lower() not in _TAKEN
    return text if plain else json.dumps(text, ensure_ascii=False)

"""The page of `docs/reference` on the command line, made from the commands themselves."""

from __future__ import annotations

from collections.abc import Iterator

import typer
from typer.main import get_command

from ..views.markdown import cell, table


def commands_page(app: typer.Typer) -> str:
    """Every command with its arguments and options, as its help says them."""
    top = get_command(app)
    lines = [
        "<!-- `make golden` writes this page from the commands in `engine/commands`; change those. -->",
        "# Commands", "",
        "`specie COMMAND --help` prints the same. Exit codes: 0 done, 1 the policy, the data or a case has errors or "
        "cells failed, 2 wrong usage, 3 `--exit-code` and something differs, 70 a fault of ours, 130 stopped by "
        "Ctrl-C.", "",
    ]  # fmt: skip
    for name, command in _walk("specie", top):
        help = (command.help or "").strip()
        first, _, rest = help.partition("\n\n")
        lines += [f"## {name}", "", " ".join(first.split()), ""]
        for paragraph in filter(None, rest.split("\n\n")):
            lines += [f"`{' '.join(paragraph.split())}`" if _is_example(paragraph) else " ".join(paragraph.split()), ""]
        rows = [
            (_written(parameter), cell(getattr(parameter, "help", "") or ""))
            for parameter in command.params
            if parameter.name != "help"
        ]
        if rows:
            lines += [*table(("argument or option", "says"), rows), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _is_example(paragraph: str) -> bool:
    return paragraph.strip().startswith("specie ")


def _walk(name: str, command: object) -> Iterator[tuple[str, typer.core.TyperCommand]]:
    """The commands below a group, each with its whole name."""
    for part, one in getattr(command, "commands", {}).items():
        if one.hidden:
            continue
        if hasattr(one, "commands"):
            yield from _walk(f"{name} {part}", one)
        else:
            yield f"{name} {part}", one


def _written(parameter: object) -> str:
    """How an argument or option is typed."""
    names = [*getattr(parameter, "opts", ())]
    if getattr(parameter, "param_type_name", "") == "argument":
        return f"`{str(getattr(parameter, 'name', '')).upper()}`"
    return ", ".join(f"`{name}`" for name in names)

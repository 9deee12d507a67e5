"""The command line, `specie`: the door to the commands in `engine/commands`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

# In a checkout this file stands beside `engine`; installed, both stand in `specie`
# (docs/decisions/0003-wheel-layout.md).
if TYPE_CHECKING or not __package__:
    from engine.commands.app import app
    from engine.commands.console import never_fails
    from engine.commands.exit import Exit
else:
    from .engine.commands.app import app
    from .engine.commands.console import never_fails
    from .engine.commands.exit import Exit

__all__ = ["app", "main"]


def main() -> None:
    """Run the command that the arguments name; a fault of ours ends in one line and exit code 70."""
    never_fails(sys.stdout, sys.stderr)
    try:
        app(prog_name="specie")
    except Exception as fault:  # noqa: BLE001 - the last resort: no traceback reaches a user
        typer.echo(f"specie: a fault of ours, please report it: {type(fault).__name__}: {fault}", err=True)
        sys.exit(Exit.OUR_FAULT)


if __name__ == "__main__":
    main()

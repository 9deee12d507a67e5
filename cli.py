"""The command line, `specie`: arguments become one call of the engine, one view and an exit code."""

from __future__ import annotations

import sys
from enum import IntEnum
from typing import TYPE_CHECKING, Annotated

import typer

# In a checkout this file stands beside `engine`; installed, both stand in `specie`
# (docs/decisions/0003-wheel-layout.md).
if TYPE_CHECKING or not __package__:
    import engine
    from engine.text.codes import CODES
    from engine.text.pages import page
    from engine.text.suggest import nearest
else:
    from . import engine
    from .engine.text.codes import CODES
    from .engine.text.pages import page
    from .engine.text.suggest import nearest


class Exit(IntEnum):
    """What the exit code says; people's scripts rely on it."""

    DONE = 0
    ERRORS = 1
    USAGE = 2
    DIFFERS = 3
    OUR_FAULT = 70


app = typer.Typer(
    name="specie",
    help="Credential policy as text: check it, run it on real data, and ask why.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback(invoke_without_command=True)
def specie(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Credential policy as text: check it, run it on real data, and ask why."""
    if version:
        typer.echo(f"specie {engine.__version__}")
        raise typer.Exit(Exit.DONE)


@app.command()
def code(
    name: Annotated[str, typer.Argument(metavar="CODE", help="The code, as a diagnostic prints it.")],
) -> None:
    """Print the page of a diagnostic code: what to avoid, what to prefer, and why.

    Example: specie code T001
    """
    text = page(name)
    if text is None:
        meant = nearest(name.upper(), CODES)
        cure = f"did you mean {meant}?" if meant else f"codes look like {min(CODES)}"
        typer.echo(f"specie: there is no code `{name}`; {cure}", err=True)
        raise typer.Exit(Exit.USAGE)
    typer.echo(text.rstrip())


@app.command()
def demo() -> None:
    """Run the bundled example.

    Example: specie demo
    """
    typer.echo("specie: the bundled example is not there yet")


def main() -> None:
    """Run the command that the arguments name; a fault of ours ends in one line and exit code 70."""
    try:
        app(prog_name="specie")
    except Exception as fault:  # noqa: BLE001 - the last resort: no traceback reaches a user
        typer.echo(f"specie: a fault of ours, please report it: {type(fault).__name__}: {fault}", err=True)
        sys.exit(Exit.OUR_FAULT)


if __name__ == "__main__":
    main()

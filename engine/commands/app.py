"""All commands, put together."""

from __future__ import annotations

from typing import Annotated

import typer

from .. import __version__
from .check import check
from .code import code
from .data import data_check, data_describe, data_synth
from .demo import demo
from .diff import diff
from .evaluate import evaluate
from .exit import Exit
from .explain import explain
from .fmt import fmt
from .git_diff import git_diff
from .import_ import import_
from .init import init
from .log import log
from .plan import plan
from .report import report
from .simulate import simulate
from .test import test
from .verify import verify

app = typer.Typer(
    name="specie",
    help="Credential policy as text: check it, run it on real data, and ask why.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
data_app = typer.Typer(help="Look at data: the model, a dataset's contract, and a made-up state.", no_args_is_help=True)

for command in (
    init,
    check,
    fmt,
    test,
    evaluate,
    explain,
    diff,
    log,
    simulate,
    report,
    verify,
    plan,
    import_,
    code,
    demo,
):
    app.command(name=command.__name__.rstrip("_"))(command)
app.command(name="git-diff", hidden=True, context_settings={"ignore_unknown_options": True})(git_diff)
app.add_typer(data_app, name="data")
data_app.command(name="check")(data_check)
data_app.command(name="describe")(data_describe)
data_app.command(name="synth")(data_synth)


@app.callback(invoke_without_command=True)
def specie(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Credential policy as text: check it, run it on real data, and ask why."""
    if version:
        typer.echo(f"specie {__version__}")
        raise typer.Exit(Exit.DONE)

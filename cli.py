"""The command line, `specie`: arguments become one call of the engine, one view and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date as Date
from enum import IntEnum, StrEnum
from importlib import import_module
from pathlib import Path
from shutil import get_terminal_size
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

# In a checkout this file stands beside `engine`; installed, both stand in `specie`
# (docs/decisions/0003-wheel-layout.md). Views are imported by the command that needs them.
if TYPE_CHECKING or not __package__:
    import engine
    from engine import api
    from engine.text.codes import CODES
    from engine.text.diagnostic import Diagnostic
    from engine.text.errors import PolicyError
    from engine.text.pages import page
    from engine.text.suggest import nearest
else:
    from . import engine
    from .engine import api
    from .engine.text.codes import CODES
    from .engine.text.errors import PolicyError
    from .engine.text.pages import page
    from .engine.text.suggest import nearest


class Exit(IntEnum):
    """What the exit code says; people's scripts rely on it."""

    DONE = 0
    ERRORS = 1
    USAGE = 2
    DIFFERS = 3
    OUR_FAULT = 70


Diagnosis = StrEnum("Diagnosis", ["full", "concise", "json", "sarif", "github"])
"""How complaints are shown."""

Format = StrEnum("Format", ["csv", "json", "parquet"])
"""The kind of file in which result tables are written."""

Backend = StrEnum("Backend", ["duckdb", "spark", "reference"])
"""What computes a run; all give the same bytes."""

Importable = StrEnum("Importable", ["oews", "projections"])
"""Sources that are imported."""

Choice = TypeVar("Choice", bound=StrEnum)


def one_of(choices: type[Choice]) -> dict[str, Any]:
    """How an option with choices is read and shown: a wrong one is answered with the right ones."""

    def read(text: str) -> Choice:
        try:
            return choices(text)
        except ValueError:
            raise typer.BadParameter(f"`{text}` is not one of {', '.join(choices)}") from None

    return {"parser": read, "metavar": f"<{'|'.join(choices)}>"}


POLICY = Annotated[Path, typer.Argument(metavar="POLICY", help="A policy file.")]
DATA = Annotated[Path, typer.Option("--data", metavar="DIR", help="A folder with dataset.yaml.")]
AS_OF = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="The day as of which to evaluate; default: the dataset's, else the policy's year.",
    ),
]
BACKEND = Annotated[Backend, typer.Option("--backend", help="What computes the run.", **one_of(Backend))]
DIAGNOSTICS = Annotated[Diagnosis, typer.Option("--diagnostics", help="How complaints are shown.", **one_of(Diagnosis))]
DIAGNOSIS = Annotated[
    Diagnosis, typer.Option("--format", "--diagnostics", help="How complaints are shown.", **one_of(Diagnosis))
]

app = typer.Typer(
    name="specie",
    help="Credential policy as text: check it, run it on real data, and ask why.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
data_app = typer.Typer(help="Look at data: the model, and a dataset's contract.", no_args_is_help=True)
app.add_typer(data_app, name="data")


def view(name: str) -> Any:
    """A module of the views, imported when a command needs it."""
    return import_module(f"{engine.__name__}.views.{name}")


def width() -> int:
    """The width of the terminal (or what COLUMNS says), 80 where there is none."""
    return max(60, min(get_terminal_size((80, 24)).columns, 160))


def in_color(stream: Any) -> bool:
    """Whether a stream takes colour: a terminal, and NO_COLOR not set."""
    return bool(stream.isatty()) and not os.environ.get("NO_COLOR")


def complain(found: tuple[Diagnostic, ...], shape: Diagnosis, *, out: bool = False) -> None:
    """Show complaints: for machines on stdout, for people on stderr (or stdout, where they are the result)."""
    stream = sys.stdout if out or shape is not Diagnosis.full else sys.stderr
    text = view("diagnostics").render(
        found, shape.value, width=width(), color=in_color(stream), workspace=os.environ.get("GITHUB_WORKSPACE", "")
    )
    if text:
        stream.write(text if text.endswith("\n") else text + "\n")


def say(text: str) -> None:
    """Talk: lines on stderr, words kept whole so that a path can be copied."""
    for line in wrap(text, width(), subsequent_indent="  ", break_long_words=False, break_on_hyphens=False):
        typer.echo(line, err=True)


@contextmanager
def complaints(shape: Diagnosis = Diagnosis.full) -> Iterator[None]:
    """Turn what is wrong with the user's files into complaints and exit code 1."""
    try:
        yield
    except PolicyError as error:
        complain(error.diagnostics, shape)
        raise typer.Exit(Exit.ERRORS) from None


def able(backend: Backend) -> None:
    """Stop, as for wrong usage, where a backend is asked for whose software is not on the machine."""
    if missing := api.missing_software(backend.value):
        say(f"specie: {missing}")
        raise typer.Exit(Exit.USAGE)


def day_of(text: str | None) -> Date | None:
    """The day that an option names; a wrong one is wrong usage."""
    if text is None:
        return None
    try:
        return Date.fromisoformat(text)
    except ValueError:
        typer.echo(f"specie: `{text}` is not a day such as 2026-07-01", err=True)
        raise typer.Exit(Exit.USAGE) from None


@app.callback(invoke_without_command=True)
def specie(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Credential policy as text: check it, run it on real data, and ask why."""
    if version:
        typer.echo(f"specie {engine.__version__}")
        raise typer.Exit(Exit.DONE)


@app.command()
def check(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Policy files, or folders of them.")],
    data: Annotated[
        Path | None, typer.Option("--data", metavar="DIR", help="Hold this dataset to the contract too.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")] = False,
    format: DIAGNOSIS = Diagnosis.full,
) -> None:
    """Say everything that can be known of policies without running them.

    Example: specie check policies/oh/in-demand-occupations.yaml
    """
    report = api.check(paths, data)
    complain(report.diagnostics, format, out=True)
    if format is Diagnosis.full and not report.diagnostics:
        typer.echo(f"{report.files} {'policy' if report.files == 1 else 'policies'} checked, nothing to complain of")
    raise typer.Exit(Exit.ERRORS if report.has_errors or (strict and report.diagnostics) else Exit.DONE)


@app.command()
def evaluate(
    policy: POLICY,
    data: DATA,
    as_of: AS_OF = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Write the result tables and run.json here.")
    ] = None,
    format: Annotated[
        Format, typer.Option("--format", help="The kind of file for the tables.", **one_of(Format))
    ] = Format.csv,
    backend: BACKEND = Backend.duckdb,
    diagnostics: DIAGNOSTICS = Diagnosis.full,
) -> None:
    """Run a policy on a dataset: the official run.

    \b
    Example: specie evaluate policies/example/credentials-of-value.yaml \\
        --data examples/state --out run
    """
    able(backend)
    day = day_of(as_of)
    with complaints(diagnostics):
        result = api.outcome(api.evaluate(policy, data, day, backend.value))
        if out is not None:
            api.write(result, out, format.value)
    typer.echo(view("summary").render_outcome(result, width(), hide_personal=api.guarded()), nl=False)
    if out is not None:
        say(f"written to {out}: {', '.join(one.name for one in result.tables)}, run.json")
    raise typer.Exit(Exit.ERRORS if result.failed else Exit.DONE)


@app.command()
def explain(
    policy: POLICY,
    entity: Annotated[str, typer.Argument(metavar="ENTITY", help="The kind of thing, such as credential.")],
    key: Annotated[
        str, typer.Argument(metavar="KEY", help="Which one; a composite key as occupation=15-1252,area=US-OH.")
    ],
    data: DATA,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="The rule or column; default: its place on the list.")
    ] = None,
    as_of: AS_OF = None,
    levels: Annotated[int, typer.Option("--levels", min=1, help="How deep to go; default: to the data.")] = 99,
    backend: BACKEND = Backend.duckdb,
    diagnostics: DIAGNOSTICS = Diagnosis.full,
) -> None:
    """Say why: a credential's place, a rule's verdict, a column's value.

    \b
    Example: specie explain policies/example/credentials-of-value.yaml \\
        --data examples/state credential nm-004
    """
    able(backend)
    day = day_of(as_of)
    with complaints(diagnostics):
        found = api.explain(policy, data, entity, key, name, day, backend.value)
    typer.echo(view("explanation").render_explanation(found, width(), in_color(sys.stdout), levels), nl=False)


@app.command()
def plan(
    policy: POLICY,
    as_of: AS_OF = None,
    data: Annotated[
        Path | None, typer.Option("--data", metavar="DIR", help="Run it, and show actual rows too.")
    ] = None,
    diagnostics: DIAGNOSTICS = Diagnosis.full,
) -> None:
    """Print the plan of a policy: every computed column, how it is made, and the inputs on which it depends.

    Example: specie plan policies/oh/in-demand-occupations.yaml
    """
    day = day_of(as_of)
    with complaints(diagnostics):
        text = api.plan_text(policy, day, data)
    typer.echo(text, nl=not text.endswith("\n"))


@app.command(name="import")
def import_(
    source: Annotated[
        Importable, typer.Argument(help="oews or projections.", **{**one_of(Importable), "metavar": "SOURCE"})
    ],
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="The files as published.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The dataset to make or to add to.")],
    areas: Annotated[
        list[str] | None, typer.Option("--area", metavar="AREA", help="Only this area, such as US-OH; may be repeated.")
    ] = None,
    release: Annotated[str, typer.Option("--release", metavar="YEAR", help="oews: the year of the release.")] = "",
    top_code: Annotated[
        str, typer.Option("--top-code", metavar="H/Y", help="oews: the top code, such as 115.00/239200.")
    ] = "",
    base_year: Annotated[int | None, typer.Option("--base-year", help="projections: the first year.")] = None,
    projected_year: Annotated[int | None, typer.Option("--projected-year", help="projections: the last year.")] = None,
    diagnostics: DIAGNOSTICS = Diagnosis.full,
) -> None:
    """Read published files into a dataset.

    \b
    Example: specie import oews oews_may2025_state.csv.gz --out data --area US-OH
    """
    options: dict[str, Any] = {"release": release, "top_code": top_code}
    if source is Importable.projections:
        options = {"base_year": base_year, "projected_year": projected_year}
    with complaints(diagnostics):
        report, warnings = api.import_source(source.value, files, out, tuple(areas or ()), **options)
    complain(warnings, diagnostics)
    typer.echo(view("import_report").render_import(report, width()), nl=False)


@data_app.command(name="check")
def data_check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder with dataset.yaml.")],
    policy: Annotated[
        Path | None, typer.Option("--policy", metavar="POLICY", help="Only what this policy needs.")
    ] = None,
    format: DIAGNOSIS = Diagnosis.full,
) -> None:
    """Hold a dataset to the data contract and report every violation.

    Example: specie data check examples/state
    """
    report, lines = api.check_data(folder, policy)
    complain(report.diagnostics, format, out=True)
    if format is Diagnosis.full:
        for line in lines:
            typer.echo(line)
    raise typer.Exit(Exit.ERRORS if report.has_errors else Exit.DONE)


@data_app.command(name="describe")
def data_describe(
    table: Annotated[str | None, typer.Argument(metavar="[TABLE]", help="One section or table; default: all.")] = None,
) -> None:
    """Print the data model: tables, columns, units, keys and what they mean.

    Example: specie data describe labor_market
    """
    try:
        typer.echo(api.describe(table), nl=False)
    except KeyError:
        meant = nearest(table or "", api.described())
        cure = f"; did you mean {meant}?" if meant else ""
        typer.echo(f"specie: the data model has no `{table}`{cure}", err=True)
        raise typer.Exit(Exit.USAGE) from None


@app.command()
def code(
    name: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="The code, as a diagnostic prints it; default: list all.")
    ] = None,
) -> None:
    """Print the page of a diagnostic code: what to avoid, what to prefer, and why.

    Example: specie code T001
    """
    if name is None:
        for one in sorted(CODES.values(), key=lambda each: each.code):
            typer.echo(f"{one.code}  {one.name}" + (" (warning)" if one.warning else ""))
        return
    text = page(name)
    if text is None:
        meant = nearest(name.upper(), CODES)
        cure = f"did you mean {meant}?" if meant else f"codes look like {min(CODES)}"
        typer.echo(f"specie: there is no code `{name}`; {cure}", err=True)
        raise typer.Exit(Exit.USAGE)
    typer.echo(text.rstrip())


@app.command()
def demo(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the result tables go.")] = Path("demo-run"),
    backend: BACKEND = Backend.duckdb,
) -> None:
    """Run the bundled example: the list, why, and what is pending and why.

    Example: specie demo
    """
    able(backend)
    with complaints():
        result, explained, mistake = api.demo(out, backend.value)
    wide = width()
    typer.echo(view("summary").render_outcome(result, wide, limit=12, hide_personal=api.guarded()), nl=False)
    for one in explained:
        typer.echo("\n" + view("explanation").render_explanation(one, wide, in_color(sys.stdout), levels=2), nl=False)
    typer.echo("\nA mistake in a policy, and its cure:\n")
    complain(mistake, Diagnosis.full, out=True)
    example = f"specie explain {api.DEMO_POLICY_NAME} --data {api.DEMO_DATA_NAME} credential KEY"
    typer.echo(f"\nAll tables are in {out}. Try:\n  {example}")


def main() -> None:
    """Run the command that the arguments name; a fault of ours ends in one line and exit code 70."""
    try:
        app(prog_name="specie")
    except Exception as fault:  # noqa: BLE001 - the last resort: no traceback reaches a user
        typer.echo(f"specie: a fault of ours, please report it: {type(fault).__name__}: {fault}", err=True)
        sys.exit(Exit.OUR_FAULT)


if __name__ == "__main__":
    main()

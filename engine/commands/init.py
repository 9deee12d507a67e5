"""`specie init`: a policy folder to start from, made of the files in `starter/`, which are a policy that runs."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated

import typer

from .. import __version__
from ..importers.places import PLACES, Place, place_of
from ..results.folder import fill, write_folder
from ..text.diagnostic import Diagnostics
from ..text.errors import PolicyError
from ..text.source import Source, Span
from ..text.suggest import nearest
from .terminal import complaints

NAMES = {
    "workflow.yaml": ".github/workflows/policy.yaml",
    "gitignore.txt": ".gitignore",
    "gitattributes.txt": ".gitattributes",
}
"""What is called otherwise in the starter, so that it is neither run nor obeyed there."""

MADE_UP = Place("US-XX", "State of XX", "state")
"""The place that the starter is written for; its code, name and level are replaced."""


def jurisdiction_of(text: str) -> Place:
    """The place that a code such as US-OH (or OH) names; US-XX is a state that does not exist."""
    code = text.strip().upper()
    if code in (MADE_UP.code, "XX"):
        return MADE_UP
    place = None if code.isdigit() else place_of(code)
    if place is None:
        names = {one.name.upper(): one.code for one in PLACES.values()}
        meant = names.get(code.removeprefix("US-")) or nearest(code, PLACES)
        cure = f"did you mean {meant}?" if meant else "a state is written as US-OH, the nation as US"
        raise typer.BadParameter(f"`{text}` is no state or territory; {cure}")
    return place


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or an empty one.")],
    jurisdiction: Annotated[
        Place,
        typer.Option(
            "--jurisdiction",
            metavar="US-XX",
            parser=jurisdiction_of,
            help="The state, as US-OH; US-XX is made up.",
        ),
    ],
) -> None:
    """Make a policy folder to start from: policy, cases, data, and a workflow that checks every change.

    Example: specie init credentials --jurisdiction US-OH
    """
    with complaints():
        _write(folder, starter(jurisdiction))
    typer.echo(f"{folder} is a policy folder of {jurisdiction.name}. Try:")
    typer.echo(f"  specie check {folder / 'credentials.yaml'} --data {folder / 'data'}")
    typer.echo(f"  specie test {folder}")
    typer.echo(f"  specie evaluate {folder / 'credentials.yaml'} --data {folder / 'data'}")


def starter(place: Place) -> dict[str, bytes]:
    """The files of a policy folder of a place: path in the folder → bytes."""
    short = place.code.removeprefix("US-").lower()
    said = {
        "xx/credentials": f"{short}/credentials",
        f"{MADE_UP.code},{MADE_UP.name},{MADE_UP.level}": f"{place.code},{place.name},{place.level}",
        MADE_UP.code: place.code,
        MADE_UP.name: place.name,
        "==VERSION": f"=={__version__}",
    }
    found = {}
    for name, file in _inside(files(__package__) / "starter", ""):
        text = file.read_text(encoding="utf-8")
        for old, new in said.items():
            text = text.replace(old, new)
        found[NAMES.get(name, name)] = text.encode()
    return dict(sorted(found.items()))


def _inside(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for one in folder.iterdir():
        if one.is_dir():
            yield from _inside(one, f"{prefix}{one.name}/")
        else:
            yield f"{prefix}{one.name}", one


def _write(folder: Path, made: dict[str, bytes]) -> None:
    """Write the files where nothing is but, at most, a fresh repository. Raises PolicyError (X047)."""
    problem, help = "", "name a new folder"
    if folder.is_dir():
        if inside := sorted(one.name for one in folder.iterdir() if one.name != ".git"):
            problem = f"`{inside[0]}` is in it" + (f", and {len(inside) - 1} more" if len(inside) > 1 else "")
        else:
            try:
                fill(folder, made)  # in place: it may be the working folder, or hold a repository
            except OSError as error:
                problem, help = str(error.strerror or error).lower(), "name a folder where you may write"
    elif folder.exists():
        problem = "it is a file"
    else:
        problem, help = write_folder(folder, made), "name a folder where you may write"
    if problem:
        diagnostics = Diagnostics()
        diagnostics.report("X047", Span(Source(str(folder), ""), 0, 0), help=help, folder=str(folder), problem=problem)
        raise PolicyError(diagnostics.sorted())

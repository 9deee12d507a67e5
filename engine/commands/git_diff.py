"""`specie git-diff`: what Git calls for a difference, with the arguments that Git gives."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .exit import Exit
from .terminal import say, width, write


def git_diff(
    given: Annotated[list[str], typer.Argument(metavar="ARGUMENT…", help="What Git gives; not for people.")],
) -> None:
    """Show a difference for Git: `git diff` with a driver, `git difftool`. docs/pull-requests.md says how to set it up.

    Git gives seven arguments (path, old file, its hash and mode, new file, its hash and mode), of a file that moved two
    more (its new path, how alike they are), of one that is not merged the path only. A difftool gives three: path, old
    file, new file. The exit code is 0 whatever differs, since Git takes any other for a crash.

    Example: git config diff.specie.command "specie git-diff"
    """
    if len(given) == 1:
        write(f"* Unmerged path {given[0]}\n")
        raise typer.Exit(Exit.DONE)
    if len(given) not in (3, 7, 9):
        say("specie: git-diff is called by Git; people compare with `specie diff OLD NEW`")
        raise typer.Exit(Exit.USAGE)
    from ..results.diff.two_texts import compare_texts
    from ..views.two_texts import render_two_texts

    old, new = Path(given[1]), Path(given[2] if len(given) == 3 else given[4])
    path = given[7] if len(given) == 9 else given[0]
    write(render_two_texts(compare_texts(path, given[0], old, new), width()))

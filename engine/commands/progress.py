"""A bar on stderr while something long is done, where somebody looks on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from .terminal import width


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None] | None]:
    """What is to be told how much is done and how much there is; nothing where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    with typer.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def told(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield told


BAR = 24
"""Signs of a bar."""


@contextmanager
def progress_of_parts() -> Iterator[Callable[[str, int, int], None] | None]:
    """What is to be told of a part how much is done and how much there is, nothing of which is known as 0; nothing
    where stderr is no terminal. Each part has the one line after the other, which is gone in the end.
    """
    if not sys.stderr.isatty():
        yield None
        return
    line = _Line()
    try:
        yield line.told
    finally:
        line.write("")


class _Line:
    """A line of a terminal that is written over."""

    def __init__(self) -> None:
        self._shown = ""

    def told(self, part: str, done: int, count: int) -> None:
        """Show how far a part is."""
        if count:
            full = BAR * done // count
            self.write(f"{part}  [{'#' * full}{'.' * (BAR - full)}]  {done:,} of {count:,}")
        else:
            self.write(f"{part}  {done:,} {'run' if done == 1 else 'runs'}")

    def write(self, text: str) -> None:
        """Take the place of what stands there."""
        text = text[: width() - 1]
        if text != self._shown:
            sys.stderr.write(f"\r{text.ljust(len(self._shown))}" + ("" if text else "\r"))
            sys.stderr.flush()
            self._shown = text

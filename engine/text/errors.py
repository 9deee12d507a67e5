"""The two things that the engine raises: a complaint about the user's files, and a fault of its own."""

from __future__ import annotations

from .diagnostic import Diagnostic


class PolicyError(Exception):
    """The user's files have errors; `diagnostics` says which, in order of file and place."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__("; ".join(f"{found.code}: {found.message}" for found in diagnostics))
        self.diagnostics = diagnostics


class EngineBug(Exception):
    """Something happened that the checks before it should have made impossible: our fault, not the user's."""

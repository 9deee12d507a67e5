"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass

from .diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found, by file, place and code, in so many policies (`files`) and scenarios."""

    diagnostics: tuple[Diagnostic, ...]
    files: int = 0
    scenarios: int = 0

    @property
    def has_errors(self) -> bool:
        """Whether anything found stops the policy from being evaluated."""
        return any(found.severity.value == "error" for found in self.diagnostics)

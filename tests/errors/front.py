"""The front end as the tests of error messages see it: from a text to everything that is complained of."""

from __future__ import annotations

from engine.text.diagnostic import Diagnostic, Diagnostics
from engine.text.read import read_document
from engine.text.source import Source


def check_text(text: str) -> tuple[Diagnostic, ...]:
    """What `specie check` says of a policy with this text, in order of place."""
    diagnostics = Diagnostics()
    read_document(Source("policy.yaml", text), diagnostics)
    return diagnostics.sorted()

from __future__ import annotations

from engine.text.diagnostic import Diagnostics
from engine.text.errors import EngineBug, PolicyError
from engine.text.source import Source, Span


def test_policy_error_carries_its_diagnostics() -> None:
    diagnostics = Diagnostics()
    diagnostics.report("Y008", Span(Source("a.yaml", ""), 0, 0))
    error = PolicyError(diagnostics.sorted())
    assert error.diagnostics == diagnostics.sorted()
    assert str(error) == "Y008: the file holds nothing"
    assert not issubclass(EngineBug, PolicyError)

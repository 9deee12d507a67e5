"""Specie in Python, for notebooks: `from specie import evaluate`. The command line is `cli.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

# In a checkout this file stands beside `engine`; installed, it is the `__init__.py` of a folder with `engine` in it
# (docs/decisions/0003-wheel-layout.md).
if TYPE_CHECKING or not __package__:
    from engine import __version__
    from engine.execution.memory_tables import dataset
    from engine.notebook import Evaluation, evaluate, explain, outcome, tables
    from engine.text.errors import PolicyError
else:
    from .engine import __version__
    from .engine.execution.memory_tables import dataset
    from .engine.notebook import Evaluation, evaluate, explain, outcome, tables
    from .engine.text.errors import PolicyError

__all__ = ["Evaluation", "PolicyError", "__version__", "dataset", "evaluate", "explain", "outcome", "tables"]

"""What a backend, or a proof, needs of the machine."""

from __future__ import annotations

import os
from pathlib import Path


def missing_software(backend: str) -> str:
    """What a backend (or `z3`) needs that is not on this machine, and how to get it; empty where it can run."""
    from importlib.util import find_spec
    from shutil import which

    if backend == "z3":
        return "" if find_spec("z3") else "proofs need: pipx install 'specie[prove]'"
    if backend != "spark":
        return ""
    home = os.environ.get("JAVA_HOME")
    java = which("java", path=str(Path(home) / "bin") if home else None)
    if find_spec("pyspark") and java:
        return ""
    return "the Spark backend needs: pipx install 'specie[spark]' (and Java 17 or later on the machine)"

"""The files that come with the engine: policies, examples and schemas, its neighbours in a checkout and in a wheel."""

from __future__ import annotations

from pathlib import Path

BUNDLE = Path(__file__).resolve().parents[2]
DEMO_POLICY_NAME = "policies/example/credentials-of-value.yaml"
DEMO_DATA_NAME = "examples/state"
DEMO_MISTAKE_NAME = "examples/mistake.yaml"


def bundled(name: str) -> Path:
    """A bundled file or folder, as seen from the working folder where it lies in it, so that messages stay short."""
    path, here = BUNDLE / name, Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path

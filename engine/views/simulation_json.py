"""A simulation as JSON for machines."""

from __future__ import annotations

from ..results.simulate.record import simulation_record
from ..results.simulate.simulation import Simulation
from ..results.table_file import json_text


def simulation_json(one: Simulation, version: str) -> str:
    """What `simulation.json` says."""
    return json_text(simulation_record(one, version))

"""By which steps a row is reached along a relation, such as a credential that stacks to another by way of a third."""

from __future__ import annotations

from collections import deque

from ...execution.values import Key, Value
from ...plan.plan import Close
from ..replay import Replay, place_of
from .explanation import Note


def path_note(replay: Replay, closure: str, pair: Key) -> Note | None:
    """`path: Welding I, Welding II, Welding III` for a pair of a start and a row that is reached; nothing for rows that
    are reached by no relation. Of several ways it is a shortest, the first in the order of the keys.
    """
    made = next((one.source for one in replay.run.plan.entities if one.name == closure), None)
    if not isinstance(made, Close):
        return None
    start, reached = pair
    steps: dict[Value, list[Value]] = {}
    for key in replay.interpreter.keys(made.edges):
        ends = [replay.interpreter.value(made.edges, name, key) for name in (made.start, made.end)]
        steps.setdefault(ends[0], []).append(ends[1])
    came_from: dict[Value, Value] = {}
    ahead: deque[Value] = deque([start])
    while ahead and reached not in came_from:
        here = ahead.popleft()
        for there in sorted(steps.get(here, ()), key=str):
            if there not in came_from:
                came_from[there] = here
                ahead.append(there)
    if reached not in came_from:
        return None  # the start itself
    way: list[Value] = [reached, came_from[reached]]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    entity = replay.run.epoch.world.entities[made.edges].columns[made.end].name
    places = [place_of(replay, entity, (str(one),)) for one in reversed(way)]
    return Note("path: " + ", ".join(place.label or place.key for place in places))

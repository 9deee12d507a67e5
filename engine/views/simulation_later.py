"""What scenarios hold only after the day of the run, where years are run that tell what it does then."""

from __future__ import annotations

from ..results.simulate.simulation import Simulation


def told_by_years(one: Simulation) -> str:
    """That nothing changes in the first year, as all that is set and changed holds later and the years say what it
    does; empty where something holds at once, or nothing before the last year.
    """
    if one.years is None:
        return ""
    last = max(year.as_of for year in one.years.years)
    days = {each.starts for each in one.asked.scenarios if each.settings or each.rules or each.rows}
    waiting = sorted(day for day in days if day is not None and day > one.as_of)
    if not waiting or len(waiting) < len(days) or waiting[0] > last:
        return ""
    starts = " and ".join(day.isoformat() for day in waiting)
    return f"In {one.school_year} nothing changes: it holds from {starts} on. What it does later is told by the years."

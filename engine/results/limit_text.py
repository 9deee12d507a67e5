"""A limit on claims in words."""

from __future__ import annotations

from ..syntax.funding import Limit
from ..syntax.print import print_expr


def limit_text(limit: Limit) -> str:
    """What a limit allows: `at most $3,500 for one teacher and school year, where grade = 8, by award_date`."""
    names = [word.text.replace("_", " ") for word in limit.within]
    each = " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
    what = f"only the first {print_expr(limit.keep)}" if limit.keep is not None else ""
    if limit.at_most is not None:
        what = f"at most {print_expr(limit.at_most)}{' of the quantity' if limit.of_quantity else ''}"
    where = f", where {print_expr(limit.where)}" if limit.where is not None else ""
    by = print_expr(limit.by) if limit.by is not None else ""
    return f"{what}{f' for one {each}' if each else ''}{where}{f', by {by}' if by else ''}"

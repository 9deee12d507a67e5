"""L050: a rule that asks for the race or the sex of a student."""

from __future__ import annotations

from ...syntax import expr as ast
from ..checked import DataUse
from .linted import Linted

ASKED = ("race_ethnicity", "sex")


def groups_in_rules(of: Linted) -> None:
    """Report each thing that reads such a column, once for each column, unless it is a student group, which exists to
    look at numbers and decides nothing.
    """
    told = set[tuple[str, str]]()
    for one in of.written:
        node = one.node
        if not isinstance(node, ast.Name | ast.Member) or node.name not in ASKED or (one.path, node.name) in told:
            continue
        use = of.use_of(node)
        if isinstance(use, DataUse) and use.entity == "student" and not one.path.startswith("student_groups."):
            told.add((one.path, node.name))
            help = "make it a student group, and let `student_groups:` show its numbers"
            of.report(one.path, "L050", node.span, help=help, thing=one.path, column=node.name)

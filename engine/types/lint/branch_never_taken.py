"""L026: a branch of a choice below one that holds wherever it does."""

from __future__ import annotations

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.print import print_expr
from ...text.diagnostic import Label
from .line_never_reached import implies
from .linted import Linted


def branches_never_taken(of: Linted) -> None:
    """Report each `else if` whose test can only be true where that of an `if` before it is true already."""
    inner: set[int] = set()
    for one in of.written:
        if not isinstance(one.node, ast.If) or one.node.id in inner:
            continue
        above: list[Expr] = []
        link: Expr = one.node
        while isinstance(link, ast.If):
            inner.add(link.id)
            earlier = next((test for test in above if implies(link.test, test)), None)
            if earlier is not None:
                others = (Label(earlier.span, "holds wherever this does"),)
                help = "put the branch with the narrower test first"
                text = print_expr(link.test)
                of.report(one.path, "L026", link.test.span, others=others, help=help, text=text)
            above.append(link.test)
            link = link.otherwise

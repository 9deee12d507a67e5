"""Short ways to write the expression trees that lowering makes."""

from __future__ import annotations

from decimal import Decimal

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...text.source import NOWHERE, Span


class Build:
    """Makes nodes that all stand at one place: what the author wrote."""

    def __init__(self, span: Span = NOWHERE) -> None:
        self.span = span

    def name(self, name: str) -> Expr:
        """A bare name; with dots, a walk."""
        first, *rest = name.split(".")
        found: Expr = ast.Name(first, span=self.span)
        for part in rest:
            found = ast.Member(found, part, span=self.span)
        return found

    def text(self, value: str) -> Expr:
        """A text, which is also how a value of an enum is written."""
        return ast.Text(value, span=self.span)

    def truth(self, value: bool) -> Expr:
        """`true` or `false`."""
        return ast.Truth(value, span=self.span)

    def number(self, value: int) -> Expr:
        """A whole number."""
        return ast.Number(Decimal(value), span=self.span)

    def missing(self, reason: str) -> Expr:
        """`missing`, with its reason."""
        return ast.Missing(reason, span=self.span)

    def year(self, kind: str) -> Expr:
        """The `school_year` or `fiscal_year` of the run, even of a row with a column of that name."""
        return ast.YearOf(kind, self.name("as_of"), span=self.span)

    def compare(self, left: Expr, op: ast.ComparisonOp, right: Expr) -> Expr:
        """`left op right`."""
        return ast.Comparison(op, left, right, span=self.span)

    def all_of(self, *tests: Expr) -> Expr:
        """The tests joined by `and`."""
        return tests[0] if len(tests) == 1 else ast.And(tests, span=self.span)

    def any_of(self, *tests: Expr) -> Expr:
        """The tests joined by `or`."""
        return tests[0] if len(tests) == 1 else ast.Or(tests, span=self.span)

    def negated(self, test: Expr) -> Expr:
        """`not test`."""
        return ast.Not(test, span=self.span)

    def known(self, value: Expr, known: bool = True) -> Expr:
        """`value is known`, or `value is missing`."""
        return ast.IsKnown(value, known, span=self.span)

    def choice(self, *branches: tuple[Expr, Expr], otherwise: Expr) -> Expr:
        """`if … then … else if … else otherwise`."""
        found = otherwise
        for test, value in reversed(branches):
            found = ast.If(test, value, found, span=self.span)
        return found

    def or_else(self, value: Expr, fallback: Expr) -> Expr:
        """`value or_else fallback`."""
        return ast.OrElse(value, fallback, span=self.span)

    def plus(self, left: Expr, right: Expr) -> Expr:
        """`left + right`."""
        return ast.Arithmetic("+", left, right, span=self.span)

    def over(
        self, function: str, what: Expr | None, path: str, where: Expr | None, by: ast.Order | None = None
    ) -> Expr:
        """`function(what over path where … by …)`."""
        rows = ast.Rows(self.name(path), where, span=self.span)
        return ast.Aggregate(function, rows, what, by, span=self.span)

    def order(self, *values: Expr, descending: bool = False) -> ast.Order:
        """An order of such keys."""
        return ast.Order(tuple(ast.OrderKey(value, descending, span=self.span) for value in values), span=self.span)

    def rank(self, order: ast.Order, where: Expr, within: tuple[Expr, ...] = ()) -> Expr:
        """`rank(by order within … where …)`."""
        return ast.Among("rank", None, order, within, where, span=self.span)

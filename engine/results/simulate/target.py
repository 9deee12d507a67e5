"""What a search is to meet: a number of the run against a value, or against another number of it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ...plan.in_force import cell_value
from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.scenario import Target
from ...text.diagnostic import Diagnostics
from ...text.suggest import nearest, quoted
from ...types.checked import CheckedPolicy
from .measure import COUNT, MONEY, RATIO, Measures, measures_of

SAYS = {MONEY: "dollars", RATIO: "a share", COUNT: "a count"}
FORMS = {MONEY: "an amount such as `$5,000,000`", RATIO: "a percent such as `10%`", COUNT: "a whole number"}


@dataclass(frozen=True, slots=True)
class Goal:
    """`left` `sign` `value`, or `right` where it is a number of the run too. `text` is how the scenario has it."""

    left: str
    sign: str
    right: str | None
    value: Fraction
    kind: str
    text: str

    def gap(self, found: Measures) -> Fraction | None:
        """How far the left side is above the right; nothing where either is not known."""
        left = found.get(self.left)
        right = self.value if self.right is None else found.get(self.right)
        return None if left is None or right is None else left - right

    def is_met(self, gap: Fraction | None) -> bool:
        """Whether the target is met with a gap; never with one that is not known."""
        if gap is None:
            return False
        return gap == 0 or (self.sign == ">=" and gap > 0) or (self.sign == "<=" and gap < 0)


def goal_of(checked: CheckedPolicy, written: Target, diagnostics: Diagnostics) -> Goal | None:
    """The goal that a target writes (X060, X067)."""
    known = measures_of(checked)
    sides = [written.left] if written.value is not None else [written.left, written.right]
    for name in sides:
        if name not in known:
            near = nearest(name, known)
            help = f"did you mean `{near}`?" if near else f"there are {quoted(known)}"
            diagnostics.report("X060", written.span, help=help, name=name, policy=checked.policy.id)
            return None
    kind, text = known[written.left], f"{written.left} {written.sign} {written.right}"
    if written.value is None:
        if known[written.right] != kind:
            _misfit(written, kind, SAYS[known[written.right]], diagnostics)
            return None
        return Goal(written.left, written.sign, written.right, Fraction(0), kind, text)
    if not _fits(kind, written.value):
        _misfit(written, kind, f"`{written.right}`", diagnostics)
        return None
    value = cell_value(written.value)
    assert isinstance(value, Fraction)
    return Goal(written.left, written.sign, None, value, kind, text)


def _fits(kind: str, value: Expr) -> bool:
    inner = value.operand if isinstance(value, ast.Negate) else value
    if kind == MONEY:
        return isinstance(inner, ast.Money) and not inner.per
    return isinstance(inner, ast.Percent | ast.Number) if kind == RATIO else isinstance(inner, ast.Number)


def _misfit(written: Target, kind: str, found: str, diagnostics: Diagnostics) -> None:
    help = f"compare it with {FORMS[kind]}"
    diagnostics.report("X067", written.span, help=help, name=written.left, kind=SAYS[kind], found=found)

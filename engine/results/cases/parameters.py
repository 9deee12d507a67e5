"""The values that a case puts in the place of parameters: held to the rules of the parameters, and bound as cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date as Date

from ...plan.in_force import CellValue, cell_value
from ...plan.overrides import check_overrides
from ...syntax.cases import Override
from ...syntax.policy import DatedValue
from ...text.diagnostic import Diagnostic, Diagnostics, Label
from ...text.errors import PolicyError
from ...text.suggest import nearest, quoted
from ...types.check_parameters import check_parameters
from ...types.checked import CheckedPolicy
from ...types.datatypes import Type
from ...types.value_meant import value_meant


def override_cells(
    checked: CheckedPolicy, overrides: Iterable[Override], diagnostics: Diagnostics
) -> dict[str, CellValue]:
    """Cells by path. A value is held to its parameter as one more dated value of the policy would be (T015, N005), and
    to the digits that the plan has (X018).
    """
    parameters = {item.name: item for item in checked.policy.parameters}
    found: dict[str, CellValue] = {}
    for one in overrides:
        item = parameters.get(one.parameter.text)
        if item is None:
            near = nearest(one.parameter.text, parameters)
            help = f"did you mean `{near}`?" if near else f"the policy has {quoted(parameters)}"
            path, problem = f"parameters.{one.parameter.text}", "there is no such parameter"
            diagnostics.report("X018", one.parameter.span, help=help, path=path, value=_said(one), problem=problem)
            continue
        member = one.member.text if one.member else ""
        dated = DatedValue(
            starts=Date.max,
            members=((member, one.value),),
            places=(one.member.span if one.member else one.span,),
            standing="assumed",
            span=one.span,
        )
        own = Diagnostics()
        alone = replace(checked.policy, parameters=(replace(item, values=(*item.values, dated)),))
        check_parameters(alone, checked.tables, own)
        path = f"parameters.{item.name}" + (f".{member}" if member else "")
        members = checked.parameters[item.name].members
        if not own.has_errors and members and not member:
            help = f"write a block with a value for {quoted(members)}"
            own.report("X018", one.span, help=help, path=path, value=_said(one), problem="it has several values")
        if not own.has_errors:
            value = None if one.value is None else cell_value(one.value)
            try:
                check_overrides(checked, {path: value}, {path: one.span.text.strip()})
                found[path] = value
            except PolicyError as error:
                own.extend(replace(told, labels=(Label(one.span),)) for told in error.diagnostics)
        type = checked.parameters[item.name].type
        diagnostics.extend(_without_unit(told, one, type) for told in own.sorted())
    return found


def _without_unit(told: Diagnostic, one: Override, type: Type) -> Diagnostic:
    """A complaint with the cure that fits where the parameter itself, and its `unit:`, does not stand (T015)."""
    if told.code != "T015" or one.value is None:
        return told
    meant = value_meant(one.value, type)
    help = (f"write `{meant}`",) if meant else tuple(help.partition(", or change `unit:`")[0] for help in told.help)
    return replace(told, help=help)


def _said(one: Override) -> str:
    return f"`{one.span.text.strip()}`"

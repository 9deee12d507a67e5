"""The rows of `tests/spec/*.yaml` as a policy and a dataset, and what an engine makes of them.

All rows of a file become one policy (a definition per row, on `thing` or on `part`) and one dataset (a thing per row,
with its parts), so that an engine runs once per file. Rows that must not compile get a policy each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as Date
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from engine.execution.dataset import Dataset, dataset_from_rows
from engine.execution.dataset_rows import DatasetRows
from engine.execution.reference import Interpreter
from engine.execution.reference_run import Columns
from engine.execution.values import Missing
from engine.plan.from_checked import plan_policy
from engine.plan.in_force import Binding, bind
from engine.plan.plan import Plan
from engine.syntax.parse_policy import parse_policy
from engine.text import document as tree
from engine.text.diagnostic import Diagnostic, Diagnostics, Severity
from engine.text.read import read_document
from engine.text.source import Source
from engine.types.check_policy import check_policy
from engine.types.checked import CheckedPolicy
from engine.types.datatypes import Type

FOLDER = Path(__file__).resolve().parent
AS_OF = "2026-07-01"
"""The as-of date where a file names none."""

Columnar: TypeAlias = Callable[[Plan, Dataset, Any, Any], Columns]
"""How an engine is run: `run(plan, dataset, cells, schedules)`."""

WORDS = {
    "not reported": "no rows reported",
    "out-of-range": "X002",
    "before-first-value": "X003",
    "several-rows": "X004",
}
"""The word of a `why` that is not itself the code of a reason → that code."""

ERRORS: Mapping[str, tuple[str, ...]] = {
    "units-differ": ("T001", "T013"),
    "percent-for-number": ("T003",),
    "number-for-percent": ("T004",),
    "unknown-name": ("N001", "N007", "N008", "N012", "S024"),
    "ambiguous-name": ("N002",),
    "not-single": ("N003", "N008"),
    "types-differ": ("T002", "T005", "T006", "T009", "T010"),
    "comparison-chain": ("S015",),
    "is-missing": ("S016",),
    "needs-text-quotes": ("T018",),
    "too-many-digits": ("T008", "S019"),
    "wrong-arguments": ("T007", "T011", "T012", "S023", "S024", "S025"),
    "unknown-value": ("N005",),
}
"""The name of an error in the tables → the codes that say it."""


@dataclass(frozen=True)
class Row:
    """A row of a table: what it gives (for each part where `of` is `part`), or the error for which it is refused."""

    number: int
    name: str
    of: str
    expression: str
    is_test: bool
    expects: tuple[str, ...] = ()
    why: str = ""
    error: str = ""
    thing: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[Mapping[str, str], ...] = ()

    @property
    def column(self) -> str:
        return f"row_{self.number}"

    @property
    def key(self) -> str:
        return f"t{self.number:03}"

    def part_key(self, index: int) -> str:
        return f"{self.key} {self.parts[index].get('key') or f'p{index + 1}'}"


@dataclass(frozen=True)
class Table:
    """A file: the declared columns of `thing` and `part`, the rows, and what holds for all of them."""

    name: str
    thing: Mapping[str, Any]
    part: Mapping[str, Any]
    rows: tuple[Row, ...]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    as_of: str = AS_OF
    school_year_begins: str = "07-01"
    complete: bool = True

    @property
    def evaluated(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if not row.error)


# -- reading --------------------------------------------------------------------------------------------------------


def plain(node: tree.Node) -> Any:
    """A tree of YAML as dicts, lists and texts."""
    if isinstance(node, tree.Mapping):
        return {entry.key.text: plain(entry.value) for entry in node.entries}
    if isinstance(node, tree.Sequence):
        return [plain(item) for item in node.items]
    return node.text


@cache
def tables() -> tuple[Table, ...]:
    """Every file of the folder, read as strictly as a policy (a column may be called `n` or `y` here: Y015)."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.yaml")))


def _read(path: Path) -> Table:
    diagnostics = Diagnostics()
    document = read_document(Source(path.name, path.read_text(encoding="utf-8")), diagnostics)
    said = [one for one in diagnostics.sorted() if one.code != "Y015"]
    assert document is not None and not said, said
    held = plain(document.root)
    assert held["area"] == path.stem
    rest = {key: held[key] for key in ("parameters", "as_of", "school_year_begins") if key in held}
    return Table(
        path.stem,
        held.get("thing", {}),
        held.get("part", {}),
        tuple(_row(number, row) for number, row in enumerate(held["rows"], 1)),
        complete=held.get("complete", "yes") == "yes",
        **rest,
    )


def _row(number: int, held: Mapping[str, Any]) -> Row:
    known = {"name", "of", "thing", "parts", "test", "value", "gives", "why", "error"}
    assert set(held) <= known and ("test" in held) != ("value" in held) and ("gives" in held) != ("error" in held), held
    gives = held.get("gives", [])
    return Row(
        number,
        held["name"],
        held.get("of", "thing"),
        held.get("test", held.get("value")),
        "test" in held,
        (gives,) if isinstance(gives, str) else tuple(gives),
        held.get("why", ""),
        held.get("error", ""),
        held.get("thing", {}),
        tuple(held.get("parts", ())),
    )


# -- as a policy and a dataset --------------------------------------------------------------------------------------


def policy_text(table: Table, rows: Sequence[Row]) -> str:
    """The policy with a definition for each of the rows."""
    identifier = table.name.replace("_", "-")
    definitions = {
        of: {row.column: row.expression for row in rows if row.of == of}
        for of in ("thing", "part", "state")
        if any(row.of == of for row in rows)
    }
    parameters = {name: {"cite": "spec", **held} for name, held in table.parameters.items()}
    policy = {
        "policy": f"spec/{identifier}",
        "title": "The rows of a table of the specification",
        "school_year_begins": table.school_year_begins,
        "sources": {"spec": {"title": "The specification", "url": "https://example.gov/spec"}},
        **({"parameters": parameters} if parameters else {}),
        "data": {
            "thing": {
                "key": ["thing_id"],
                "rows_name": "things",
                "columns": {"thing_id": {"type": "text"}, **_columns(table.thing)},
            },
            "part": {
                "key": ["part_id"],
                "rows_name": "parts",
                "complete": "yes" if table.complete else "no",
                "columns": {"part_id": {"type": "text"}, "thing": {"type": "thing"}, **_columns(table.part)},
            },
        },
        **({"definitions": definitions} if definitions else {}),
    }
    return "\n".join(_lines(policy)) + "\n"


def _columns(declared: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _column(column) for name, column in declared.items()}


def _column(declared: Mapping[str, Any]) -> dict[str, Any]:
    """A column; the digits before the point of a number as its range."""
    if "type" in declared or "values" in declared:
        return dict(declared)
    scale, digits = int(declared.get("scale", "0")), int(declared.get("digits", "6"))
    most = "9" * digits + ("." + "9" * scale if scale else "")
    column = {key: value for key, value in declared.items() if key != "digits"}
    return {"unit": "number", **column, "at_least": f"-{most}", "at_most": most}


def _lines(held: Mapping[str, Any], indent: str = "") -> list[str]:
    lines = []
    for key, value in held.items():
        if isinstance(value, Mapping):
            lines += [f"{indent}{_quoted(key)}:", *_lines(value, indent + "  ")]
        elif isinstance(value, list):
            lines += [f"{indent}{_quoted(key)}:", *(f"{indent}  - {_quoted(one)}" for one in value)]
        else:
            lines.append(f"{indent}{_quoted(key)}: {_quoted(value)}")
    return lines


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@dataclass(frozen=True)
class Prepared:
    """A table ready to be run; `cells` and `schedules` are bound at its as-of date."""

    checked: CheckedPolicy
    plan: Plan
    dataset: Dataset
    bound: Binding


def check(table: Table, rows: Sequence[Row]) -> tuple[CheckedPolicy | None, tuple[Diagnostic, ...]]:
    """The checked policy of some rows, and all errors on the way there."""
    diagnostics = Diagnostics()
    source = Source(f"{table.name}.yaml", policy_text(table, rows))
    document = read_document(source, diagnostics)
    policy = parse_policy(document, diagnostics) if document else None
    checked = check_policy(policy, {}, diagnostics) if policy else None
    return checked, tuple(one for one in diagnostics.sorted() if one.severity is Severity.ERROR)


@cache
def prepared(name: str) -> Prepared:
    """The policy, plan and data of the rows of a file that are evaluated."""
    (table,) = (table for table in tables() if table.name == name)
    return prepare(table)


def prepare(table: Table) -> Prepared:
    """The same of any table. Raises AssertionError where a row does not compile."""
    checked, errors = check(table, table.evaluated)
    told = [f"line {one.span.source.position(one.span.start)[0]}: {one.code} {one.message}" for one in errors]
    assert checked is not None and not told, "\n".join(told)
    as_of = Date.fromisoformat(table.as_of)
    return Prepared(checked, plan_policy(checked, checked.epoch(as_of)), _dataset(table, checked), bind(checked, as_of))


def _dataset(table: Table, checked: CheckedPolicy) -> Dataset:
    things = [{"thing_id": row.key, **row.thing} for row in table.evaluated]
    parts = [
        {"part_id": row.part_key(index), "thing": row.key, **{name: part[name] for name in part if name != "key"}}
        for row in table.evaluated
        for index, part in enumerate(row.parts)
    ]
    parts.reverse()  # no order of the data may matter
    return dataset_from_rows(checked.tables, {"thing": things, "part": parts}, as_of=Date.fromisoformat(table.as_of))


# -- results --------------------------------------------------------------------------------------------------------


def run(table: Prepared, engine: Columnar) -> Columns:
    """What an engine gives for a whole file."""
    return engine(table.plan, table.dataset, table.bound.cells, table.bound.schedules)


def given(row: Row, table: Prepared, columns: Columns) -> tuple[str, ...]:
    """What an engine gave for a row, written as the tables write it."""
    type_ = table.plan.column(row.of, row.column).type
    assert type_.kind == "truth" or not row.is_test
    held = columns[row.of].to_pydict()
    keys = {"thing": (row.key,), "part": tuple(map(row.part_key, range(len(row.parts)))), "state": ("state",)}[row.of]
    places = {key: place for place, key in enumerate(held["state" if row.of == "state" else f"{row.of}_id"])}
    names = (f"{row.column}__low", f"{row.column}__high") if type_.bounded else (row.column,)
    return tuple(written(type_, *(held[name][places[key]] for name in names)) for key in keys)


def written(type_: Type, low: Any, *high: Any) -> str:
    """A value of a column, or the two ends of one, as the tables write it."""
    if high and low != high[0]:
        (most,) = high
        if low is None:
            return f"at_most {written(type_, most)}"
        if most is None:
            return f"at_least {written(type_, low)}"
        return f"from {written(type_, low)} to {written(type_, most)}"
    if low is None:
        return "missing"
    if type_.kind == "truth":
        return "true" if low else "false"
    if type_.kind == "year":
        return f"{low}-{(low + 1) % 100:02}" if type_.name == "school_year" else str(low)
    return _decimal(int(low), type_) if type_.kind == "number" else str(low)


def _decimal(whole: int, type_: Type) -> str:
    """A scaled integer as digits; a quotient as it is shown, with 9 decimals."""
    context = Context(prec=60, rounding=ROUND_HALF_UP)
    value = Decimal(whole).scaleb(-type_.scale, context)
    if type_.quotient:
        value = value.quantize(Decimal("0.000000001"), context=context)
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def reasons(row: Row, table: Prepared) -> list[set[str]]:
    """The codes of the reasons that the reference has for each missing result of a row."""
    rows = DatasetRows(table.dataset.tables)
    interpreter = Interpreter(table.plan, rows, table.bound.cells, table.bound.schedules)
    keys = [row.key] if row.of == "thing" else [row.part_key(index) for index in range(len(row.parts))]
    found = [interpreter.value(row.of, row.column, (key,)) for key in keys]
    return [{reason.code for reason in value.reasons} for value in found if isinstance(value, Missing)]

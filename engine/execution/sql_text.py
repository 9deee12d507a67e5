"""A program as text to read."""

from __future__ import annotations

from .spelling import Spelling
from .sql_program import CheckCrossing, Closure, HostFunction, Load, Make, Program, Result, ShareOut, Step


def program_text(program: Program, spelling: Spelling) -> str:
    """The SQL of a program in its order; what the engine itself does between the queries stands in comments."""
    lines = [f"-- {program.dialect}"]
    for path, (column, _) in program.cells.items():
        lines.append(f"-- cells.{column}: the value of {_word(path)}")
    for path, (table, _) in program.schedules.items():
        lines.append(f"-- {table}: the values of {_word(path)} with the days that they are in force")
    parts = ["\n".join(lines)]
    parts += [_step(step, spelling) for step in program.steps]
    return "\n\n".join(parts) + "\n"


def _word(text: str) -> str:
    """A name of an author's inside a comment, which no line end may close."""
    return " ".join(text.split())


def _step(step: Step, spelling: Spelling) -> str:
    match step:
        case Load():
            names = ", ".join(_word(name) for _, name, _ in step.columns)
            return f"-- {step.table}: the data of {_word(step.entity)} ({names})"
        case Make():
            made = spelling.temporary.format(name=step.table, query="").rstrip() + f"\n{step.query};"
            return made + (f"\n{spelling.drop.format(name=step.replaces)};" if step.replaces else "")
        case CheckCrossing():
            return f"-- at most {step.crossing.at_most:,} rows\n{step.query};"
        case Closure():
            parts = [step.edges, step.itself] if step.itself else [step.edges]
            return f"-- {step.table}: the engine follows these edges\n" + "\n".join(f"{part};" for part in parts)
        case HostFunction():
            return f"-- {step.table}: the engine computes {step.function} of these\n{step.query};"
        case ShareOut():
            said = f"-- {step.payments}, {step.factors}: the engine shares this pot by these claims"
            return f"{said}\n{step.pot};\n{step.rows};"
        case Result():
            return f"-- the result: {_word(step.entity)}\n{step.query};"

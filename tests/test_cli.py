"""The command line: pages of codes, wrong usage, faults of ours."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

import cli
from engine.text.codes import CODES


def test_every_command_has_help_with_an_example() -> None:
    for command in cli.app.registered_commands:
        assert command.callback is not None
        assert "Example: specie " in (command.callback.__doc__ or "")


def test_code_prints_its_page() -> None:
    run = CliRunner().invoke(cli.app, ["code", "y001"])
    assert run.exit_code == cli.Exit.DONE
    assert run.stdout.startswith(f"# Y001 {CODES['Y001'].name}\n")
    assert "## Prefer" in run.stdout


def test_unknown_code_is_wrong_usage() -> None:
    run = CliRunner().invoke(cli.app, ["code", "Q999"])
    assert run.exit_code == cli.Exit.USAGE
    assert run.stdout == ""
    assert "there is no code `Q999`" in run.stderr


def test_a_fault_of_ours_ends_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(**_: object) -> None:
        raise KeyError("column")

    monkeypatch.setattr(cli, "app", broken)
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == cli.Exit.OUR_FAULT
    assert capsys.readouterr().err.splitlines() == [
        "specie: a fault of ours, please report it: KeyError: 'column'"
    ]

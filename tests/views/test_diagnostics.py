from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.text.diagnostic import Diagnostic, Diagnostics, Label, Severity
from engine.text.fix import Edit, Fix
from engine.text.source import NOWHERE, Source, Span
from engine.views.diagnostics import FORMATS, render, summary
from engine.views.snippet import columns

POLICY = Source("policies/xx.yaml", "limits:\n  cap: $3,500\n  cap: $4\nnote: |\n  one\n  two\nend: 1\n")


def _one(
    start: int, end: int, *, source: Source = POLICY, label: str = "", others: tuple[Label, ...] = (), key: str = "cap"
) -> Diagnostic:
    diagnostics = Diagnostics()
    diagnostics.report("Y013", Span(source, start, end), label=label, others=others, help="keep one", key=key)
    return diagnostics.sorted()[0]


def test_full() -> None:
    told = _one(24, 27, label="again here", others=(Label(Span(POLICY, 10, 13), "first written here"),))
    assert render([told], "full") == (
        "error[Y013]: `cap` stands here twice\n"
        " --> policies/xx.yaml:3:3\n"
        "  |\n"
        "2 |   cap: $3,500\n"
        "  |   --- first written here\n"
        "3 |   cap: $4\n"
        "  |   ^^^ again here\n"
        "  |\n"
        "  = help: keep one\n"
        "  = more: specie code Y013"
    )


def test_full_of_several_lines_and_files() -> None:
    other = Source("base.yaml", "cap: 1\n")
    told = _one(32, 51, label="these", others=(Label(Span(other, 0, 3), "there"),))
    assert render([told], "full").split("\n")[1:-3] == [
        " --> policies/xx.yaml:4:1",
        "  |",
        "4 | note: |",
        "  | ^^^^^^^",
        "...",
        "6 |   two",
        "  |   ^^^ these",
        " ::: base.yaml:1:1",
        "  |",
        "1 | cap: 1",
        "  | --- there",
    ]


def test_wide_combining_and_tab_characters_keep_the_caret_in_place() -> None:
    text = "名前:\te\u0301😀 here"
    at = text.index("here")
    line, carets = render([_one(at, at + 4, source=Source("a", text))], "full").split("\n")[3:5]
    before = line[: line.index("here")]
    assert sum(columns(char) for char in before) == carets.index("^^^^")
    assert "\t" not in line


def test_long_lines_are_cut_around_the_mark() -> None:
    text = "x" * 500 + "HERE" + "y" * 500
    for width in (40, 80, 120):
        line, carets = render([_one(500, 504, source=Source("a", text))], "full", width=width).split("\n")[3:5]
        assert len(line) <= width
        assert line[carets.index("^") :].startswith("HERE") and carets.count("^") == 4
        assert line.startswith("1 | …") and line.endswith("…")
    line, carets = render([_one(0, 1000, source=Source("a", text))], "full", width=40).split("\n")[3:5]
    assert len(line) <= 40 and len(carets) <= 40


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ab é名\t\u0301\n\r\x1b\u202e", max_size=200), st.data())
def test_any_place_of_any_text_can_be_shown(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    told = _one(start, end, source=Source("a", text), label="here", others=(Label(Span(Source("a", text), 0, 1), "x"),))
    for format in FORMATS:
        shown = render([told], format, width=40)
        assert "\x1b" not in shown and "\u202e" not in shown
    coloured = render([told], "full", width=40, color=True)
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == render([told], "full", width=40)


def test_colour_adds_nothing_but_colour() -> None:
    told = [_one(24, 27, label="again"), _one(0, 6)]
    for format in ("full", "concise"):
        coloured = render(told, format, color=True)
        assert "\x1b[" in coloured
        assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == render(told, format)
    for format in ("json", "github", "sarif"):
        assert render(told, format, color=True) == render(told, format)


def test_help_of_several_lines_stands_in_one_column() -> None:
    diagnostics = Diagnostics()
    span = Span(POLICY, 10, 13)
    diagnostics.report("Y013", span, help="write:\na:\n  b: c", notes="why", key="cap")
    assert render(diagnostics.sorted(), "full").endswith(
        "  = note: why\n  = help: write:\n          a:\n            b: c\n  = more: specie code Y013"
    )


@pytest.mark.parametrize("width", [60, 80, 120])
def test_headlines_and_cures_are_wrapped_with_a_hanging_indent(width: int) -> None:
    names = ", ".join(f"`column_{number}`" for number in range(40))
    diagnostics = Diagnostics()
    diagnostics.report("Y040", Span(POLICY, 10, 13), help=f"the keys are {names}", notes=names, key="cap", where=names)
    lines = render(diagnostics.sorted(), "full", width=width).split("\n")
    assert max(map(len, lines)) <= width
    place = next(number for number, line in enumerate(lines) if "-->" in line)
    assert place >= 5 and all(line.startswith("  `column_") for line in lines[1:place]), "the headline"
    help = next(number for number, line in enumerate(lines) if "= help: " in line)
    assert all(line.startswith(" " * 10 + "`column_") for line in lines[help + 1 : -1]), "the cure"
    assert " ".join(" ".join(lines[:place]).split()) == f"error[Y040]: there is no key `cap` in {names}"
    for format in ("concise", "github"):
        assert "\n" not in render(diagnostics.sorted(), format, width=width), "one line for a machine"


def test_whole_files_and_no_file() -> None:
    empty = _one(0, 0, source=Source("gone.yaml", ""))
    assert render([empty], "full").split("\n")[1] == " --> gone.yaml"
    nowhere = Diagnostic("X001", "division by zero", (Label(NOWHERE),))
    assert render([nowhere], "full") == "error[X001]: division by zero\n  = more: specie code X001"
    assert render([nowhere], "concise") == "error[X001] division by zero"
    assert json.loads(render([nowhere], "json"))[0]["file"] is None
    assert render([nowhere], "github") == "::error title=X001 division-by-zero::division by zero"
    assert "locations" not in json.loads(render([nowhere], "sarif"))["runs"][0]["results"][0]


def test_concise() -> None:
    assert render([_one(24, 27), _one(10, 13)], "concise") == (
        "policies/xx.yaml:3:3: error[Y013] `cap` stands here twice\n"
        "policies/xx.yaml:2:3: error[Y013] `cap` stands here twice"
    )


def test_json() -> None:
    told = _one(24, 27, label="again", others=(Label(Span(POLICY, 10, 13), "first"),))
    assert json.loads(render([told], "json")) == [
        {
            "code": "Y013", "name": "duplicate-key", "severity": "error", "message": "`cap` stands here twice",
            "file": "policies/xx.yaml", "line": 3, "column": 3, "end_line": 3, "end_column": 6, "label": "again",
            "others": [
                {"file": "policies/xx.yaml", "line": 2, "column": 3, "end_line": 2, "end_column": 6, "label": "first"}
            ],
            "help": ["keep one"], "notes": [], "fix": None,
        }
    ]  # fmt: skip
    assert render([], "json") == "[]"


def test_github_escapes() -> None:
    source = Source("a,b:100%.yaml", "cap: 1\r\ncap: 2\n")
    told = _one(8, 11, source=source, key="50%\n")
    assert render([told], "github") == (
        "::error file=a%2Cb%3A100%25.yaml,line=2,endLine=2,col=1,endColumn=4,title=Y013 duplicate-key"
        "::`50%25%0A` stands here twice%0Ahelp: keep one"
    )
    assert "col=" not in render([_one(0, 11, source=source)], "github")


def test_github_paths_start_from_the_workspace() -> None:
    def path(name: str, workspace: str) -> str:
        return render([_one(0, 3, source=Source(name, "cap: 1"))], "github", workspace=workspace).split(",")[0][13:]

    assert path("a.yaml", "") == path("./b/../a.yaml", "") == "a.yaml"
    assert path("/w/repo/policies/a.yaml", "/w/repo") == "policies/a.yaml"
    assert path("/w/repo/../other/a.yaml", "/w/repo") == "/w/other/a.yaml"
    assert path("/w/repository/a.yaml", "/w/repo") == "/w/repository/a.yaml"


def test_a_fix_for_machines() -> None:
    """SARIF 2.1.0, sections 3.55 to 3.57: what is deleted, and what is put in its place."""
    diagnostics = Diagnostics()
    fix = Fix("take `cap` out", (Edit(Span(POLICY, 22, 32), ""), Edit(Span(POLICY, 8, 9), "\n")))
    diagnostics.report("L002", Span(POLICY, 24, 27), help="take it out", fix=fix, name="cap")
    (told,) = json.loads(render(diagnostics.sorted(), "json"))
    place = {"file": "policies/xx.yaml", "line": 3, "column": 1, "end_line": 4, "end_column": 1}
    other = {"file": "policies/xx.yaml", "line": 2, "column": 1, "end_line": 2, "end_column": 2}
    assert told["fix"] == {
        "says": "take `cap` out",
        "edits": [{**place, "text": ""}, {**other, "text": "\n"}],
    }
    log = json.loads(render(diagnostics.sorted(), "sarif"))
    assert log["runs"][0]["results"][0]["fixes"] == [
        {
            "description": {"text": "take `cap` out"},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": "policies/xx.yaml"},
                    "replacements": [
                        {
                            "deletedRegion": {"startLine": 3, "startColumn": 1, "endLine": 4, "endColumn": 1},
                            "insertedContent": {"text": ""},
                        },
                        {
                            "deletedRegion": {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 2},
                            "insertedContent": {"text": "\n"},
                        },
                    ],
                }
            ],
        }
    ]


def test_sarif() -> None:
    diagnostics = Diagnostics()
    diagnostics.extend([_one(24, 27, others=(Label(Span(POLICY, 10, 13), "first"),))])
    diagnostics.report("Y022", Span(POLICY, 0, 6), comment="#x")
    log = json.loads(render(diagnostics.sorted(), "sarif"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"] == "specie"
    assert [rule["id"] for rule in rules] == ["Y013", "Y022"]
    assert [rule["defaultConfiguration"]["level"] for rule in rules] == ["error", "warning"]
    warning, error = run["results"]
    assert (warning["ruleId"], warning["level"]) == ("Y022", "warning")
    assert rules[error["ruleIndex"]]["id"] == error["ruleId"] == "Y013"
    assert error["message"]["text"].startswith("`cap` stands here twice")
    place = error["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "policies/xx.yaml"
    assert place["region"] == {"startLine": 3, "startColumn": 3, "endLine": 3, "endColumn": 6}
    assert error["relatedLocations"][0]["message"]["text"] == "first"


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("a b/ü.yaml", "a%20b/%C3%BC.yaml"),
        ("./a.yaml", "a.yaml"),
        ("/tmp/a.yaml", "file:///tmp/a.yaml"),
        ("C:\\policies\\a.yaml", "file:///C:/policies/a.yaml"),
        ("policies\\a.yaml", "policies/a.yaml"),
    ],
)
def test_sarif_places(name: str, uri: str) -> None:
    log = json.loads(render([_one(0, 3, source=Source(name, "cap: 1"))], "sarif"))
    location = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == uri


def test_of_a_large_table_only_the_line_is_kept() -> None:
    told = _one(0, 3, source=Source("a.csv", "x,y,z", 4711))
    assert render([told], "full").split("\n")[1:5] == ["    --> a.csv:4711:1", "     |", "4711 | x,y,z", "     | ^^^"]


def test_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="no format 'xml'"):
        render([], "xml")
    assert [render([], format) for format in ("full", "concise", "github")] == ["", "", ""]


def test_summary() -> None:
    error, warning = (Diagnostic("Y013", "m", (Label(NOWHERE),), severity=severity) for severity in Severity)
    assert summary([]) == "no errors"
    assert summary([error, error, warning]) == "2 errors, 1 warning"
    assert summary([warning]) == "1 warning"

"""Bad files through the command line: a coded message at the place, exit 1, no traceback, nothing half written, at once."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.commands.exit import Exit
from tests.small_state import DATASET, POLICY, TABLES, specie, write_state

PATIENCE = 10
"""Seconds that nothing may take, on a slow machine with other work too."""

SAID_AT_MOST = 60_000
"""Characters that nothing may say."""


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the small state, in which the command is run."""
    write_state(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(code: str, place: str, policy: str = "welding.yaml", data: str = "data") -> str:
    """Evaluate and see that it is refused with `code` at `place`, and that nothing is left of it."""
    before = set(Path().rglob("*"))
    started = time.perf_counter()
    run = specie("evaluate", policy, "--data", data, "--out", "run")
    assert time.perf_counter() - started < PATIENCE
    assert isinstance(run.exception, SystemExit) and run.exit_code == Exit.ERRORS, run.exception
    assert run.stdout == "" and "Traceback" not in run.stderr and len(run.stderr) < SAID_AT_MOST
    blocks = [block for block in run.stderr.split("\n\n") if block.startswith(f"error[{code}]")]
    assert any(f"--> {place}\n" in block for block in blocks), run.stderr[:2000]
    assert set(Path().rglob("*")) == before, "neither the folder of the run nor one beside it"
    return run.stderr


def changed(old: str, new: str) -> str:
    """The policy with a part of it replaced."""
    assert POLICY.count(old) == 1, old
    return POLICY.replace(old, new)


NESTED = "(" * 5000 + "statewide_market.annual_median" + ")" * 5000
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)

POLICIES = {
    "wrong type": (changed("limit: 2", "limit: [1, 2]"), "Y042", "39:3"),
    "wrong value": (changed("2024-07-01: $40,000", "2024-07-01: a lot"), "S001", "14:21"),
    "wrong date": (changed("2024-07-01: $40,000", "2024-02-30: $40,000"), "Y050", "14:7"),
    "unknown key": (changed("jurisdiction:", "juridsiction:"), "Y040", "3:1"),
    "duplicate key": (changed("school_year: 2026-27", "title: Again"), "Y013", "4:1"),
    "tab": (changed("  wage_floor:\n", "\twage_floor:\n"), "Y007", "9:1"),
    "money in braces": (changed("  wage_floor:\n", "  most: {cap: $3,500}\n  wage_floor:\n"), "Y019", "9:17"),
    "anchor bomb": (BOMB, "Y010", "1:4"),
    "merge key": (changed("limit: 2", "limit: 2\n  <<: *all"), "Y012", "40:3"),
    "tag": (changed("limit: 2", "limit: !!python/object/apply:os.system [ls]"), "Y011", "39:10"),
    "a scalar of 10 MB": (changed("Credentials that pay", "x" * 10_000_000), "Y004", ""),
    "a scalar of 1 MB": (changed("Credentials that pay", "x" * 1_000_000), "Y018", "2:8"),
    "5,000 parentheses": (changed("test: statewide_market.annual_median", f"test: {NESTED}"), "S030", "32:73"),
    "5,000 lists in lists": ("a: " + "[" * 5000 + "]" * 5000 + "\n", "Y016", "1:103"),
    "4,000 nots": (changed("when: good_job", "when: " + "not " * 4000 + "good_job"), "S030", "37:9"),
    "a long sum": (changed("pay: statewide", "pay: 1" + " + 1" * 10_000 + " + statewide"), "S031", "27:10"),
    "unknown column": (
        changed("test: statewide_market.annual_median", "test: statewide_market.anual_median"),
        "N001",
        "32:30",
    ),
    "cycle": (changed("pay: statewide_market.annual_median", "pay: twice\n    twice: pay * 2"), "N006", "27:5"),
    "not a mapping": ("- policy: xx/welding\n", "Y042", "1:1"),
    "a word": ("welding\n", "Y042", "1:1"),
    "nothing": ("", "Y008", ""),
    "two documents": (POLICY + "---\n" + POLICY, "Y009", "44:1"),
    "an invisible character": (changed("Credentials that", "Credentials\u202e that"), "Y006", "2:19"),
    "a null character": (changed("Credentials that", "Credentials\0 that"), "Y006", "2:19"),
}


@pytest.mark.parametrize("name", POLICIES)
def test_policies(name: str, state: Path) -> None:
    text, code, place = POLICIES[name]
    (state / "welding.yaml").write_bytes(text.encode())
    said = refused(code, f"welding.yaml:{place}" if place else "welding.yaml")
    assert specie("check", "welding.yaml").stdout == said, "a check says the same, and says it on stdout"


def test_bytes_that_are_no_text(state: Path) -> None:
    (state / "welding.yaml").write_bytes(bytes(range(32, 256)) * 10)
    refused("Y005", "welding.yaml:1:97")
    (state / "welding.yaml").write_bytes(POLICY.encode("utf-16"))
    assert "it is UTF-16 now" in refused("Y005", "welding.yaml:1:1")


def test_files_that_are_not_there(state: Path) -> None:
    refused("Y002", "nothing.yaml", "nothing.yaml")
    refused("D001", "nothing/dataset.yaml", data="nothing")
    refused("Y003", "data", policy="data")
    refused("Y002", "welding.yaml/x.yaml", policy="welding.yaml/x.yaml")
    refused("Y003", "x" * 300, policy="x" * 300)


def test_a_file_of_another_kind(state: Path) -> None:
    assert "is a dataset, not a policy" in refused("Y066", "data/dataset.yaml", policy="data/dataset.yaml")


def test_policies_that_extend_each_other(state: Path) -> None:
    folder = state / "policies" / "xx"
    folder.mkdir(parents=True)
    for one, other in (("a", "b"), ("b", "a")):
        (folder / f"{one}.yaml").write_text(f"policy: xx/{one}\ntitle: T\nextends: [xx/{other}]\n", encoding="utf-8")
    assert "`xx/a` → `xx/b` → `xx/a`" in refused("N081", "policies/xx/b.yaml:3:11", policy="policies/xx/a.yaml")
    (folder / "a.yaml").write_text("policy: xx/a\ntitle: T\nextends: [../../secret]\n", encoding="utf-8")
    refused("N082", "policies/xx/a.yaml:3:11", policy="policies/xx/a.yaml")


MARKETS = TABLES["labor_markets.csv"]

DATA: dict[str, tuple[dict[str, str | bytes], str, str]] = {
    "unclosed quote": ({"areas": 'code,name\nUS-XX,"State\n'}, "D017", "data/areas.csv:2:7"),
    "a row too long": ({"areas": "code,name\nUS-XX,State,more\n"}, "D016", "data/areas.csv:2:1"),
    "a row too short": ({"labor_markets": MARKETS + "29-2099\n"}, "D016", "data/labor_markets.csv:6:1"),
    "no rows": ({"labor_markets": "occupation,area,annual_median\n"}, "D030", "data/dataset.yaml:9:11"),
    "nothing": ({"labor_markets": ""}, "D014", "data/dataset.yaml:9:11"),
    "null key": ({"occupations": "code,title\n11-1011,Chiefs\n,Nobody\n"}, "D025", "data/occupations.csv:3:1"),
    "duplicate key": ({"areas": "code,name\nUS-XX,One\nUS-XX,Two\n"}, "D026", "data/areas.csv:3:1"),
    "duplicate header": ({"areas": "code,name,name\nUS-XX,One,Two\n"}, "D015", "data/areas.csv:1:6"),
    "missing column": ({"labor_markets": MARKETS.replace("annual_median", "median")}, "D007", "data/dataset.yaml:9:11"),
    "wrong type": ({"labor_markets": MARKETS.replace("47000", "plenty")}, "D020", "data/labor_markets.csv:5:15"),
    "too large a number": ({"labor_markets": MARKETS.replace("47000", "9" * 40)}, "D022", "data/labor_markets.csv:5:15"),
    "an exponent": ({"labor_markets": MARKETS.replace("47000", "1e999999999")}, "D020", "data/labor_markets.csv:5:15"),
    "a negative wage": ({"labor_markets": MARKETS.replace("47000", "-1")}, "D022", "data/labor_markets.csv:5:15"),
    "dangling reference": ({"labor_markets": MARKETS.replace("51-4121", "51-4122")}, "D027", "data/labor_markets.csv:5:1"),
    "another state": ({"areas": TABLES["areas.csv"] + "US-YY,Other\n", "labor_markets": MARKETS + "11-1011,US-YY,1\n"}, "D029",
                      "data/labor_markets.csv:6:9"),
    "null character": ({"areas": "code,name\nUS-XX,St\0ate\n"}, "D012", "data/dataset.yaml:5:11"),
    "no text": ({"areas": b"code,name\nUS-XX,\xff\xfe\n"}, "D012", "data/dataset.yaml:5:11"),
    "missing file": ({"dataset": DATASET.replace("areas.csv", "ares.csv")}, "D008", "data/dataset.yaml:5:11"),
    "file outside": ({"dataset": DATASET.replace("areas.csv", "../areas.csv")}, "D009", "data/dataset.yaml:5:11"),
    "absolute path": ({"dataset": DATASET.replace("areas.csv", "/areas.csv")}, "D009", "data/dataset.yaml:5:11"),
    "unknown table": ({"dataset": DATASET.replace("  area:", "  aera:")}, "D004", "data/dataset.yaml:4:3"),
    "unknown key": ({"dataset": DATASET.replace("    file: areas.csv", "    fiel: areas.csv")}, "D003",
                    "data/dataset.yaml:5:5"),
    "duplicate table": ({"dataset": DATASET.replace("  occupation:", "  area:")}, "Y013", "data/dataset.yaml:6:3"),
    "a list": ({"dataset": "- areas.csv\n"}, "D002", "data/dataset.yaml:1:1"),
    "tab": ({"dataset": DATASET.replace("    file: areas.csv", "\tfile: areas.csv")}, "Y007", "data/dataset.yaml:5:1"),
    "a wrong day": ({"dataset": DATASET.replace("2026-11-01", "2026-13-01")}, "D002", "data/dataset.yaml:2:8"),
}  # fmt: skip


@pytest.mark.parametrize("name", DATA)
def test_data(name: str, state: Path) -> None:
    files, code, place = DATA[name]
    for file, text in files.items():
        path = state / "data" / ("dataset.yaml" if file == "dataset" else f"{file}.csv")
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    said = refused(code, place)
    assert specie("check", "welding.yaml", "--data", "data").stdout == said


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda data: data, "D013"),  # not packed at all
        (lambda data: gzip.compress(data)[:-12], "D013"),  # cut off
        (lambda data: gzip.compress(data)[:30] + b"\0\0\0\0" + gzip.compress(data)[34:], "D013"),  # damaged
        (lambda data: b"", "D014"),
        (lambda data: gzip.compress(b""), "D014"),
    ],
)
def test_packed_files(make: Callable[[bytes], bytes], code: str, state: Path) -> None:
    data = state / "data" / "labor_markets.csv"
    (state / "data" / "labor_markets.csv.gz").write_bytes(make(data.read_bytes()))
    text = DATASET.replace("labor_markets.csv", "labor_markets.csv.gz")
    (state / "data" / "dataset.yaml").write_text(text, encoding="utf-8")
    refused(code, "data/dataset.yaml:9:11")


def test_links_that_lead_out(state: Path) -> None:
    secret = state / "secret.csv"
    secret.write_text(TABLES["areas.csv"], encoding="utf-8")
    (state / "data" / "areas.csv").unlink()
    (state / "data" / "areas.csv").symlink_to(secret)
    refused("D009", "data/dataset.yaml:5:11")


def test_a_folder_where_a_table_belongs(state: Path) -> None:
    (state / "data" / "areas.csv").unlink()
    (state / "data" / "areas.csv").mkdir()
    refused("D008", "data/dataset.yaml:5:11")


def test_everything_wrong_is_said_at_once(state: Path) -> None:
    (state / "welding.yaml").write_text(
        changed("limit: 2", "limit: 2 +").replace("wage_floor\n", "wage_flor\n"), "utf-8"
    )
    (state / "data" / "areas.csv").write_text("code,name\n,x\n,y\n", encoding="utf-8")
    said = specie("check", "welding.yaml", "--data", "data").stdout
    assert said.count("error[S") == 1 and said.count("error[N001]") == 1
    (state / "welding.yaml").write_text(POLICY, encoding="utf-8")
    assert specie("check", "welding.yaml", "--data", "data").stdout.count("error[D025]") == 2

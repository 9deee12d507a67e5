"""Programs that stand in on the path for those that would reach the network: python's pip, gh, curl."""

from __future__ import annotations

import sys
from pathlib import Path

PYTHON = """\
#!{python}
# makes an environment whose pip only notes what it is asked for
import os, pathlib, stat, sys
words = sys.argv[1:]
log = pathlib.Path({log!r})
if words[:3] == ["-I", "-m", "venv"]:
    folder = pathlib.Path(words[3], "bin")
    folder.mkdir(parents=True)
    for name in ("python", "specie"):
        (folder / name).write_text(pathlib.Path(__file__).read_text() if name == "python" else SPECIE)
        (folder / name).chmod(0o755)
elif words[:3] == ["-I", "-m", "pip"]:
    with log.open("a") as file:
        file.write(" ".join(words[3:]) + "\\n")
else:
    os.execv({python!r}, [{python!r}, *words])
"""
GH = """\
#!{python}
# comments of pull requests in a file; FORBIDDEN says which methods the token may not use
import json, os, pathlib, sys
store = pathlib.Path({store!r})
comments = json.loads(store.read_text()) if store.exists() else []
words = sys.argv[1:]
assert words[0] == "api" and os.environ["GH_TOKEN"] == "a-token", words
method = words[words.index("--method") + 1] if "--method" in words else "GET"
if method in os.environ.get("FORBIDDEN", "").split():
    sys.exit("gh: Resource not accessible by integration (HTTP 403)")
if method == "GET":
    assert words[words.index("--jq") + 1] == (
        '.[] | select(.user.login == "github-actions[bot]" and (.body | startswith(env.TAG))) | .id'
    )
    for one in comments:
        if one["login"] == "github-actions[bot]" and one["body"].startswith(os.environ["TAG"]):
            print(one["id"])
else:
    (field,) = [word for word in words if word.startswith("body=@")]
    body = pathlib.Path(field.removeprefix("body=@")).read_text(encoding="utf-8")
    if method == "POST":
        assert "repos/xx/policies/issues/7/comments" in words
        comments.append({{"id": len(comments) + 1, "login": "github-actions[bot]", "body": body}})
    else:
        (place,) = [word for word in words if word.startswith("repos/xx/policies/issues/comments/")]
        (one,) = [one for one in comments if one["id"] == int(place.rpartition("/")[2])]
        one["body"] = body
    store.write_text(json.dumps(comments))
"""
CURL = """\
#!{python}
# notes of a merge request in a file; FORBIDDEN says which methods the token may not use
import json, os, pathlib, sys
store = pathlib.Path({store!r})
notes = json.loads(store.read_text()) if store.exists() else []
words = sys.argv[1:]
config = pathlib.Path(words[words.index("--config") + 1]).read_text()
assert config == 'header = "PRIVATE-TOKEN: a-token"\\n' and not any("a-token" in word for word in words)
method = words[words.index("--request") + 1] if "--request" in words else "GET"
if method in os.environ.get("FORBIDDEN", "").split():
    sys.exit(22)
(url,) = [word for word in words if word.startswith("https://")]
place = url.removeprefix("https://gitlab.example.gov/api/v4/")
if place == "user":
    print(json.dumps({{"id": 5}}))
elif method == "GET":
    assert place.startswith("projects/3/merge_requests/7/notes?"), place
    print(json.dumps(notes))
else:
    (form,) = [word for word in words if word.startswith("body=<")]
    body = pathlib.Path(form.removeprefix("body=<")).read_text(encoding="utf-8")
    if method == "POST":
        assert place == "projects/3/merge_requests/7/notes"
        notes.append({{"id": len(notes) + 1, "author": {{"id": 5}}, "body": body}})
    else:
        (one,) = [one for one in notes if place == f"projects/3/merge_requests/7/notes/{{one['id']}}"]
        one["body"] = body
    store.write_text(json.dumps(notes))
"""


def put(folder: Path, cli: Path) -> Path:
    """The stand-ins in a folder: `installed` has what pip was asked for, `comments` and `notes` what was posted."""
    folder.mkdir()
    specie = f'#!/usr/bin/env bash\nexec {sys.executable} {cli} "$@"\n'
    python = PYTHON.format(python=sys.executable, log=str(folder / "installed")).replace("SPECIE", repr(specie))
    for name, text in (
        ("python", python),
        ("gh", GH.format(python=sys.executable, store=str(folder / "comments"))),
        ("curl", CURL.format(python=sys.executable, store=str(folder / "notes"))),
    ):
        (folder / name).write_text(text, encoding="utf-8")
        (folder / name).chmod(0o755)
    return folder

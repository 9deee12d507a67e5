"""Steps of a GitHub workflow, run as its runner runs them: expressions in `env` and `if`, outputs, the path, the page."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

EXPRESSION = re.compile(r"\$\{\{ (.+?) \}\}")


@dataclass
class Runner:
    """What steps share: the contexts of expressions, and the folders and files of the runner."""

    workspace: Path
    temp: Path
    context: dict[str, str]
    path: list[str]
    env: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.temp.mkdir(exist_ok=True)
        self.context["runner.temp"] = str(self.temp)

    @property
    def page(self) -> str:
        """What the steps wrote on the page of the run."""
        file = self.temp / "summary"
        return file.read_text(encoding="utf-8") if file.exists() else ""

    def value(self, expression: str) -> str:
        """The value of an expression: names, texts and `||`."""
        for part in expression.split(" || "):
            found = part[1:-1] if part.startswith("'") else self.context.get(part, "")
            if found:
                return found
        return ""

    def filled(self, text: str) -> str:
        """A text with the values of its expressions."""
        return EXPRESSION.sub(lambda match: self.value(match[1]), text)

    def holds(self, condition: str) -> bool:
        """Whether a condition of comparisons and `&&` is met."""
        for part in condition.split(" && "):
            left, sign, right = re.split(r" (==|!=) ", part)
            if (self.value(left) == self.value(right)) != (sign == "=="):
                return False
        return True

    def run(self, step: dict[str, Any]) -> subprocess.CompletedProcess[str]:
        """Run the shell of a step; what it notes is there for the next ones."""
        output, added = self.temp / "output", self.temp / "path"
        output.write_text("")
        added.write_text("")
        script = self.temp / "script.sh"
        script.write_text(step["run"], encoding="utf-8")
        plain = {
            "PATH": os.pathsep.join(self.path), "HOME": str(self.temp), "CI": "true", "GITHUB_ACTIONS": "true",
            "GITHUB_OUTPUT": str(output), "GITHUB_PATH": str(added), "GITHUB_STEP_SUMMARY": str(self.temp / "summary"),
            "GITHUB_REPOSITORY": "xx/policies", "GITHUB_WORKSPACE": str(self.workspace), "NO_COLOR": "1",
            "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull,
        }  # fmt: skip
        env = {name: self.filled(value) for name, value in step.get("env", {}).items()}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.filled(step.get("working-directory", str(self.workspace))),
            env={**plain, **self.env, **env}, capture_output=True, text=True, check=False, encoding="utf-8",
        )  # fmt: skip
        self.path = [*added.read_text().split("\n")[:-1], *self.path]
        for line in output.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition("=")
            self.context[f"steps.{step['id']}.outputs.{name}"] = value
        return done

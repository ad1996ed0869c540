"""What the documentation tells people to type exists, and its links lead somewhere."""

from __future__ import annotations

import argparse
import re
import shlex
from pathlib import Path

import pytest

from asl_desktop.main import command_line as app_command_line
from trainer.cli import command_line

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(
    page
    for page in (
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "assets").rglob("*.md"),
    )
)


def commands(program: str) -> list[tuple[str, str]]:
    """Page and arguments of every mention that is more than the program's and command's names."""
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        # A backslash goes on in the next line.
        text = re.sub(r"\\+\n\s*", " ", text)
        spans = re.findall(r"`([^`\n]+)`", text)
        blocks = re.findall(r"```\w*\n(.*?)```", text, re.DOTALL)
        spans += [line for block in blocks for line in block.splitlines()]
        for span in spans:
            line = span.split("#")[0].strip().removeprefix("uv run ")
            if line.startswith(f"{program} ") and "…" not in line and "[" not in line:
                found.append((page.name, line.removeprefix(program).strip()))
    return found


TRAINER = commands("trainer")


def test_there_are_commands_to_check() -> None:
    assert len(TRAINER) > 15


@pytest.mark.parametrize(("page", "given"), TRAINER)
def test_a_documented_trainer_command_is_one(page: str, given: str) -> None:
    words = shlex.split(given)
    command = subcommands().get(words[0])
    assert command is not None, f"{page}: trainer {words[0]}"
    flags = {word.split("=")[0] for word in words if word.startswith("--")}
    assert flags <= set(command._option_string_actions), page


def subcommands() -> dict[str, argparse.ArgumentParser]:
    (action,) = (a for a in command_line()._actions if isinstance(a, argparse._SubParsersAction))
    return action.choices


@pytest.mark.parametrize(("page", "given"), commands("asl-desktop"))
def test_a_documented_start_of_the_app_is_one(page: str, given: str) -> None:
    app_command_line().parse_args(shlex.split(given))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name}: {target}"

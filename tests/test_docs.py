"""Documentation that fails the tests when it is out of date."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer.main

from pledgewatch.cli import app
from pledgewatch.run.stages import STAGES

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_and_option_on_a_page_exists(page: Path) -> None:
    for line in re.findall(r"^(?:\$ )?pledgewatch ([^\n]*)|`pledgewatch ([^`\n]+)`", page.read_text("utf-8"), re.M):
        words = (line[0] or line[1]).split()
        if words[0].startswith("-"):
            continue
        assert words[0] in COMMANDS, f"{page.name}: there is no command {words[0]!r}"
        command, rest = COMMANDS[words[0]], words[1:]
        if hasattr(command, "commands") and rest:
            assert rest[0] in command.commands, f"{page.name}: {words[0]} has no command {rest[0]!r}"
            command, rest = command.commands[rest[0]], rest[1:]
        known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
        for word in rest:
            if word.startswith("--"):
                assert word.split("=")[0] in known, f"{page.name}: {words[0]} has no option {word}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_make_target_on_a_page_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    for target in re.findall(r"`make ([a-z]+)", page.read_text("utf-8")):
        assert target in targets, f"{page.name}: there is no target {target!r}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_file_on_a_page_exists(page: Path) -> None:
    for name in re.findall(r"`([a-z_]+/[a-z_./]+\.(?:py|md|yml|toml))`", page.read_text("utf-8")):
        assert any((base / name).is_file() for base in (ROOT, ROOT / "src" / "pledgewatch")), f"{page.name}: no {name}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_to_a_page_of_ours_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), f"{page.name}: {target} is not there"


def test_the_readme_states_the_stages_in_the_order_of_work() -> None:
    order = " → ".join(name for name, _ in STAGES)
    assert order in (ROOT / "README.md").read_text("utf-8")


def test_every_command_is_documented_in_help_words() -> None:
    assert all(command.help for command in COMMANDS.values())


def test_every_changelog_fragment_is_one_short_paragraph() -> None:
    fragments = sorted(path for path in (ROOT / "changelog.d").glob("*.md") if path.name != "README.md")
    assert fragments
    for fragment in fragments:
        assert 20 < len(fragment.read_text("utf-8")) < 1_500, fragment.name

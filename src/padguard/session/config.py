"""Reads padguard.toml: which rules run, and what a person knows better than the program."""

from pathlib import Path
from typing import Final, NamedTuple

from padguard.analysis.options import Options, Thresholds
from padguard.catalog.roles import Channel
from padguard.foundation.paths import config_dir
from padguard.foundation.tomlfile import read_toml
from padguard.rules.engine import Selection
from padguard.session.config_checks import Section

FILE_NAME: Final = "padguard.toml"


class Config(NamedTuple):
    """What a configuration file decides; ``path`` is None where there is none."""

    options: Options
    selection: Selection
    path: Path | None = None


def config_for(export: Path | None) -> Config:
    """Return the configuration that holds for an export.

    It is that beside the export, or in the folder that is the export; else the user's own.

    Args:
        export: Where the export is, or None for the clipboard and standard input.

    Raises:
        ConfigError: The file cannot be read or understood.
    """
    path = find_config(export)
    return Config(Options(), Selection()) if path is None else load_config(path)


def find_config(export: Path | None) -> Path | None:
    """Return the configuration file that holds for an export, or None where there is none."""
    folders = [config_dir()]
    if export is not None:
        folders = [export, export.parent, *folders]
    return next((path for path in (f / FILE_NAME for f in folders) if path.is_file()), None)


def load_config(path: Path) -> Config:
    """Read one configuration file; ``resources/padguard.example.toml`` explains what it may say.

    Raises:
        ConfigError: The file cannot be read or understood; the message names the key.
    """
    top = Section(path.name, "", read_toml(path))
    selection = Selection(
        select=top.rules("select"),
        ignore=top.rules("ignore"),
        severities=top.section("severities").severities(),
    )
    options = Options(
        secret_names=frozenset(name.casefold() for name in top.texts("secret-names")),
        ordinary_names=frozenset(name.casefold() for name in top.texts("ordinary-names")),
        sinks=_sinks(top.sections("sinks")),
        secrets=_inputs(top.sections("secrets")),
        sources=_outputs(top.sections("sources")),
        thresholds=_thresholds(top.section("thresholds")),
    )
    top.finish()
    return Config(options, selection, path)


def _sinks(sections: list[Section]) -> dict[tuple[str, str], Channel]:
    found: dict[tuple[str, str], Channel] = {}
    for section in sections:
        found[section.action(), section.input()] = section.channel()
        section.finish()
    return found


def _inputs(sections: list[Section]) -> frozenset[tuple[str, str]]:
    found = frozenset((section.action(), section.input()) for section in sections)
    for section in sections:
        section.finish()
    return found


def _outputs(sections: list[Section]) -> frozenset[tuple[str, str]]:
    found = frozenset((section.action(), section.output()) for section in sections)
    for section in sections:
        section.finish()
    return found


def _thresholds(section: Section) -> Thresholds:
    known = Thresholds()
    found = Thresholds(
        name_length=section.number("name-length", known.name_length),
        inputs_and_outputs=section.number("inputs-and-outputs", known.inputs_and_outputs),
        nesting=section.number("nesting", known.nesting),
        waits=section.number("waits", known.waits),
        wait_seconds=section.number("wait-seconds", known.wait_seconds),
    )
    section.finish()
    return found

"""What decides which rules run: options of a command, and padguard.toml."""

from dataclasses import replace
from pathlib import Path

import click

from padguard.cli.console import Console
from padguard.fixes.template import Templates
from padguard.foundation.errors import ConfigError
from padguard.foundation.messages import mark
from padguard.foundation.printable import printable
from padguard.rules.engine import Selection
from padguard.session.config import Config, config_for
from padguard.session.template_store import load_templates

CONFIGURED = mark("cli", "The settings in {file} hold.")
NO_SUCH_RULE = "There is no rule {name}. “padguard rules” lists all."


def stored_templates(console: Console) -> Templates:
    """Return how secrets are retrieved, as learned before; none where the file is damaged."""
    try:
        return load_templates()
    except ConfigError as error:
        console.complain(printable(str(error)))
        return Templates()


def rule_names(
    _context: click.Context, _option: click.Parameter, given: tuple[str, ...]
) -> tuple[str, ...]:
    """Take the names of rules, also several in one option with commas between.

    Raises:
        click.BadParameter: No rule is called so.
    """
    names = tuple(name.strip() for text in given for name in text.split(",") if name.strip())
    for name in names:
        if not Selection(select=(name,)).rules():
            raise click.BadParameter(NO_SUCH_RULE.format(name=name))
    return names


IGNORE = click.option(
    "--ignore", metavar="RULE", multiple=True, callback=rule_names, help="All but these rules."
)


def config_of(
    path: Path | None, *, console: Console, select: tuple[str, ...], ignore: tuple[str, ...]
) -> Config:
    """Return what padguard.toml decides for an export, overruled by the options."""
    found = config_for(path)
    if found.path is not None:
        console.tell(CONFIGURED(file=found.path))
    selection = replace(
        found.selection,
        select=select or found.selection.select,
        ignore=found.selection.ignore + ignore,
    )
    return found._replace(selection=selection)

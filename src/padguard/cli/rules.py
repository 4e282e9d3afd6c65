"""``padguard rules``: lists the rules, or explains one."""

from collections.abc import Iterator

import click

from padguard.cli.config import NO_SUCH_RULE
from padguard.cli.console import Console, talks
from padguard.foundation.messages import mark
from padguard.reports.explanation import sections
from padguard.reports.json import SCHEMA, as_json, rule_object, tool_object
from padguard.reports.text import COLOURS, Page
from padguard.reports.wording import SEVERITIES
from padguard.rules.registry import RULES, rule
from padguard.rules.rule import Rule

LISTED = mark("cli", "{rule}  {severity}  {title} ({name})")
HEAD = mark("cli", "{rule} {name}: {title}")
SEVERITY = mark("cli", "Severity: {severity}")


@click.command("rules", short_help="List the rules, or explain one.")
@click.argument("name", metavar="[RULE]", required=False)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Text to read, or JSON for other programs (schema padguard/1).",
)
@talks
def rules(console: Console, name: str | None, output_format: str) -> None:
    """List what is looked for, or explain one rule: what it finds, why it matters, what to do.

    RULE is the id of a rule or its name: PG101 or hardcoded-secret-argument.
    """
    chosen = list(RULES) if name is None else [_called(name)]
    page = Page(console.width, console.paint)
    if output_format == "json":
        found = {"schema": SCHEMA, "tool": tool_object(), "rules": [rule_object(r) for r in chosen]}
        console.result(as_json(found))
    else:
        for one in chosen:
            for line in _listed(one, page) if name is None else _explained(one, page):
                console.result(line)


def _called(name: str) -> Rule:
    found = rule(name)
    if found is None:
        raise click.UsageError(NO_SUCH_RULE.format(name=name))
    return found


def _listed(one: Rule, page: Page) -> Iterator[str]:
    severity = f"{SEVERITIES[one.severity]!s:8}"
    words = LISTED(rule=one.id, severity=severity, title=one.title, name=one.slug)
    first, *others = page.lines(words, 0, 17)
    yield first.replace(severity, page.paint(severity, COLOURS[one.severity]), 1)
    yield from others


def _explained(one: Rule, page: Page) -> Iterator[str]:
    yield from page.lines(HEAD(rule=one.id, name=one.slug, title=one.title), 0)
    yield from page.lines(SEVERITY(severity=SEVERITIES[one.severity]), 0)
    for section in sections(one):
        yield ""
        yield section.heading
        for line in section.text.splitlines():
            # An example stays as it is, so that it can be copied.
            yield from [f"  {line}"] if section.is_robin else page.lines(line, 2)

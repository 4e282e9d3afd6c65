"""A report as one page that stands alone: no script, no picture or style from anywhere else."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import padguard
from padguard.foundation.messages import Message
from padguard.foundation.paths import resources_dir
from padguard.governance.access_facts import ACCESS
from padguard.governance.audit_model import BASES, STANDINGS
from padguard.governance.components import PRESENCE_WORDS, TYPE_WORDS, Component
from padguard.governance.dlp_judging import Verdict
from padguard.reports import html_words, posture_words
from padguard.reports.coverage import HEADINGS, Gap
from padguard.reports.dlp_words import VERDICTS
from padguard.reports.explanation import sections
from padguard.reports.html_entries import Entries, entries_of
from padguard.reports.html_text import brief, fit, sentence
from padguard.reports.locations import place_words
from padguard.reports.model import ExportReport, Failure
from padguard.reports.posture import Posture, posture_of
from padguard.reports.text import AT
from padguard.reports.wording import SEVERITIES
from padguard.rules.finding import Severity
from padguard.rules.registry import RULES
from padguard.rules.rule import Rule

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATE: Final = "report.html.j2"
FIRST_TODO: Final = 4
"""So many things to do of each sort stand on the page at once; the others unfold."""

ICONS: Final = {
    Severity.CRITICAL: "severity-critical",
    Severity.HIGH: "severity-high",
    Severity.MEDIUM: "severity-medium",
    Severity.LOW: "severity-low",
    Severity.INFO: "info",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One export on the page: where it stands there, and all that is shown of it."""

    anchor: str
    name: str
    facts: tuple[tuple[Message, str], ...]
    posture: Posture
    entries: Entries
    gaps: tuple[tuple[str, tuple[str, ...]], ...]
    components: tuple[tuple[str, ...], ...]
    report: ExportReport


class HtmlWriter:
    """Gathers exports and writes them as one page.

    All of the page is in ASCII, so that it survives whatever stands between here and its file.
    """

    def __init__(self, made: dt.datetime, *, show_secrets: bool = False) -> None:
        self._made = made
        self._show_secrets = show_secrets
        self._sheets: list[Sheet] = []

    def add(self, report: ExportReport) -> str:
        """Take an export; nothing can be written before the last one."""
        number = len(self._sheets) + 1
        self._sheets.append(_sheet(report, number, show_secrets=self._show_secrets))
        return ""

    def end(self, failures: Sequence[Failure]) -> str:
        """Return the whole page."""
        page = (
            _environment()
            .get_template(TEMPLATE)
            .render(
                sheets=self._sheets,
                failures=[(sentence(one.path), sentence(one.reason)) for one in failures],
                rules=list(_rules(self._sheets)),
                title=_title(self._sheets, html_words.TITLE, html_words.TITLE_MANY),
                heading=_title(self._sheets, html_words.HEADING, html_words.HEADING_MANY),
                made=html_words.MADE(
                    version=padguard.__version__, date=self._made.strftime("%Y-%m-%d %H:%M")
                ),
                show_secrets=self._show_secrets,
            )
        )
        return page.encode("ascii", "xmlcharrefreplace").decode("ascii")


def _title(sheets: Sequence[Sheet], one: Message, many: Message) -> Message:
    if not sheets:
        return html_words.HEADING_NONE
    return one(name=sheets[0].name) if len(sheets) == 1 else many(count=len(sheets))


def _sheet(report: ExportReport, number: int, *, show_secrets: bool) -> Sheet:
    posture = posture_of(report)
    anchor = f"export-{number}"
    return Sheet(
        anchor,
        _name(report),
        tuple((label, sentence(value)) for label, value in _facts(report) if value),
        posture,
        entries_of(report, posture, f"finding-{number}", show_secrets=show_secrets),
        tuple(_gaps(posture, report)),
        tuple(_component(one, posture) for one in posture.inventory.components),
        report,
    )


def _name(report: ExportReport) -> str:
    solution = report.inspection.export.solution
    if solution is not None and solution.name:
        return sentence(brief(solution.name))
    if report.path == "-":
        return str(html_words.STANDARD_INPUT)
    name = report.path.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return sentence(brief(name or report.path))


def _facts(report: ExportReport) -> Iterator[tuple[Message, Message | str]]:
    export, flows = report.inspection.export, report.inspection.flows
    yield html_words.PATH, "" if report.path == "-" else report.path
    if export.solution is not None:
        words = html_words.MANAGED if export.solution.managed else html_words.NAME_VERSION
        yield (
            html_words.SOLUTION,
            words(name=export.solution.name, version=export.solution.version),
        )
    yield html_words.CHECKSUM, export.sha256
    actions = sum(flow.coverage.actions for flow in flows)
    yield html_words.HOLDS, html_words.FLOWS_ACTIONS(flows=len(flows), actions=actions)


def _gaps(posture: Posture, report: ExportReport) -> Iterator[tuple[str, tuple[str, ...]]]:
    for kind, gaps in posture.gaps.items():
        yield str(HEADINGS[kind]), tuple(_gap(gap, report) for gap in gaps)


def _gap(gap: Gap, report: ExportReport) -> str:
    if gap.place is None:
        return sentence(gap.message)
    return sentence(AT(place=place_words(gap.place, report.flows), message=gap.message))


def _component(component: Component, posture: Posture) -> tuple[str, ...]:
    flows = posture.inventory.flows
    users = dict.fromkeys(sentence(brief(flows.get(one, one))) for one in component.flow_ids)
    return (
        sentence(TYPE_WORDS[component.type]),
        sentence(component.title),
        sentence(PRESENCE_WORDS[component.presence]),
        ", ".join(users),
        sentence(ACCESS[component.type].managed),
    )


def _rules(sheets: Iterable[Sheet]) -> Iterator[Rule]:
    found = {finding.rule for sheet in sheets for finding in sheet.report.findings}
    yield from (rule for rule in RULES if rule.id in found)


@cache
def _environment() -> "Environment":
    """Return what makes pages of templates: everything is escaped but what a template writes."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    def shown(value: object) -> object:
        return value if isinstance(value, Markup) else fit(str(value))

    made = Environment(
        loader=FileSystemLoader(resources_dir() / "reports"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        words=html_words,
        posture_words=posture_words,
        severities=list(Severity),
        severity_words=SEVERITIES,
        type_words=TYPE_WORDS,
        access=ACCESS,
        verdicts=VERDICTS,
        standings=STANDINGS,
        bases=BASES,
        Verdict=Verdict,
        icons={severity.value: Markup(_icon(name)) for severity, name in ICONS.items()},  # noqa: S704 - our own files
        sections=sections,
        sentence=sentence,
        first_todo=FIRST_TODO,
    )
    return made


def _icon(name: str) -> str:
    """Return what is drawn in one of the icons of the window."""
    svg = (resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return svg[svg.index(">") + 1 : svg.rindex("</svg>")]

"""The posture of an export as a page of the window, on the screen and on paper."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Final

from padguard.flow.model import Flow
from padguard.foundation.messages import Message, mark
from padguard.governance.access_facts import ACCESS
from padguard.governance.audit_model import BASES, STANDINGS
from padguard.governance.components import TYPE_WORDS
from padguard.governance.dlp_judging import Verdict
from padguard.reports import posture_words as words
from padguard.reports.coverage import HEADINGS, Gap
from padguard.reports.html_text import shortened
from padguard.reports.posture_score import Score
from padguard.rules.finding import Severity
from padguard.ui.place import place_of
from padguard.ui.severity import look
from padguard.ui.theme import Theme
from padguard.ui.views.details_page import Page
from padguard.ui.views.finding_words import place_words
from padguard.ui.words import translate

if TYPE_CHECKING:
    from padguard.reports.posture import Posture
    from padguard.reports.posture_todo import Todo

MOST_TODO: Final = 6
MOST_GAPS: Final = 5
BAR: Final = 320
"""How long the bar of a full score is, in pixels."""

TITLE = mark("posture", "Posture of {name}")
MORE_TODO = mark("posture", "… and {count} more: go through the findings one by one with F8.")
MORE_GAPS = mark("posture", "… and {count} more: the status bar lists them all.")
COUNTED = mark("posture", "{heading} ({count})")
AT = mark("posture", "{place}: {message}")
FIRST = mark("posture", "First of them: {message}")
LOOK_ONE_BY_ONE = mark("posture", "Open the tab Components to see each of them.")
VERDICTS = mark("posture", "{blocked} in violation, {unknown} not evaluated, {allowed} allowed.")

Cell = str
"""What stands in a cell, as the methods of a page that return HTML give it."""


class PosturePage(Page):
    """A page with a score, tables and what to do."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._ground = theme.base

    def score(self, text: str, value: int | None) -> None:
        """Add the score, large, with a bar as long as it is high."""
        self._parts.append(
            f"<p style='margin:8px 0 4px 0;font-size:20pt'><b>{escape(text)}</b></p>"
        )
        if value is None:
            return
        done, left = round(BAR * value / 100), round(BAR * (100 - value) / 100)
        cells = "".join(
            f"<td width='{width}' bgcolor='{colour}'>&nbsp;</td>"
            for width, colour in ((done, self._theme.accent), (left, self._theme.border))
            if width
        )
        self._parts.append(
            f"<table cellspacing='0' cellpadding='0' style='font-size:4pt'><tr>{cells}</tr></table>"
        )

    def grid(self, heads: Sequence[Cell], rows: Iterable[Sequence[Cell]], *, total: bool) -> None:
        """Add a table: text on the left, numbers in all other columns on the right.

        Args:
            heads: The heading of each column.
            rows: The cells.
            total: Whether the last row sums up the others.
        """
        listed = list(rows)
        lines = [self._row(heads, strong=True)]
        for number, row in enumerate(listed, 1):
            lines.append(self._row(row, strong=total and number == len(listed)))
        self._parts.append(
            "<table cellspacing='0' cellpadding='4' style='margin:2px 0 0 0'>"
            f"{''.join(lines)}</table>"
        )

    def texts(self, heads: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> None:
        """Add a table of texts."""
        lines = [self._row(heads, strong=True, numbers=False)]
        lines += (self._row(row, strong=False, numbers=False) for row in rows)
        self._parts.append(
            "<table cellspacing='0' cellpadding='4' style='margin:2px 0 0 0'>"
            f"{''.join(lines)}</table>"
        )

    def severity_head(self, severity: Severity) -> Cell:
        """Return a severity as the heading of a column."""
        shown = look(severity)
        colour = self._theme.on(self._ground, shown.colour(self._theme))
        word = escape(translate(shown.word))
        return (
            f"<img src='icon:{shown.icon}' width='14' height='14' style='vertical-align:middle'>"
            f"&nbsp;<span style='color:{colour}'>{word}</span>"
        )

    def new_sheet(self, text: str) -> None:
        """Begin a section; on paper, on a new sheet."""
        style = "margin:10px 0 2px 0;page-break-before:always"
        self._parts.append(f"<h4 style='{style}'>{escape(text)}</h4>")

    def part(self, text: str) -> None:
        """Begin a part of a section."""
        self._parts.append(f"<p style='margin:8px 0 2px 0'><b>{escape(text)}</b></p>")

    def things(self, things: Iterable[Cell]) -> None:
        """Add a numbered list with room between its items."""
        items = "".join(f"<li style='margin-bottom:6px'>{html}</li>" for html in things)
        self._parts.append(f"<ol style='margin:2px 0 0 0'>{items}</ol>")

    def below(self, text: str) -> Cell:
        """Return a line that goes below another one and matters less."""
        return self._below(text)

    def _row(self, cells: Sequence[Cell], *, strong: bool, numbers: bool = True) -> str:
        tag = "b" if strong else "span"
        parts = (
            f"<td align='{'right' if numbers and column else 'left'}' "
            f"style='padding-right:12px'><{tag}>{html}</{tag}></td>"
            for column, html in enumerate(cells)
        )
        return f"<tr>{''.join(parts)}</tr>"


def posture_page(
    name: str, posture: "Posture", flows: Mapping[str, Flow], theme: Theme
) -> PosturePage:
    """Return the page of a posture.

    Args:
        name: What the export is called.
        posture: How it stands.
        flows: Its flows by id.
        theme: The colours of the page.
    """
    page = PosturePage(theme)
    page.heading(_said(TITLE(name=name)))
    value = posture.score.value if posture.score is not None else None
    page.score(_said(words.score_words(posture)), value)
    for caveat in words.caveats(posture):
        page.paragraph(page.text(_said(caveat)))
    if posture.score is not None:
        page.paragraph(page.text(_said(words.formula_words())))
    for apart in words.set_aside_words(posture):
        page.paragraph(page.text(_said(apart)))
    _add_todo(page, posture)
    _add_counts(page, posture)
    if posture.score is not None:
        _add_sum(page, posture.score)
    _add_coverage(page, posture, flows)
    _add_components(page, posture)
    _add_policies(page, posture)
    _add_audit(page, posture)
    return page


def _add_todo(page: PosturePage, posture: "Posture") -> None:
    page.section(_said(words.TODO))
    for heading, things in (
        (words.BY_PAD_GUARD, posture.changes),
        (words.BY_HAND, posture.by_hand),
    ):
        if things:
            page.part(_said(heading))
            page.things(_thing(page, one) for one in things[:MOST_TODO])
        if len(things) > MOST_TODO:
            page.remark(_said(MORE_TODO(count=len(things) - MOST_TODO)))
    helpless = words.helpless_words(posture)
    if helpless is not None:
        page.paragraph(page.text(_said(helpless)))
    elif not posture.todo:
        page.paragraph(page.text(_said(words.NOTHING_TO_DO)))


def _thing(page: PosturePage, one: "Todo") -> Cell:
    first = one.findings[0]
    brings = f"{_said(words.todo_words(one))} {_said(words.SURENESS[one.applicability])}"
    return (
        page.link(_said(one.title), first)
        + page.below(brings)
        + page.below(_said(FIRST(message=first.message)))
    )


def _add_counts(page: PosturePage, posture: "Posture") -> None:
    page.new_sheet(_said(words.COUNTS))
    if not posture.families:
        page.paragraph(page.text(_said(words.NOTHING_FOUND)))
        return
    heads = [
        page.text(_said(words.FAMILY)),
        *(page.severity_head(severity) for severity in Severity),
        page.text(_said(words.TOTAL)),
    ]
    rows = [
        [page.text(_said(family.name)), *_numbers(family.counts), str(family.total)]
        for family in posture.families
    ]
    total = [page.text(_said(words.TOTAL)), *_numbers(posture.severities)]
    page.grid(heads, [*rows, [*total, str(len(posture.counted))]], total=True)


def _numbers(counts: Mapping[Severity, int]) -> list[Cell]:
    return [str(counts[severity]) for severity in Severity]


def _add_sum(page: PosturePage, score: Score) -> None:
    page.section(_said(words.HOW_SCORED))
    heads = [page.text(_said(one)) for one in (words.WHAT, words.COUNT, words.EACH, words.POINTS)]
    rows = [
        [
            page.text(_said(words.COUNTED_AS[line.what])),
            *map(str, (line.count, line.weight, line.points)),
        ]
        for line in score.lines
    ]
    total = [page.text(_said(words.ALL_POINTS)), "", "", str(score.points)]
    page.grid(heads, [*rows, total], total=True)
    page.remark(_said(words.NO_POINTS))


def _add_coverage(page: PosturePage, posture: "Posture", flows: Mapping[str, Flow]) -> None:
    page.section(_said(words.COVERAGE))
    page.paragraph(page.text(_said(words.understood_words(posture))))
    if not posture.gaps:
        page.paragraph(page.text(_said(words.ALL_ANALYSED)))
    for kind, gaps in posture.gaps.items():
        heading = COUNTED(heading=HEADINGS[kind], count=len(gaps))
        page.part(_said(heading))
        page.items(_gap(page, gap, flows) for gap in gaps[:MOST_GAPS])
        if len(gaps) > MOST_GAPS:
            page.remark(_said(MORE_GAPS(count=len(gaps) - MOST_GAPS)))


def _gap(page: PosturePage, gap: Gap, flows: Mapping[str, Flow]) -> Cell:
    place = gap.place
    if place is None or place.flow_id not in flows:
        return page.text(_said(gap.message))
    where = place_words(place, flows[place.flow_id])
    text = _said(AT(place=where, message=gap.message))
    return page.link(text, place_of(place, (), flows))


def _add_components(page: PosturePage, posture: "Posture") -> None:
    page.section(_said(words.COMPONENTS))
    if not posture.components:
        page.paragraph(page.text(_said(words.NO_COMPONENTS)))
        return
    heads = (words.KIND, words.COUNT, words.MISSING, words.MANAGED)
    page.texts(
        [page.text(_said(one)) for one in heads],
        (
            [
                page.text(_said(TYPE_WORDS[kind.type])),
                str(kind.count),
                str(kind.missing),
                page.text(_said(ACCESS[kind.type].managed)),
            ]
            for kind in posture.components
        ),
    )
    page.remark(_said(LOOK_ONE_BY_ONE))


def _add_policies(page: PosturePage, posture: "Posture") -> None:
    page.section(_said(words.POLICIES))
    policed = posture.policed
    if policed is None:
        page.paragraph(page.text(_said(words.NO_POLICIES)))
        return
    held = words.POLICIES_HELD(names=", ".join(policed.policies))
    page.paragraph(page.text(_said(held)))
    counts = VERDICTS(
        blocked=policed.count(Verdict.BLOCKED),
        unknown=policed.count(Verdict.NOT_EVALUATED),
        allowed=policed.count(Verdict.ALLOWED),
    )
    page.paragraph(page.text(_said(counts)))


def _add_audit(page: PosturePage, posture: "Posture") -> None:
    page.section(_said(words.AUDIT))
    if not posture.audited:
        page.paragraph(page.text(_said(words.NO_AUDIT)))
        return
    heads = (words.AUDITED, words.STANDING, words.BASIS)
    page.texts(
        [page.text(_said(one)) for one in heads],
        (
            [
                page.text(_said(message))
                for message in (line.name, STANDINGS[line.standing], BASES[line.basis])
            ]
            for line in posture.audited
        ),
    )


def _said(message: Message) -> str:
    """Return a sentence in the language of the window, the texts within it cut where endless."""
    return translate(shortened(message))

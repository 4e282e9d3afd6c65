"""One finding in plain words: what, where, how it gets there, why it matters, what helps."""

from padguard.flow.model import Flow
from padguard.foundation.messages import mark
from padguard.rules.finding import Finding
from padguard.ui.document import Document
from padguard.ui.severity import look
from padguard.ui.theme import Theme
from padguard.ui.views.details_page import Page
from padguard.ui.views.finding_words import (
    confidence_words,
    finding_line,
    place_words,
    rule_section,
    rule_title,
    step_words,
)
from padguard.ui.words import translate

MOST_OTHERS = 8

WAY = mark("guide", "How it gets there")
MATTERS = mark("guide", "Why it matters")
HELPS = mark("guide", "What helps")
WHY = mark("guide", "Why it was found")
HERE = mark("guide", "Also here")
MORE = mark("guide", "… and {count} more")
KIND = mark("guide", "{severity} · {rule}")


def guide_page(document: Document, finding: Finding, theme: Theme) -> Page:
    """Return the page of a finding."""
    page = Page(theme)
    flows = {flow.id: flow for flow in document.session.flows}
    kind = KIND(severity=look(finding.severity).word, rule=finding.rule)
    page.severity(finding.severity, translate(kind))
    page.heading(rule_title(finding))
    where = place_words(finding.place, flows.get(finding.place.flow_id), finding.variables)
    page.paragraph(page.link(where, document.index.place(finding)))
    page.paragraph(page.text(translate(finding.message)))
    _add_way(page, document, finding, flows)
    for heading, section in ((MATTERS, "Why it matters"), (HELPS, "Fixes")):
        words = rule_section(finding, section)
        if words:
            page.section(translate(heading))
            page.paragraph(page.text(words))
    page.section(translate(WHY))
    page.paragraph(page.text(translate(finding.why)))
    page.remark(confidence_words(finding.confidence))
    _add_others(page, document, finding)
    return page


def _add_way(page: Page, document: Document, finding: Finding, flows: dict[str, Flow]) -> None:
    if not finding.path:
        return
    page.section(translate(WAY))
    steps = zip(finding.path, document.index.step_places(finding), strict=True)
    page.steps(
        (
            page.link(translate(step.text), place),
            step_words(step.place, flows.get(step.place.flow_id), finding.place.flow_id),
        )
        for step, place in steps
    )


def _add_others(page: Page, document: Document, finding: Finding) -> None:
    """Add links to the other findings of the row, or of the variable."""
    here = document.index.at(document.index.place(finding))
    others = [found for found in here if found.fingerprint != finding.fingerprint]
    if not others:
        return
    page.section(translate(HERE))
    for found in others[:MOST_OTHERS]:
        page.paragraph(page.link(finding_line(found), found))
    if len(others) > MOST_OTHERS:
        page.remark(translate(MORE(count=len(others) - MOST_OTHERS)))

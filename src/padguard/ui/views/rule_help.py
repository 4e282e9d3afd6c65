"""What a rule is about: what it finds, why it matters, an example, and what helps."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from padguard.foundation.messages import mark
from padguard.reports.explanation import ROBIN, sections
from padguard.rules.finding import Finding
from padguard.ui.appearance import current_theme
from padguard.ui.severity import look
from padguard.ui.views.details_page import Page
from padguard.ui.views.finding_words import rule_of
from padguard.ui.views.page_view import PageView
from padguard.ui.words import translate

SIZE = (560, 520)
KIND = mark("rule help", "{severity} · {rule}")
HEADINGS = {
    "What it finds": mark("rule help", "What it finds"),
    "Why it matters": mark("rule help", "Why it matters"),
    "Example": mark("rule help", "Example"),
    "Fixed": mark("rule help", "The example put right"),
    "Fixes": mark("rule help", "What helps"),
    "Source": mark("rule help", "Source"),
}


class RulePage(PageView):
    """The explanation of the rule that made a finding."""

    def __init__(self, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finding = finding
        self.setAccessibleName(self.tr("Explanation of the rule"))
        self.render_page()

    def render_page(self) -> None:
        """Show the explanation."""
        rule = rule_of(self._finding)
        page = Page(current_theme())
        severity = self._finding.severity
        page.severity(severity, translate(KIND(severity=look(severity).word, rule=rule.id)))
        page.heading(translate(rule.title))
        for section in sections(rule):
            heading = HEADINGS.get(section.heading)
            page.section(translate(heading) if heading else section.heading)
            if section.heading in ROBIN:
                page.robin(section.text)
            else:
                page.paragraph(page.text(section.text))
        self.show_page(page)


class RuleHelp(QDialog):
    """A panel beside the window; it stays while one goes on working, and Escape closes it."""

    def __init__(self, finding: Finding, parent: QWidget) -> None:
        super().__init__(parent)
        rule = rule_of(finding)
        self.setWindowTitle(self.tr("About the rule {rule}").format(rule=rule.id))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, on=False)
        self.resize(*SIZE)
        self.page = RulePage(finding, self)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.page, 1)
        column.addWidget(buttons)

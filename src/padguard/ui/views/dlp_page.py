"""What policies say of what a person looks at, in full: the class, who decides it, and why."""

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtWidgets import QWidget

from padguard.foundation.messages import Message, mark
from padguard.governance.dlp_model import GroupLine, Unevaluated, Violation
from padguard.governance.policy import CLASSES
from padguard.reports.dlp_words import NO_DEFAULT
from padguard.ui.appearance import current_theme
from padguard.ui.views import dlp_words as words
from padguard.ui.views.details_page import Page
from padguard.ui.views.dlp_shown import Picked, Shown
from padguard.ui.views.page_view import PageView
from padguard.ui.words import translate

MOST_REASONS = 20
"""How many violations are told here; the rows beside it are all there."""

IN_FLOW = mark("dlp", "{group} in {flow}")
WHOLE = mark("dlp", "The export as a whole")
CLASS_IN = mark("dlp", "In “{policy}”")
NOTHING_USED = mark("dlp", "The flow does not use this group.")
NEW_VIOLATIONS = mark("dlp", "New with the what-if")
GONE_VIOLATIONS = mark("dlp", "Gone with the what-if")
VIOLATIONS = mark("dlp", "Violations")
NOT_EVALUATED = mark("dlp", "Not evaluated")
TO_KNOW = mark("dlp", "To read this")
MORE = mark("dlp", "… and {count} more")
OF_FLOW = mark("dlp", "{flow}: {reason}")
AGREED = mark("dlp", "{reason} So decide: {policies}.")


class DlpPage(PageView):
    """Shows what is said of what is picked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What policies say, and why"))
        self._shown: Shown | None = None
        self._picked = Picked()

    def show_picked(self, shown: Shown | None, picked: Picked) -> None:
        """Show what is said of something else, or nothing."""
        self._shown, self._picked = shown, picked
        self.render_page()

    def render_page(self) -> None:
        """Show the page anew."""
        page = Page(current_theme())
        if self._shown is not None:
            _Writer(page, self._shown, self._picked).write()
        self.show_page(page)


class _Writer:
    """Writes one page."""

    def __init__(self, page: Page, shown: Shown, picked: Picked) -> None:
        self._page = page
        self._shown = shown
        self._picked = picked
        self._names = {line.flow_id: line.name for line in shown.lines}
        lines = (line for line in shown.groups if line.key == picked.group)
        self._line = next(lines, None)

    def write(self) -> None:
        page, evaluation = self._page, self._shown.evaluation
        page.heading(self._title())
        page.remark(self._summary())
        page.table(self._facts())
        added = {id(found) for found in self._shown.added}
        here = list(self._of(evaluation.violations))
        self._section(NEW_VIOLATIONS, [one for one in here if id(one) in added])
        self._section(GONE_VIOLATIONS, list(self._of(self._shown.gone)))
        self._section(VIOLATIONS, [one for one in here if id(one) not in added])
        self._write_unevaluated([one for one in evaluation.unevaluated if self._is_here(one)])
        if self._picked == Picked() and evaluation.notes:
            page.section(translate(TO_KNOW))
            page.items(page.text(translate(note)) for note in evaluation.notes)

    def _title(self) -> str:
        flow = self._names.get(self._picked.flow or "", "")
        if self._line is None:
            return flow or translate(WHOLE)
        group = words.group_words(self._line)
        return translate(IN_FLOW(group=group, flow=flow)) if flow else group

    def _summary(self) -> str:
        shown, flow = self._shown, self._picked.flow
        if self._line is None:
            verdict = next((one.verdict for one in shown.lines if one.flow_id == flow), None)
            if flow is None or verdict is None:
                return words.sum_words(shown)
            return words.verdict_words(shown, flow, verdict)
        if flow is None:
            return words.standing_words(shown, self._line)
        return words.cell_words(shown, self._line, flow) or translate(NOTHING_USED)

    def _facts(self) -> Iterator[tuple[str, str]]:
        """Yield the class of the group in each policy."""
        line: GroupLine | None = self._line
        if line is None:
            return
        for policy, found in zip(self._shown.evaluation.policies, line.classes, strict=True):
            if found is not None or not policy.rules_only:
                said = NO_DEFAULT if found is None else CLASSES[found]
                text = self._page.text(translate(said))
                yield translate(CLASS_IN(policy=policy.title)), text

    def _of(self, violations: Iterable[Violation]) -> Iterator[Violation]:
        group, flow = self._picked
        for found in violations:
            if flow in (None, found.flow_id) and (group is None or group in found.groups):
                yield found

    def _is_here(self, found: Unevaluated) -> bool:
        group, flow = self._picked
        return flow in (None, found.flow_id) and group in (None, found.group)

    def _section(self, title: Message, violations: Sequence[Violation]) -> None:
        shown = [(found.flow_id, _reason(found)) for found in violations[:MOST_REASONS]]
        self._list(title, shown, len(violations))

    def _write_unevaluated(self, found: Sequence[Unevaluated]) -> None:
        reasons = [(one.flow_id, why) for one in found[:MOST_REASONS] for why in one.reasons]
        self._list(NOT_EVALUATED, reasons[:MOST_REASONS], max(len(found), len(reasons)))

    def _list(self, title: Message, reasons: Sequence[tuple[str, Message]], count: int) -> None:
        if not reasons:
            return
        page = self._page
        page.section(translate(title))
        page.items(page.text(self._words(flow_id, reason)) for flow_id, reason in reasons)
        if count > len(reasons):
            page.remark(translate(MORE(count=count - len(reasons))))

    def _words(self, flow_id: str, reason: Message) -> str:
        if self._picked.flow is None:
            reason = OF_FLOW(flow=self._names.get(flow_id, ""), reason=reason)
        return translate(reason)


def _reason(found: Violation) -> Message:
    """Return why a policy is violated, and by whose decision where there are several."""
    if len(found.policies) < 2:
        return found.reason
    policies = ", ".join(f"“{policy}”" for policy in found.policies)
    return AGREED(reason=found.reason, policies=policies)

"""The learned templates as all windows share them: read once, kept when a person says so."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from padguard.foundation.errors import CancelledError
from padguard.foundation.progress import Progress
from padguard.ui.failures import explain
from padguard.ui.jobs import Jobs

if TYPE_CHECKING:
    from padguard.fixes.template import Retrieval, Template, Templates
    from padguard.foundation.messages import Message


class TemplateShelf(QObject):
    """Holds what is kept of the actions that retrieve secrets, and works with the file behind it.

    ``changed`` tells that `templates` are others or that `trouble` is, ``failed`` why something
    could not be kept.

    Attributes:
        templates: What is kept; None as long as nobody has looked.
        trouble: Why the file cannot be read, and what to do, or None.
        jobs: Where the work is done, also that of the dialog.
    """

    changed = Signal()
    failed = Signal(object)  # Message

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.templates: Templates | None = None
        self.trouble: Message | None = None
        self.jobs = Jobs(self)

    def load(self) -> None:
        """Read what is kept, unless that was done."""
        if self.templates is None:
            self._start(self.tr("Reading the templates…"), _load, self._unreadable)

    def keep(self, retrieval: "Retrieval", template: "Template | None") -> None:
        """Keep how an action is written, or forget it; ``changed`` or ``failed`` follows."""

        def work(progress: Progress) -> "Templates":
            from padguard.session.template_store import save_templates

            kept = replace(_load(progress), **{retrieval.value: template})
            save_templates(kept)
            return kept

        self._start(self.tr("Keeping the template…"), work, self.report)

    def report(self, error: Exception) -> None:
        """Tell a person why something did not work, through ``failed``."""
        if not isinstance(error, CancelledError):
            self.failed.emit(explain(error))

    def _start(
        self,
        title: str,
        work: "Callable[[Progress], Templates]",
        failed: Callable[[Exception], None],
    ) -> None:
        self.jobs.start(title, work, self._take_over, failed)

    def _take_over(self, templates: "Templates") -> None:
        self.templates, self.trouble = templates, None
        self.changed.emit()

    def _unreadable(self, error: Exception) -> None:
        if not isinstance(error, CancelledError):
            self.trouble = explain(error)
            self.changed.emit()


def _load(_: Progress) -> "Templates":
    from padguard.session.template_store import load_templates

    return load_templates()

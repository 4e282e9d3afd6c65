"""The policies of the open export, what a person tries out with them, and what comes of it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from padguard.foundation.messages import mark
from padguard.foundation.progress import Progress
from padguard.governance.dlp import evaluate
from padguard.governance.dlp_model import Evaluation, Setting
from padguard.governance.policy import Classification, Policy, new_policy
from padguard.ui.document import Document
from padguard.ui.views.dlp_files import read_policies, write_draft
from padguard.ui.views.dlp_shown import Shown, shown
from padguard.ui.views.dlp_whatif import WhatIf, key_of
from padguard.ui.words import translate

if TYPE_CHECKING:
    from padguard.analysis.inspection import Inspection
    from padguard.foundation.errors import ConfigError
    from padguard.session.session import Session

NEW_DRAFT = mark("dlp", "New draft")


class DlpDesk(QObject):
    """Keeps the loaded policies apart from the what-if.

    Loaded policies belong to the session: changing them is a job that works out the findings
    anew. A what-if lives here only, never gets into the session, and ends with the export.
    ``changed`` tells that any of it may be different; ``loaded`` that policies were opened.
    """

    changed = Signal()
    loaded = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._read: Inspection | None = None
        self._waiting: object = None
        self.what_if = WhatIf()
        self.shown: Shown | None = None

    @property
    def policies(self) -> tuple[Policy, ...]:
        """The policies that are loaded."""
        return self._document.session.policing.policies if self._document is not None else ()

    @property
    def tried(self) -> tuple[Policy, ...]:
        """The policies with what is tried out."""
        return self.what_if.policies(self.policies)

    @property
    def setting(self) -> Setting:
        """How is judged."""
        return self._document.session.policing.setting if self._document else Setting()

    def set_document(self, document: Document | None) -> None:
        """Work for another export, or for none; what was tried out is over."""
        self._document = document
        self._read = self._waiting = self.shown = None
        self.what_if = WhatIf()
        self.changed.emit()

    def catch_up(self) -> None:
        """Judge what was analysed since, if it is new."""
        inspection = self._document.inspection if self._document is not None else None
        if inspection is not None and inspection is not self._read:
            self._read = inspection
            self.what_if = self.what_if.kept(self.policies)
            self._judge()

    def open(self, paths: Sequence[Path]) -> None:
        """Load policies, as well as those that are loaded; errors are told by the document."""
        document = self._document
        if document is None:
            return
        errors: list[ConfigError] = []

        def change(session: "Session", progress: Progress) -> None:
            policing = session.policing
            policing.policies, failed = read_policies(paths, policing.policies, progress)
            errors.extend(failed)

        def done() -> None:
            for error in errors:
                document.report(error)
            if len(errors) < len(paths):
                self.loaded.emit()

        document.learn(change, done)

    def remove(self, policy: Policy) -> None:
        """Judge without a policy from now on."""
        key = key_of(policy)

        def change(session: "Session", _: Progress) -> None:
            policing = session.policing
            policing.policies = tuple(one for one in policing.policies if key_of(one) != key)

        if self._document is not None:
            self._document.learn(change)

    def judge_by(self, setting: Setting) -> None:
        """Judge in another way from now on."""

        def change(session: "Session", _: Progress) -> None:
            session.policing.setting = setting

        if self._document is not None:
            self._document.learn(change)

    def try_class(self, policy: Policy | None, group: str, classification: Classification) -> None:
        """Try out another class for a group in a policy; None begins a draft for it."""
        known = {key_of(one): one for one in self.policies}
        base = known.get(key_of(policy)) if policy is not None else None
        draft = self.what_if.draft or new_policy(translate(NEW_DRAFT))
        self.what_if = self.what_if.with_class(
            base or draft, group, classification, loaded=base is not None
        )
        self._judge()

    def begin_draft(self) -> None:
        """Try out a policy of its own."""
        self.what_if = WhatIf(self.what_if.classes, new_policy(translate(NEW_DRAFT)))
        self._judge()

    def reset(self) -> None:
        """End what is tried out."""
        self.what_if = WhatIf()
        self._judge()

    def save_draft(self, policy: Policy, path: Path) -> None:
        """Write a policy with what is tried out; it is not loaded."""
        document = self._document
        if document is None:
            return

        def work(_: Progress) -> None:
            write_draft(policy, path)

        title = self.tr("Writing {name}…").format(name=path.name)
        document.jobs.start(title, work, lambda _: None, document.report)

    def _judge(self) -> None:
        """Show what the loaded policies say, or have the what-if worked out by a job."""
        document = self._document
        inspection = self._read = document.inspection if document is not None else None
        self._waiting = None
        if document is None or inspection is None:
            self.changed.emit()
            return
        before = inspection.evaluation
        if not self.what_if:
            self.shown = shown(before, inspection.flows) if before is not None else None
            self.changed.emit()
            return
        ticket = self._waiting = object()

        def done(found: Shown) -> None:
            if self._waiting is ticket:
                self._waiting, self.shown = None, found
                self.changed.emit()

        work = partial(_try, document.session, self.tried, before)
        title = self.tr("Working out the what-if…")
        document.jobs.start(title, work, done, document.report, quiet=True)


def _try(
    session: "Session", policies: Sequence[Policy], before: Evaluation | None, _: Progress
) -> Shown:
    """Judge by policies that are not loaded; runs on the worker thread."""
    flows = session.flows
    policing = session.policing
    found = evaluate(policing.usages(session.export, flows), policies, policing.setting)
    return shown(found, flows, is_trial=True, before=before)

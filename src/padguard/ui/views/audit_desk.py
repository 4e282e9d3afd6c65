"""What is known of the environment of the open export: a snapshot, and a person's answers."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from padguard.exports.atomic import saving, write_file
from padguard.foundation.progress import Progress
from padguard.governance.audit import audit_of
from padguard.governance.audit_answers import Answers, read_answers
from padguard.governance.audit_answers_writing import write_answers
from padguard.governance.snapshot import Snapshot
from padguard.governance.snapshot_reading import policies_of, read_snapshot
from padguard.ui.document import Document
from padguard.ui.opening import is_sample
from padguard.ui.views.audit_files import answers_path, audit_file
from padguard.ui.views.components_files import export_name
from padguard.ui.views.dlp_files import with_policies

if TYPE_CHECKING:
    from padguard.governance.audit_model import AuditReport
    from padguard.session.session import Session


class AuditDesk(QObject):
    """Opens snapshots and keeps answers; both belong to the session, which findings go by.

    Answers that lie beside the export are read when it is opened. ``changed`` tells that the
    report may be different, ``answersRead`` gives answers that come from a file, ``keptChanged``
    tells that answers are kept elsewhere, or no longer.
    """

    changed = Signal()
    answersRead = Signal(object)  # noqa: N815 - a signal of Qt: Answers
    keptChanged = Signal()  # noqa: N815 - a signal of Qt

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self.kept: Path | None = None

    @property
    def snapshot(self) -> Snapshot | None:
        """The snapshot that is open."""
        return self._document.session.snapshot if self._document is not None else None

    @property
    def report(self) -> "AuditReport | None":
        """What is audited, as far as it is known."""
        if self._document is None:
            return None
        session = self._document.session
        return audit_of(session.export, session.snapshot, session.answers)

    @property
    def can_keep_beside(self) -> bool:
        """Whether answers can be kept beside the export: it is a file or folder of theirs."""
        path = self._document.session.export.path if self._document is not None else None
        return path is not None and not is_sample(path)

    def set_document(self, document: Document | None) -> None:
        """Work for another export, or for none."""
        if self._document is not None:
            self._document.findingsChanged.disconnect(self.changed)
        self._document, self.kept = document, None
        if document is not None:
            document.findingsChanged.connect(self.changed)
            document.analysisChanged.connect(self._read_beside)
        self.answersRead.emit(Answers())
        self.keptChanged.emit()
        self.changed.emit()

    def open_snapshot(self, path: Path) -> None:
        """Open a snapshot in place of the one before; an error is told by the document."""

        def change(session: "Session", _: Progress) -> None:
            session.snapshot = read_snapshot(path)

        self._learn(change)

    def forget_snapshot(self) -> None:
        """Judge without a snapshot from now on."""

        def change(session: "Session", _: Progress) -> None:
            session.snapshot = None

        self._learn(change)

    def load_policies(self, then: Callable[[], None]) -> None:
        """Load the data loss prevention policies of the snapshot."""

        def change(session: "Session", _: Progress) -> None:
            if session.snapshot is not None:
                found = policies_of(session.snapshot)
                session.policing.policies = with_policies(session.policing.policies, found)

        self._learn(change, then)

    def answer(self, answers: Answers, names: Iterable[str]) -> None:
        """Take over what a person answered, and keep it where they want it kept.

        Args:
            answers: All answers.
            names: The agreed owners as they are spelt.
        """
        if self._document is None:
            return
        if self.kept is not None:
            self._write(self.kept, answers, tuple(names))
        self._take(answers)

    def open_answers(self, path: Path) -> None:
        """Go on with answers from a file, and keep them there."""
        self._read(lambda: path, self.tr("Opening {name}…").format(name=path.name))

    def keep(self, path: Path, answers: Answers, names: Iterable[str]) -> None:
        """Keep the answers in a file, now and from now on."""
        self.kept = path
        self._write(path, answers, tuple(names))
        self.keptChanged.emit()

    def keep_beside(self, answers: Answers, names: Iterable[str]) -> None:
        """Keep the answers beside the export, now and from now on."""
        path = self._document.session.export.path if self._document is not None else None
        if path is not None:
            self.keep(answers_path(path), answers, names)

    def export_to(self, path: Path) -> None:
        """Write the report as text, CSV or JSON, as the name of the file says."""
        document, report = self._document, self.report
        if document is None or report is None:
            return
        export, name = document.session.export, export_name(document)

        def work(_: Progress) -> None:
            data = audit_file(path.suffix, name, export, report)
            with saving(path):
                write_file(data, path)

        title = self.tr("Writing {name}…").format(name=path.name)
        document.jobs.start(title, work, lambda _: None, document.report)

    def _learn(
        self, change: "Callable[[Session, Progress], None]", then: Callable[[], None] | None = None
    ) -> None:
        if self._document is not None:
            self._document.learn(change, then)

    def _take(self, answers: Answers) -> None:
        def change(session: "Session", _: Progress) -> None:
            session.answers = answers

        self._learn(change)

    def _read_beside(self) -> None:
        """Go on with the answers that lie beside the export, once it is being analysed."""
        document = self._document
        if document is None:
            return
        document.analysisChanged.disconnect(self._read_beside)
        export = document.session.export.path
        if export is not None and self.can_keep_beside:
            self._read(partial(_beside, export), self.tr("Reading answers…"), quiet=True)

    def _read(self, find: Callable[[], Path | None], title: str, *, quiet: bool = False) -> None:
        """Go on with the answers in a file, unless there is none."""
        document = self._document
        if document is None:
            return

        def work(_: Progress) -> tuple[Path, Answers] | None:
            path = find()
            return (path, read_answers(path)) if path is not None else None

        def done(found: tuple[Path, Answers] | None) -> None:
            if found is not None and self._document is document:
                self.kept, answers = found
                self._take(answers)
                self.answersRead.emit(answers)
                self.keptChanged.emit()

        document.jobs.start(title, work, done, document.report, quiet=quiet)

    def _write(self, path: Path, answers: Answers, names: tuple[str, ...]) -> None:
        document = self._document
        if document is None:
            return

        def failed(error: Exception) -> None:
            if self.kept == path:
                self.kept = None  # a file that cannot be written keeps nothing
                self.keptChanged.emit()
            document.report(error)

        work = partial(_keep, path, answers, names)
        title = self.tr("Writing {name}…").format(name=path.name)
        document.jobs.start(title, work, lambda _: None, failed, quiet=True)


def _keep(path: Path, answers: Answers, names: tuple[str, ...], _: Progress) -> None:
    write_answers(path, answers, names)


def _beside(export: Path) -> Path | None:
    """Return the file with answers beside an export, or None where there is none."""
    path = answers_path(export)
    return path if path.is_file() else None

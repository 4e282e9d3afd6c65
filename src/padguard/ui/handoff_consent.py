"""Asks whether secrets that fixes took out of an export shall be kept, and sees to it."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from padguard.foundation.progress import Progress
from padguard.ui.frame import Frame
from padguard.ui.handoff_desk import HandOffDesk, Kept
from padguard.ui.notices import Notice, NoticeKind
from padguard.ui.words import translate

if TYPE_CHECKING:
    from padguard.fixes.plan import Removed
    from padguard.foundation.messages import Message
    from padguard.ui.document import Document
    from padguard.ui.handoff_taken import TakenOut
    from padguard.ui.views.handoff_offer import HandOffOffer


class HandOffConsent(QObject):
    """Asks about the secrets that are out of the export of a window, and keeps what it may.

    Each is asked about once, and no longer when its fix is undone before there was an answer. What
    was kept stays when the fix is undone; a person is told so. `show_panel` shows what is kept.
    """

    def __init__(self, window: Frame, desk: HandOffDesk, show_panel: Callable[[], None]) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._show_panel = show_panel
        self.offer: HandOffOffer | None = None
        desk.changed.connect(self._show_state)
        desk.kept.connect(self._settle)
        self.set_document(None)

    def set_document(self, document: "Document | None") -> None:
        """Ask about what is taken out of another export, or of none."""
        self._document = document
        self._original = document.session.export.path if document is not None else None
        self._written_over = False
        self._taken: dict[Removed, None] = {}
        self._settled: set[Removed] = set()
        self._kept: set[Removed] = set()
        self._waiting: tuple[Removed, ...] = ()
        self._asked: tuple[TakenOut, ...] = ()
        self._keeping: tuple[TakenOut, ...] = ()
        self._reason: Message | None = None
        if document is not None:
            document.secretsTakenOut.connect(self._take)
            document.historyChanged.connect(self._look_again)
            document.saved.connect(self._note_saved)
        self._show_offer()

    def _take(self, removed: "Iterable[Removed]") -> None:
        self._taken.update(dict.fromkeys(removed))
        self._look_again()

    def _look_again(self) -> None:
        """See which secrets are out of the export now, and ask about those that are new."""
        document = self._document
        if document is None:
            return
        deeds = document.journal.deeds
        out = {one for deed in deeds for one in deed.plan.removed}
        self._tell_undone(self._kept - out)
        waiting = tuple(one for one in self._taken if one in out and one not in self._settled)
        if waiting == self._waiting:
            return
        self._waiting, self._reason = waiting, None
        if not waiting:
            self._ask(waiting, [])
            return
        names = {flow.id: flow.name for flow in document.session.flows}

        def work(_: Progress) -> "list[TakenOut]":
            from padguard.ui.handoff_taken import gather

            return gather(waiting, deeds, names)

        title = self.tr("Looking at what was taken out…")
        done = partial(self._ask, waiting)
        document.jobs.start(title, work, done, document.report, quiet=True)

    def _ask(self, waiting: "tuple[Removed, ...]", asked: "list[TakenOut]") -> None:
        if waiting == self._waiting:
            self._asked = tuple(asked)
            self._show_offer()
            if asked:
                self._desk.look()

    def _show_offer(self) -> None:
        if self.offer is None and self._asked:
            from padguard.ui.views.handoff_offer import HandOffOffer

            self.offer = HandOffOffer(self._window)
            self.offer.keepWanted.connect(self._keep)
            self.offer.letGoWanted.connect(self._let_go)
            self._window.add_bar(self.offer)
        if self.offer is not None:
            self.offer.show_offer(self._asked, self._original, backup=self._written_over)
            self._show_state()

    def _show_state(self) -> None:
        """Say whether there is a keychain, and whether it is being asked."""
        if self.offer is not None:
            stock = self._desk.stock
            lacking = self._desk.is_known and not stock.keychain
            reason = next(iter(stock.troubles), None) if lacking else self._reason
            self.offer.show_state(stock.keychain, reason, busy=bool(self._keeping))

    def _keep(self) -> None:
        from padguard.ui.views.handoff_words import origin_words

        self._keeping, self._reason = self._asked, None
        self._desk.keep(self._asked, map(origin_words, self._asked))

    def _settle(self, kept: Kept) -> None:
        """Note what is kept now; what is not is asked about again."""
        if {*kept.kept, *kept.refused} != set(self._keeping):
            return  # another window's
        self._keeping = ()
        for one in kept.kept:
            self._kept |= one.removed
            self._settled |= one.removed
        self._asked = tuple(one for one in self._asked if not one.removed <= self._settled)
        self._look_again()
        self._reason = kept.reason if kept.refused else None
        self._show_offer()
        if kept.kept:
            self._tell_kept(kept)

    def _let_go(self) -> None:
        from padguard.ui.views.handoff_words import not_kept_words, still_line

        words = not_kept_words(self._original, backup=self._written_over)
        lines = [still_line(one) for one in self._asked]
        self._settled.update(self._waiting)
        self._look_again()
        self._window.notices.show_notice(Notice(NoticeKind.INFO, words, details=lines))

    def _tell_kept(self, kept: Kept) -> None:
        if kept.reason is not None and not kept.refused:
            self._tell(translate(kept.reason), NoticeKind.WARNING)
            return
        words = self.tr(
            "Kept in {keychain}: {names}. The hand-offs list what to do next, and let you copy the "
            "secret when a step needs it."
        )
        names = _names(one.credential for one in kept.kept)
        self._tell(words.format(keychain=self._desk.stock.keychain, names=names))

    def _tell_undone(self, undone: "set[Removed]") -> None:
        """Say that what was kept stays, though the fix that took it out was undone."""
        self._kept -= undone  # done again, it is kept already
        if undone:
            words = self.tr(
                "The fix was undone, and the secret stands in the flow again. It also stays in the "
                "keychain, for {names}. If you do not need it there, delete it in the hand-offs."
            )
            self._tell(words.format(names=_names(sorted(one.credential for one in undone))))

    def _tell(self, text: str, kind: NoticeKind = NoticeKind.INFO) -> None:
        offer = self.tr("Show the hand-offs")
        self._window.notices.show_notice(Notice(kind, text, offer=offer, accept=self._show_panel))

    def _note_saved(self, path: Path) -> None:
        if path == self._original:
            self._written_over = True
            self._show_offer()


def _names(credentials: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(f"“{name}”" for name in credentials))

"""The hand-offs as all windows share them: what is kept, and the work with the keychain."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from padguard.foundation.errors import (
    HandOffError,
    KeychainError,
    KeychainUnsureError,
    PadGuardError,
)
from padguard.foundation.masked import Masked
from padguard.foundation.messages import Message
from padguard.foundation.progress import Progress
from padguard.ui.failures import explain
from padguard.ui.jobs import Jobs
from padguard.ui.preferences import Preferences

if TYPE_CHECKING:
    from padguard.session.handoff import HandOffs
    from padguard.session.handoff_record import HandOff
    from padguard.ui.handoff_taken import TakenOut
    from padguard.ui.views.copying import SecretClipboard


@dataclass(frozen=True, slots=True)
class Stock:
    """What was known of the hand-offs when somebody last looked.

    Attributes:
        hand_offs: The secrets that wait for their credentials, the oldest first.
        keychain: What people call the keychain, or "" where there is none that can be used.
        troubles: What is wrong with the keychain or the list, and what to do.
    """

    hand_offs: "tuple[HandOff, ...]" = ()
    keychain: str = ""
    troubles: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of secrets that were to be kept.

    Attributes:
        kept: Those that are in the list now.
        refused: Those of which nothing was stored.
        reason: Why that is so, or what is not certain; None where all is well.
    """

    kept: "tuple[TakenOut, ...]" = ()
    refused: "tuple[TakenOut, ...]" = ()
    reason: Message | None = None


@dataclass(frozen=True, slots=True)
class _Outcome:
    stock: Stock
    result: Any = field(default=None, repr=False)
    error: Exception | None = None


class HandOffDesk(QObject):
    """Does everything with hand-offs on a thread of its own, as the keychain may wait for a person.

    ``changed`` tells that `stock` or `is_busy` is another one, ``kept`` what became of secrets that
    were to be kept, ``copied`` that one is on the clipboard now, ``lost`` that the keychain does
    not hold it, ``cleared`` that it is off the clipboard, ``failed`` why something was not done.
    """

    changed = Signal()
    kept = Signal(object)  # Kept
    copied = Signal(object)  # HandOff
    lost = Signal(object)  # HandOff
    cleared = Signal()
    failed = Signal(object)  # Message

    def __init__(
        self,
        preferences: Preferences,
        make: "Callable[[], HandOffs] | None" = None,
        clear_after: int | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.stock = Stock()
        self.is_known = False
        self._preferences = preferences
        self._hand_offs = cache(make or _own)
        self._clear_after = clear_after
        self._clipboard: SecretClipboard | None = None
        self.jobs = Jobs(self)

    @property
    def is_busy(self) -> bool:
        """Whether something is being done, which may mean that the keychain asks a person."""
        return self.jobs.current is not None

    def look(self) -> None:
        """Look again at what is kept, and whether there is a keychain."""
        self._start(_nothing, _ignore)

    def keep(self, wanted: "Iterable[TakenOut]", origins: Iterable[str]) -> None:
        """Keep secrets; ``kept`` follows.

        Args:
            wanted: The secrets.
            origins: Where each of them was, in words.
        """
        pairs = list(zip(wanted, origins, strict=True))
        failed = partial(self._not_kept, tuple(one for one, _ in pairs))
        self._start(partial(_keep, pairs), self.kept.emit, failed)

    def copy(self, hand_off: "HandOff") -> None:
        """Put a secret on the clipboard for a while; ``copied`` or ``lost`` follows."""
        done = partial(self._put, hand_off)
        self._start(lambda hand_offs: hand_offs.secret_of(hand_off.id), done)

    def delete(self, hand_off: "HandOff") -> None:
        """Delete a secret and its entry."""
        self._start(lambda hand_offs: hand_offs.delete(hand_off.id), _ignore)

    def delete_all(self) -> None:
        """Delete all secrets and their entries."""
        self._start(lambda hand_offs: hand_offs.delete_all(), _ignore)

    def _put(self, hand_off: "HandOff", secret: Masked | None) -> None:
        if secret is None:
            self.lost.emit(hand_off)
            return
        if self._preferences.presenting:  # turned on while the keychain was asked
            return
        self._own_clipboard().put(secret.reveal())
        self._start(lambda hand_offs: hand_offs.mark_copied(hand_off.id), _ignore)
        self.copied.emit(hand_off)

    def _own_clipboard(self) -> "SecretClipboard":
        """Return what clears the clipboard, whichever windows are closed by then."""
        if self._clipboard is None:
            from padguard.ui.views import copying  # no view before one is needed

            after = self._clear_after or copying.CLEAR_AFTER_MS
            self._clipboard = copying.SecretClipboard(self, after)
            self._clipboard.cleared.connect(self.cleared)
        return self._clipboard

    def _not_kept(self, wanted: "tuple[TakenOut, ...]", error: Exception) -> None:
        self.changed.emit()
        self.kept.emit(Kept(refused=wanted, reason=explain(error)))

    def _start(
        self,
        work: "Callable[[HandOffs], Any]",
        done: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        source = self._hand_offs

        def run(_: Progress) -> _Outcome:
            hand_offs = source()
            try:
                result = work(hand_offs)
            except PadGuardError as error:
                return _Outcome(_stock(hand_offs), error=error)
            return _Outcome(_stock(hand_offs), result)

        title = self.tr("Waiting for the keychain…")
        self.jobs.start(title, run, partial(self._ended, done), failed or self._failed)
        self.changed.emit()

    def _ended(self, done: Callable[[Any], None], outcome: _Outcome) -> None:
        self.stock, self.is_known = outcome.stock, True
        self.changed.emit()
        if outcome.error is None:
            done(outcome.result)
        else:
            self.failed.emit(explain(outcome.error))

    def _failed(self, error: Exception) -> None:
        self.changed.emit()
        self.failed.emit(explain(error))


def _own() -> "HandOffs":
    from padguard.session.handoff import HandOffs

    return HandOffs()


def _stock(hand_offs: "HandOffs") -> Stock:
    """Look at the list and at the keychain; runs on the worker thread."""
    found: tuple[HandOff, ...] = ()
    keychain = ""
    troubles = []
    try:
        keychain = hand_offs.keychain_name()
    except KeychainError as error:
        troubles.append(error.message)
    try:
        found, damage = hand_offs.listed()
        troubles += [damage] if damage is not None else []
    except HandOffError as error:
        troubles.append(error.message)
    return Stock(found, keychain, tuple(troubles))


def _keep(pairs: "list[tuple[TakenOut, str]]", hand_offs: "HandOffs") -> Kept:
    """Keep secrets one after the other; a keychain that refuses one is not asked for the rest."""
    kept: list[TakenOut] = []
    refused: list[TakenOut] = []
    reason: Message | None = None
    for number, (one, origin) in enumerate(pairs):
        try:
            hand_offs.keep(one.credential, one.flows, one.secret, origin)
        except HandOffError as error:
            refused.append(one)
            reason = error.message
        except KeychainUnsureError as error:
            kept.append(one)
            reason = error.message
        except KeychainError as error:
            refused += (left for left, _ in pairs[number:])
            reason = error.message
            break
        else:
            kept.append(one)
    return Kept(tuple(kept), tuple(refused), reason)


def _nothing(_: "HandOffs") -> None:
    """Do nothing but what follows everything: look at what is kept."""


def _ignore(_: object) -> None:
    """Take note of nothing: what is kept now has been told."""

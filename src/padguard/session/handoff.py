"""Keeps secrets that were taken out of flows until their credential exists."""

import logging
import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from padguard.foundation.errors import HandOffError, KeychainError, KeychainUnsureError
from padguard.foundation.keychain import Keychain
from padguard.foundation.keychain_choice import open_keychain
from padguard.foundation.log import describe
from padguard.foundation.masked import MASK, Masked
from padguard.foundation.messages import mark
from padguard.session.handoff_index import HandOffIndex, Listing, index_file
from padguard.session.handoff_record import HandOff

NAME_IS_SECRET = mark(
    "session",
    "The name of the credential holds the secret itself. Choose another name; everybody who may "
    "see the credential can read it.",
)
UNLISTED = mark(
    "session",
    "This hand-off is no longer in the list: another window deleted it. Its secret is gone from "
    "the keychain as well.",
)
NOT_CERTAIN = mark(
    "session",
    "Something went wrong while the secret was put into the keychain of this computer. It stays in "
    "the list of hand-offs, as the keychain may hold it: try to copy it there, or delete it there "
    "and start again.",
)

_TELLING: Final = 4  # letters; anything shorter is found in many a word

_log = logging.getLogger(__name__)


class HandOffs:
    """The secrets that wait for their credentials: listed in a file, kept in the keychain.

    What is in the keychain is always listed, wherever the program dies: an entry is listed before
    its secret goes into the keychain, and taken from the list when its secret is out again. Until
    its secret is known to be in the keychain, an entry says that it is missing there.

    Every method works with files, and may wait for a person to unlock the keychain, so none is
    called where a window is drawn.
    """

    def __init__(
        self,
        opener: Callable[[], Keychain] = open_keychain,
        index_path: Path | None = None,
    ) -> None:
        self._opener = opener
        self._index = HandOffIndex(index_path or index_file())
        self._opened: Keychain | None = None

    def keep(
        self,
        credential: str,
        flows: Iterable[str],
        secret: Masked,
        origin: str = "",
        taken_out: datetime | None = None,
    ) -> HandOff:
        """Keep a secret.

        Args:
            credential: Name of the credential that shall hold it.
            flows: Names of the flows that it was taken out of.
            secret: The secret.
            origin: Where in them it was, in words for a person.
            taken_out: When that was (UTC); now if None.

        Returns:
            Its entry in the list.

        Raises:
            KeychainUnsureError: It could not be kept for sure; it is listed, so that it can be
                deleted.
            KeychainError: There is no keychain that works; nothing was stored or listed.
            HandOffError: The list cannot be written, or the name is no name; nothing was stored.
        """
        if _gives_away(credential, secret):
            raise HandOffError(NAME_IS_SECRET)
        keychain = self._keychain()
        hand_off = HandOff(
            id=secrets.token_hex(16),
            credential=credential,
            flows=tuple(MASK if _gives_away(flow, secret) else flow for flow in flows),
            origin=MASK if _gives_away(origin, secret) else origin,
            taken_out=taken_out or datetime.now(UTC),
            missing=True,
        )
        self._index.put(hand_off)
        self._store(keychain, hand_off, secret)
        return self._confirmed(hand_off)

    def keychain_name(self) -> str:
        """Return what people call the keychain that secrets go to; it is asked for nothing yet.

        Raises:
            KeychainError: There is none that can be used; the message says why and what to do.
        """
        return self._keychain().name

    def listed(self) -> Listing:
        """Return the entries of the list, the oldest first, without a look into the keychain.

        Raises:
            HandOffError: The list cannot be read.
        """
        return self._index.read()

    def secret_of(self, id_: str) -> Masked | None:
        """Return a secret, or None where the keychain has lost it; its entry then says so.

        Raises:
            KeychainError: The keychain cannot be read now.
            HandOffError: There is no such entry (any more), or the list cannot be read.
        """
        hand_off = self._entry(id_)
        if hand_off is None:
            raise HandOffError(UNLISTED)
        secret = self._keychain().fetch(hand_off.key)
        if hand_off.missing != (secret is None):
            self._note_missing(id_, missing=secret is None)
        return secret

    def mark_copied(self, id_: str) -> None:
        """Write down that a secret was copied.

        Raises:
            HandOffError: The list cannot be written.
        """
        self._index.note(id_, copied=True)

    def delete(self, id_: str) -> None:
        """Delete a secret and its entry; where there is none any more, all is well.

        Raises:
            KeychainError: The keychain may still hold the secret; its entry stays.
            HandOffError: The secret is gone, but the list cannot be written.
        """
        hand_off = self._entry(id_)
        if hand_off is not None:
            self._keychain().delete(hand_off.key)
            self._index.remove(id_)

    def delete_all(self) -> None:
        """Delete all secrets that are listed now, one after the other.

        Raises:
            KeychainError: The keychain may still hold a secret; it and those after it stay.
            HandOffError: The list cannot be read or written.
        """
        for hand_off in self._index.read().hand_offs:
            self.delete(hand_off.id)

    def _keychain(self) -> Keychain:
        """Return the keychain: always the same one, so that calls to it keep their turn."""
        if self._opened is None:
            self._opened = self._opener()
        return self._opened

    def _entry(self, id_: str) -> HandOff | None:
        return next((each for each in self._index.read().hand_offs if each.id == id_), None)

    def _store(self, keychain: Keychain, hand_off: HandOff, secret: Masked) -> None:
        """Put a secret into the keychain; its entry goes again if nothing of it is in there."""
        try:
            keychain.store(hand_off.key, secret)
        except KeychainUnsureError as error:
            raise KeychainUnsureError(NOT_CERTAIN) from error
        except KeychainError:
            with suppress(HandOffError):  # then an entry is left that says its secret is missing
                self._index.remove(hand_off.id)
            raise

    def _confirmed(self, hand_off: HandOff) -> HandOff:
        """Write down that the keychain holds a secret, whatever other windows did to its entry."""
        kept = replace(hand_off, missing=False)
        try:
            self._index.put(kept)
        except HandOffError as error:  # it is listed; `secret_of` mends what the entry says
            _log.warning("A hand-off was not confirmed.\n%s", describe(error))
        return kept

    def _note_missing(self, id_: str, *, missing: bool) -> None:
        try:
            self._index.note(id_, missing=missing)
        except HandOffError as error:  # the secret is what was asked for
            _log.warning("A hand-off could not be noted.\n%s", describe(error))


def _gives_away(text: str, secret: Masked) -> bool:
    """Tell whether a text that stands in the list in clear would tell the secret."""
    value = secret.reveal()
    return text == value or (len(value) >= _TELLING and value in text)

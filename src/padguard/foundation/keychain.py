"""Keeps secrets in a keychain of the system, one entry a secret."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Final, Protocol, TypeVar

from padguard.foundation.errors import KeychainError, KeychainUnsureError
from padguard.foundation.keychain_words import (
    GARBLED,
    NO_ANSWER,
    STILL_THERE,
    TOO_LONG,
    UNSURE,
    failure_words,
    wrote_nothing,
)
from padguard.foundation.log import describe
from padguard.foundation.masked import Masked
from padguard.foundation.patience import within

SERVICE: Final = "PAD Guard"
PATIENCE: Final = 120.0
"""Seconds that a keychain has for its answer: a person may have to type a password first."""

_log = logging.getLogger(__name__)

T = TypeVar("T")


class Backend(Protocol):
    """What is needed of a back end of keyring."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return the entry, or None where there is none."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Write the entry."""

    def delete_password(self, service: str, username: str) -> None:
        """Remove the entry."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What sets one keychain apart.

    Attributes:
        name: What people call it.
        most: Bytes of UTF-16 that a secret may have, or 0 for as many as it likes.
        one_a_service: That entries of one service get into each other's way. keyring moves them
            about in the Windows Credential Manager, where two programs would lose one.
    """

    name: str = "The keychain"
    most: int = 0
    one_a_service: bool = False


class Keychain:
    """A keychain of the system; `padguard.foundation.keychain_choice.open_keychain` opens it.

    Every method may wait for a person to unlock the keychain, ``patience`` seconds at most, so
    none is called where a window is drawn. One call reaches the back end at a time; one that was
    given up still goes first, so that nothing overtakes it. All errors are `KeychainError`, hold
    no secret and none of the errors of the back end, which may.
    """

    def __init__(
        self, backend: Backend, traits: Traits | None = None, patience: float = PATIENCE
    ) -> None:
        self._backend = backend
        self._traits = traits or Traits()
        self._patience = patience
        self._turn = Lock()

    @property
    def name(self) -> str:
        """What people call this keychain."""
        return self._traits.name

    def store(self, key: str, secret: Masked) -> None:
        """Put a secret in, and make sure that it can be read back.

        Args:
            key: Names the entry; nothing is stored under it yet.
            secret: The secret.

        Raises:
            KeychainUnsureError: It did not work, and the secret may be in there all the same.
            KeychainError: It did not work, and nothing of the secret is in there.
        """
        self._check_size(secret)
        doubtful: list[str] = []
        failure = self._failure(lambda: self._put(key, secret, doubtful))
        if failure is None:
            return
        late = failure.message is NO_ANSWER  # and may yet be done
        if late or (doubtful and self._failure(lambda: self._remove(key)) is not None):
            raise KeychainUnsureError(UNSURE(key=key, service=SERVICE))
        raise failure

    def fetch(self, key: str) -> Masked | None:
        """Return a secret, or None where the keychain has no such entry.

        Raises:
            KeychainError: The keychain could not be read.
        """
        found = self._ask(lambda: self._get(key))
        return None if found is None else Masked(found)

    def delete(self, key: str) -> None:
        """Remove a secret; where there is none, all is well.

        Raises:
            KeychainError: It may still be there.
        """
        self._ask(lambda: self._remove(key))

    def _check_size(self, secret: Masked) -> None:
        size = len(secret.reveal().encode("utf-16-le", "surrogatepass"))
        most = self._traits.most
        if most and size > most:
            raise KeychainError(TOO_LONG(keychain=self.name, most=most, size=size))

    def _service(self, key: str) -> str:
        return f"{SERVICE}: {key}" if self._traits.one_a_service else SERVICE

    def _get(self, key: str) -> str | None:
        return self._backend.get_password(self._service(key), key)

    def _put(self, key: str, secret: Masked, doubtful: list[str]) -> None:
        """Write and read back; the key is doubtful from when something may have been written."""
        try:
            self._backend.set_password(self._service(key), key, secret.reveal())
        except Exception as error:
            if not wrote_nothing(error):
                doubtful.append(key)
            raise
        doubtful.append(key)
        if self._get(key) != secret.reveal():
            raise KeychainError(GARBLED(keychain=self.name))

    def _remove(self, key: str) -> None:
        if self._get(key) is None:
            return
        self._backend.delete_password(self._service(key), key)
        if self._get(key) is not None:
            words = STILL_THERE(keychain=self.name, key=key, service=SERVICE)
            raise KeychainError(words)

    def _failure(self, work: Callable[[], None]) -> KeychainError | None:
        """Do something with the back end; return what went wrong."""
        try:
            self._ask(work)
        except KeychainError as error:
            return error
        return None

    def _ask(self, work: Callable[[], T]) -> T:
        """Do something with the back end when it is free, and wait no longer than is sensible."""

        def in_turn() -> T:
            with self._turn:
                return work()

        try:
            return within(self._patience, in_turn)
        except KeychainError:
            raise
        except Exception as error:  # noqa: BLE001 - back ends raise whatever they like
            _log.warning("The keychain failed.\n%s", describe(error))
            words = failure_words(error)
        raise KeychainError(words)  # here, where no error of the back end becomes its context

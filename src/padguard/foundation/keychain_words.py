"""What goes wrong with a keychain, in words."""

from collections.abc import Iterator
from typing import Final

from padguard.foundation.messages import Message, mark

LOCKED = mark(
    "foundation",
    "The keychain of this computer is locked. Unlock it when it asks for its password, and try "
    "again. Nothing was changed.",
)
NOT_REACHED = mark(
    "foundation",
    "The keychain of this computer cannot be reached. Sign out and in again with your own account, "
    "at the screen of this computer, and try again.",
)
NO_ANSWER = mark(
    "foundation",
    "The keychain of this computer did not answer. Look for a window in which it asks for its "
    "password, answer it, and try again.",
)
TOO_LONG = mark(
    "foundation",
    "{keychain} holds secrets of at most {most} bytes, and this one takes {size}. Put it into your "
    "vault yourself. Nothing was stored.",
)
GARBLED = mark(
    "foundation",
    "{keychain} did not give the secret back as it was put in, so it was taken out again. Put it "
    "into your vault yourself. Nothing was stored.",
)
STILL_THERE = mark(
    "foundation",
    "{keychain} still holds the secret after it was told to delete it. Delete the entry "
    "“{key}” of “{service}” there yourself.",
)
FAILED = mark(
    "foundation",
    "The keychain of this computer refused ({reason}). Make sure that it is unlocked, answer what "
    "it asks, and try again.",
)
UNSURE = mark(
    "foundation",
    "Something went wrong while the secret was put into the keychain of this computer, and it may "
    "be in there now. Its entry would be “{key}” of “{service}”.",
)

_LOCKED: Final = {"KeyringLocked", "LockedException", "PromptDismissedException"}
_NO_WAY_IN: Final = {
    "FileNotFoundError",  # the socket of D-Bus
    "InitError",
    "NoKeyringError",
}
_GONE: Final = _NO_WAY_IN | {"SecretServiceNotAvailableException"}
_NO_LOGON: Final = 1312  # ERROR_NO_SUCH_LOGON_SESSION: Windows keeps no credentials for this logon
_CANCELLED: Final = 1223  # ERROR_CANCELLED: the person closed what Windows asked


def failure_words(error: Exception) -> Message:
    """Return what an error of a back end means for a person."""
    names = _names(error)
    code = getattr(error, "winerror", None)
    if names & _LOCKED or code == _CANCELLED:
        return LOCKED
    if isinstance(error, TimeoutError):
        return NO_ANSWER
    if names & _GONE or isinstance(error, ConnectionError | EOFError) or code == _NO_LOGON:
        return NOT_REACHED
    reason = type(error).__name__
    return FAILED(reason=reason if code is None else f"{reason} {code}")


def wrote_nothing(error: Exception) -> bool:
    """Tell whether a back end that failed so while it wrote has certainly written nothing.

    A bus may break after the keychain did as it was told, but before it said so.
    """
    return hasattr(error, "winerror") or bool(_names(error) & (_LOCKED | _NO_WAY_IN))


def _names(error: BaseException) -> set[str]:
    """Return what an error, and those that led to it, are called: their modules stay unloaded."""
    return {kind.__name__ for each in _causes(error) for kind in type(each).__mro__}


def _causes(error: BaseException) -> Iterator[BaseException]:
    current: BaseException | None = error
    while current is not None:
        yield current
        current = current.__cause__

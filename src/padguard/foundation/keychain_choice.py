"""Chooses the keychain that secrets go to: one of the system's own, or none.

keyring's own choice is not asked for. It depends on an environment variable, on a file that may
add folders to Python's path, and on what else is installed, and takes back ends that keep
passwords in clear or not at all without a word.
"""

import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from padguard.foundation.errors import KeychainError
from padguard.foundation.keychain import PATIENCE, Backend, Keychain, Traits
from padguard.foundation.keychain_words import NO_ANSWER
from padguard.foundation.log import describe
from padguard.foundation.messages import mark
from padguard.foundation.patience import within

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

NO_KEYCHAIN = mark(
    "foundation",
    "This computer offers no keychain, and PAD Guard keeps secrets nowhere else. Start GNOME "
    "Keyring, KWallet or another program that offers the Secret Service, and try again. Nothing "
    "was stored.",
)
NO_SYSTEM_KEYCHAIN = mark(
    "foundation",
    "The keychain of this computer cannot be used, and PAD Guard keeps secrets nowhere else. "
    "Install PAD Guard again, and try again. Nothing was stored.",
)
REFUSED = mark(
    "foundation",
    "This computer offers no keychain of the system. “{names}” is installed instead, but may keep "
    "secrets in clear and is not used. Start GNOME Keyring, KWallet or another program that "
    "offers the Secret Service, and try again. Nothing was stored.",
)


class Native(NamedTuple):
    """A back end of keyring that leads to a keychain of the system.

    ``properties`` are set on it: names and values as keyring takes them.
    """

    module: str
    class_name: str
    traits: Traits
    properties: tuple[tuple[str, str], ...] = ()


WINDOWS: Final = Native(
    "keyring.backends.Windows",
    "WinVaultKeyring",
    # CRED_MAX_CREDENTIAL_BLOB_SIZE of wincred.h is 5 * 512 bytes.
    Traits("Windows Credential Manager", most=2560, one_a_service=True),
    (("persist", "local machine"),),  # keyring's own would roam to other computers
)
MACOS: Final = Native("keyring.backends.macOS", "Keyring", Traits("macOS Keychain"))
SECRET_SERVICE: Final = Native(
    "keyring.backends.SecretService", "Keyring", Traits("Secret Service")
)
LIBSECRET: Final = Native("keyring.backends.libsecret", "Keyring", Traits("Secret Service"))
KWALLET: Final = Native("keyring.backends.kwallet", "DBusKeyring", Traits("KWallet"))
KWALLET_4: Final = Native("keyring.backends.kwallet", "DBusKeyringKWallet4", Traits("KWallet"))

NATIVES: Final = (WINDOWS, MACOS, SECRET_SERVICE, LIBSECRET, KWALLET, KWALLET_4)
_BY_PLATFORM: Final = {"win32": (WINDOWS,), "darwin": (MACOS,)}
_ELSEWHERE: Final = (SECRET_SERVICE, LIBSECRET, KWALLET, KWALLET_4)
_OWN_OF_KEYRING: Final = "keyring.backends."

_log = logging.getLogger(__name__)


def open_keychain(
    offered: Callable[[], Iterable[object]] | None = None, patience: float = PATIENCE
) -> Keychain:
    """Return the keychain of the system; nothing is asked of a person yet.

    Args:
        offered: Gives the back ends to choose from, the best first; those of this computer if
            None.
        patience: Seconds that the keychain has for an answer, now and later.

    Raises:
        KeychainError: There is none that can be used; the message says why and what to do.
    """
    try:
        return within(patience, lambda: choose((offered or offered_here)(), patience))
    except TimeoutError:
        words = NO_ANSWER
    raise KeychainError(words)


def choose(offered: Iterable[object], patience: float = PATIENCE) -> Keychain:
    """Return the first back end that leads to a keychain of the system, also out of a chainer.

    Args:
        offered: Back ends of keyring, the best first; no more of them is asked for than needed.
        patience: Seconds that the keychain has for its answers.

    Raises:
        KeychainError: There is none among them.
    """
    refused = []
    for backend in _unchained(offered):
        native = native_of(backend)
        if native is not None:
            for name, value in native.properties:
                setattr(backend, name, value)
            return Keychain(cast("Backend", backend), native.traits, patience)
        kind = type(backend)
        if not kind.__module__.startswith(_OWN_OF_KEYRING):  # those keep nothing at all
            refused.append(f"{kind.__module__}.{kind.__qualname__}")
    if refused:
        raise KeychainError(REFUSED(names=", ".join(sorted(set(refused)))))
    raise KeychainError(NO_SYSTEM_KEYCHAIN if sys.platform in _BY_PLATFORM else NO_KEYCHAIN)


def native_of(backend: object) -> Native | None:
    """Return which keychain of the system a back end leads to, or None.

    Only the very classes count: one that is derived from them may do anything.
    """
    for native in NATIVES:
        module = sys.modules.get(native.module)
        if module is not None and getattr(module, native.class_name, None) is type(backend):
            return native
    return None


def offered_here() -> Iterator["KeyringBackend"]:
    """Yield the back ends that work on this computer, keychains of the system first.

    What else keyring finds comes last, and is asked for only to say that it is not used.
    """
    natives = _BY_PLATFORM.get(sys.platform, _ELSEWHERE)
    working = [backend for backend in map(_made, natives) if backend is not None]
    yield from sorted(working, key=lambda backend: -backend.priority)
    try:
        from keyring.backend import get_all_keyring

        others = get_all_keyring()
    except Exception as error:  # noqa: BLE001 - it runs what others installed
        _log.warning("keyring could not say what it has.\n%s", describe(error))
        return
    yield from others


def _made(native: Native) -> "KeyringBackend | None":
    """Return a back end if it works on this computer, or None."""
    try:
        kind: type[KeyringBackend] = getattr(import_module(native.module), native.class_name)
        _ = kind.priority  # raises where it does not work
        return kind()
    except Exception as error:  # noqa: BLE001 - what it needs may be missing, old or broken
        _log.info("%s does not work here (%s).", native.module, type(error).__name__)
        return None


def _unchained(offered: Iterable[object]) -> Iterator[object]:
    """Yield back ends, and instead of keyring's chainer what it would ask in turn."""
    from keyring.backends.chainer import ChainerBackend

    for backend in offered:
        if isinstance(backend, ChainerBackend) and type(backend) is ChainerBackend:
            yield from backend.backends
        else:
            yield backend

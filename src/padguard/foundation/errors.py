"""The errors PAD Guard raises; `cli` and `ui` turn them into words."""

from padguard.foundation.messages import Message, mark

CANCELLED = mark("foundation", "The work was cancelled.")


class PadGuardError(Exception):
    """Base of every error that a person can be told about.

    ``message`` is the sentence for the person. It never holds a secret in clear.
    """

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class OpenError(PadGuardError):
    """An export, or a member of it, could not be read."""


class SaveError(PadGuardError):
    """An export could not be written; the original is untouched."""


class EditError(PadGuardError):
    """A change could not be applied to a script; nothing was changed."""


class ConfigError(PadGuardError):
    """A configuration file says something that cannot be understood; nothing of it holds."""


class KeychainError(PadGuardError):
    """The keychain of the system is missing, locked or not working; it holds what it held."""


class KeychainUnsureError(KeychainError):
    """Putting a secret into the keychain went wrong, and it may be in there all the same."""


class HandOffError(PadGuardError):
    """The list of hand-offs could not be read or written, or does not hold what was asked for."""


class CancelledError(PadGuardError):
    """A person cancelled the work under way."""

    def __init__(self) -> None:
        super().__init__(CANCELLED)

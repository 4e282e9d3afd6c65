"""Words for people, kept apart from their parameters so that they can be translated."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for a person: an English template, and what fills its ``{placeholders}``.

    ``str(message)`` is the English sentence. The window translates ``text`` within ``context``
    and fills it with ``params`` itself. Parameters are shown as they are, so a secret may enter
    only as `padguard.foundation.masked.Masked`.
    """

    context: str
    text: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text.format_map(self.params)

    def __call__(self, **params: object) -> "Message":
        """Return the same sentence with its placeholders filled."""
        return Message(self.context, self.text, params)


def mark(context: str, text: str) -> Message:
    """Declare a translatable sentence; lupdate collects every literal call.

    Args:
        context: The translation context, by custom the module's package.
        text: The English sentence, with ``{name}`` placeholders.

    Returns:
        The message, to be used as it is or called with the values of its placeholders.
    """
    return Message(context, text)

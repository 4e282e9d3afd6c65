"""Turns messages of the core into words in the language of the window."""

from PySide6.QtCore import QCoreApplication

from padguard.foundation.messages import Message


def translate(message: Message) -> str:
    """Return the sentence in the window's language, its placeholders filled.

    Placeholders that hold messages themselves are translated too.
    """
    template = QCoreApplication.translate(message.context, message.text)
    params = {
        name: translate(value) if isinstance(value, Message) else value
        for name, value in message.params.items()
    }
    return template.format_map(params)

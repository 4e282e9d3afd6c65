"""Robin text: a file, what was copied from the designer, standard input."""

from collections.abc import Mapping
from pathlib import Path

from padguard.exports.container import NO_MEMBER, FileContainer
from padguard.exports.encodings import UTF_8, TextEncoding, decode
from padguard.exports.limits import LIMITS, RefusedError, too_large
from padguard.exports.model import ExportKind
from padguard.foundation.errors import OpenError
from padguard.foundation.messages import mark

NOT_A_SCRIPT = mark(
    "exports",
    "“{name}” is a part of an export, not a script. Open the whole solution zip, or the folder it "
    "was unpacked to.",
)


class TextContainer(FileContainer):
    """One script as text; its only member bears the name of the file."""

    kind = ExportKind.SCRIPT

    def __init__(
        self, data: bytes, path: Path | None, name: str, text: str, encoding: TextEncoding
    ) -> None:
        super().__init__(data, path)
        self.text = text
        self._name = name
        self._encoding = encoding

    @classmethod
    def of_file(cls, data: bytes, name: str, path: Path | None) -> "TextContainer":
        """Open a text file; UTF-8, UTF-16 or Windows-1252.

        Raises:
            OpenError: It is no text, or the text of something else (XML, JSON).
        """
        if len(data) > LIMITS.member:
            raise RefusedError(too_large(name, LIMITS.member))
        text, encoding = decode(data, name)
        if text.lstrip()[:1] in {"<", "{"}:
            raise OpenError(NOT_A_SCRIPT(name=name))
        return cls(data, path, name, text, encoding)

    @classmethod
    def of_text(cls, text: str, name: str) -> "TextContainer":
        """Take text that was in no file; it is saved as UTF-8.

        Raises:
            RefusedError: It is too large.
        """
        data = UTF_8.encode(text, name)
        if len(data) > LIMITS.member:
            raise RefusedError(too_large(name, LIMITS.member))
        return cls(data, None, name, text, UTF_8)

    @property
    def names(self) -> tuple[str, ...]:
        """The name of the file."""
        return (self._name,)

    def read(self, name: str) -> bytes:
        """Return the bytes of the file.

        Raises:
            OpenError: ``name`` is not its name.
        """
        if name != self._name:
            raise OpenError(NO_MEMBER(name=name))
        return self.data

    def encode(self, text: str) -> bytes:
        """Return the bytes of another text, stored as this one is.

        Raises:
            SaveError: The encoding of the file lacks a character of it.
        """
        return self._encoding.encode(text, self._name)

    def render(self, changes: Mapping[str, bytes], /) -> bytes:
        """Return the bytes of the changed file."""
        return changes.get(self._name, self.data)

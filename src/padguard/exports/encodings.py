"""Text files read and written in the encoding they came in, byte for byte."""

import codecs
from typing import Final

from padguard.foundation.errors import OpenError, SaveError
from padguard.foundation.messages import mark

BINARY = mark("exports", "“{name}” is no text file, so it holds no script.")
NOT_ENCODABLE = mark(
    "exports",
    "“{name}” is stored in the code page Windows-1252, which has no “{character}”. Save the file "
    "as UTF-8 first, then open it again.",
)

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Windows-1252 with the five bytes it leaves open read as control characters, as browsers do:
# every byte has a character of its own, so any file can be written back to the letter.
_WINDOWS_1252: Final = "".join(
    bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256)
)
_WINDOWS_1252_BYTES: Final = {ord(character): byte for byte, character in enumerate(_WINDOWS_1252)}


class TextEncoding:
    """How a text file is stored: its byte order mark and its encoding.

    ``encode`` undoes ``decode`` to the byte, whatever the file holds.
    """

    __slots__ = ("_codec", "_mark")

    def __init__(self, byte_order_mark: bytes, codec: str) -> None:
        self._mark = byte_order_mark
        self._codec = codec

    def encode(self, text: str, name: str) -> bytes:
        """Return the bytes of a text.

        Raises:
            SaveError: The encoding lacks a character of it.
        """
        if self._codec == "cp1252":
            try:
                return codecs.charmap_encode(text, "strict", _WINDOWS_1252_BYTES)[0]
            except UnicodeEncodeError as error:
                character = text[error.start : error.start + 1]
                raise SaveError(NOT_ENCODABLE(name=name, character=character)) from error
        return self._mark + text.encode(self._codec, "surrogatepass")


UTF_8: Final = TextEncoding(b"", "utf-8")


def decode(data: bytes, name: str) -> tuple[str, TextEncoding]:
    """Return the text of a file and how it is stored.

    Tried in this order: a byte order mark (UTF-8, UTF-16), UTF-16 without one as scripts within
    packages are, UTF-8, Windows-1252.

    Raises:
        OpenError: The file is no text.
    """
    for byte_order_mark, codec in _MARKS:
        if data.startswith(byte_order_mark):
            text = _strict(data[len(byte_order_mark) :], codec)
            if text is not None and "\0" not in text:
                return text, TextEncoding(byte_order_mark, codec)
    codec = "utf-16-le" if _looks_like_utf_16(data) else "utf-8"
    text = _strict(data, codec)
    if text is None or "\0" in text:
        codec = "cp1252"
        text = codecs.charmap_decode(data, "strict", _WINDOWS_1252)[0]
    if "\0" in text:
        raise OpenError(BINARY(name=name))
    return text, TextEncoding(b"", codec)


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _looks_like_utf_16(data: bytes) -> bool:
    """Tell whether nearly every second byte is zero, as in Latin text of two bytes each."""
    return len(data) % 2 == 0 and data[1::2].count(0) * 2 > len(data) // 2

"""Draws the sample's screenshot: a neutral sign-in window, as a PNG."""

import struct
import zlib

WIDTH, HEIGHT = 240, 150
PALETTE = {  # one hexadecimal digit for each colour, as the pixels of a 4-bit PNG are stored
    "background": 0xD9E2EC,
    "window": 0xFFFFFF,
    "frame": 0x627D98,
    "title": 0x334E68,
    "field": 0xF0F4F8,
    "ink": 0x243B53,
    "button": 0x0967D2,
    "light": 0xFFFFFF,
}
COLOURS = {name: index for index, name in enumerate(PALETTE)}
FONT = {
    "S": "0e 11 10 0e 01 11 0e",
    "U": "11 11 11 11 11 11 0e",
    "P": "1e 11 11 1e 10 10 10",
    "a": "00 00 0e 01 0f 11 0f",
    "d": "01 01 0d 13 11 13 0d",
    "e": "00 00 0e 11 1f 10 0e",
    "g": "00 0f 11 11 0f 01 0e",
    "i": "04 00 0c 04 04 04 0e",
    "n": "00 00 16 19 11 11 11",
    "o": "00 00 0e 11 11 11 0e",
    "r": "00 00 16 19 10 10 10",
    "s": "00 00 0f 10 0e 01 1e",
    "w": "00 00 11 11 15 15 0a",
    "•": "00 0e 1f 1f 1f 0e 00",
    " ": "00 00 00 00 00 00 00",
}
"""Seven rows of five pixels for each letter, as hexadecimal bits."""


class Picture:
    """A picture of palette colours; what lies outside of it is not drawn."""

    def __init__(self) -> None:
        self.rows = [bytearray(WIDTH) for _ in range(HEIGHT)]

    def box(self, x: int, y: int, width: int, height: int, colour: str) -> None:
        """Fill a rectangle."""
        for row in self.rows[y : y + height]:
            row[x : x + width] = bytes([COLOURS[colour]]) * width

    def frame(self, x: int, y: int, width: int, height: int, fill: str) -> None:
        """Fill a rectangle and draw a line around it."""
        self.box(x, y, width, height, "frame")
        self.box(x + 1, y + 1, width - 2, height - 2, fill)

    def text(self, x: int, y: int, words: str, colour: str) -> None:
        """Write words in the small font."""
        for column, letter in enumerate(words):
            for down, bits in enumerate(bytes.fromhex(FONT[letter])):
                for right in range(5):
                    if bits >> (4 - right) & 1:
                        self.rows[y + down][x + 6 * column + right] = COLOURS[colour]

    def png(self) -> bytes:
        """Return the picture as a PNG file."""
        header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 4, 3, 0, 0, 0)
        palette = b"".join(colour.to_bytes(3, "big") for colour in PALETTE.values())
        pixels = b"".join(
            b"\0"
            + bytes(left << 4 | right for left, right in zip(row[::2], row[1::2], strict=True))
            for row in self.rows
        )
        chunks = (b"IHDR", header), (b"PLTE", palette), (b"IDAT", _stored(pixels)), (b"IEND", b"")
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", checksum)


def _stored(data: bytes) -> bytes:
    """Return a zlib stream without compression: the same bytes from any version of zlib."""
    blocks = [data[at : at + 0xFFFF] for at in range(0, len(data), 0xFFFF)]
    stream = b"\x78\x01"
    for number, block in enumerate(blocks, start=1):
        stream += struct.pack("<BHH", number == len(blocks), len(block), len(block) ^ 0xFFFF)
        stream += block
    return stream + struct.pack(">I", zlib.adler32(data))


def sign_in_window() -> bytes:
    """Return the PNG of a sign-in window with a masked password."""
    picture = Picture()
    picture.box(0, 0, WIDTH, HEIGHT, "background")
    picture.frame(30, 14, 180, 122, "window")
    picture.box(31, 15, 178, 14, "title")
    picture.text(38, 18, "Sign in", "light")
    picture.text(46, 40, "User", "ink")
    picture.frame(46, 50, 148, 14, "field")
    picture.text(51, 53, "anne", "ink")
    picture.text(46, 70, "Password", "ink")
    picture.frame(46, 80, 148, 14, "field")
    picture.text(51, 83, "••••••••", "ink")
    picture.box(134, 106, 60, 18, "button")
    picture.text(144, 111, "Sign in", "light")
    return picture.png()

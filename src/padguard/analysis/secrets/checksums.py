"""Checks that some tokens carry in themselves."""

import base64
import binascii
import json
import zlib
from collections.abc import Callable, Mapping

_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_CHECK_LENGTH = 6


def crc32_base62(token: str) -> bool:
    """Return whether the last six characters are the checksum of what follows the prefix.

    GitHub and npm write the CRC-32 of the random part in base 62, filled up with zeros.
    """
    body = token.rpartition("_")[2]
    number = zlib.crc32(body[:-_CHECK_LENGTH].encode())
    digits = ""
    for _ in range(_CHECK_LENGTH):
        number, digit = divmod(number, len(_BASE62))
        digits = _BASE62[digit] + digits
    return body.endswith(digits)


def crc32_hex(token: str) -> bool:
    """Return whether a token ends in ``_`` and the CRC-32 of what stands before, in hexadecimal."""
    head, _, check = token.rpartition("_")
    return check.lower() == f"{zlib.crc32(head.encode()):08x}"


def discord_id(token: str) -> bool:
    """Return whether the first part of a Discord bot token is a user id in base 64."""
    return _decoded(token.partition(".")[0]).isdigit()


def jwt_header(token: str) -> bool:
    """Return whether the first part of a token is the header of a JSON web token."""
    try:
        header = json.loads(_decoded(token.partition(".")[0]))
    except ValueError:
        return False
    return isinstance(header, dict) and "alg" in header


def _decoded(part: str) -> bytes:
    """Return the bytes of base64url text without its filling, or none where it is none."""
    try:
        return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except (binascii.Error, ValueError):
        return b""


CHECKS: Mapping[str, Callable[[str], bool]] = {
    check.__name__: check for check in (crc32_base62, crc32_hex, discord_id, jwt_header)
}
"""The checks by the names that ``token_forms.jsonl`` gives them."""

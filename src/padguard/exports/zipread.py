"""A zip held in memory: checked before anything is unpacked, unpacked one member at a time."""

import io
import re
import struct
import zipfile
import zlib
from typing import Final

from padguard.exports.container import NO_MEMBER
from padguard.exports.limits import LIMITS, Limits, RefusedError, too_large
from padguard.foundation.errors import OpenError
from padguard.foundation.messages import Message, mark

LOCAL_HEADER: Final = struct.Struct("<4sHHHHHIIIHH")
LOCAL_SIGNATURE: Final = b"PK\x03\x04"
CENTRAL_SIGNATURE: Final = b"PK\x01\x02"

NOT_A_ZIP = mark(
    "exports",
    "“{name}” is no zip file, or it is damaged or cut off. Export or download it once more.",
)
TOO_MANY = mark("exports", "“{name}” is refused: it holds more than {limit} files.")
TOTAL_TOO_LARGE = mark(
    "exports", "“{name}” is refused: unpacked, its files come to more than {limit} MB."
)
UNSAFE_NAME = mark(
    "exports",
    "The member “{name}” is refused: its name points to a place outside the export.",
)
DUPLICATE_NAME = mark(
    "exports",
    "The member “{name}” is refused: two members have this name (upper and lower case count as "
    "the same), so it is not clear which of them is meant.",
)
ENCRYPTED = mark(
    "exports",
    "The member “{name}” is refused: it is encrypted with a password. Save the export without one.",
)
RATIO = mark(
    "exports",
    "The member “{name}” is refused: it unpacks to more than {ratio} times its size, as only a "
    "“zip bomb” does.",
)
OVERLAP = mark(
    "exports", "The member “{name}” is refused: it shares its bytes with another member."
)
METHOD = mark(
    "exports",
    "The member “{name}” is refused: it is packed in a way that exports of Power Automate never "
    "use.",
)
DAMAGED_MEMBER = mark("exports", "The member “{name}” is damaged: it cannot be unpacked.")

_UNSAFE = re.compile(r"^[/\\]|^[A-Za-z]:|\\|[\x00-\x1f\x7f]|(?:^|/)\.\.?(?:/|$)")


class ZipBytes:
    """A zip whose bytes are in memory and stay as they are.

    Invariants: every name is safe, unique and spelt as the zip spells it; no member is encrypted,
    larger than the limits, or shares bytes with another. Nothing is ever written to disk.
    """

    def __init__(self, data: bytes, archive: zipfile.ZipFile) -> None:
        self.data = data
        self.central_start: int = archive.start_dir
        self._archive = archive
        self._members = {
            info.orig_filename: info for info in archive.infolist() if not info.is_dir()
        }

    @classmethod
    def open(cls, data: bytes, name: str, limits: Limits = LIMITS) -> "ZipBytes":
        """Check a zip.

        Args:
            data: Its bytes.
            name: What to call it in errors.
            limits: What it may hold.

        Raises:
            RefusedError: It breaks a limit or a rule; the message names the member.
            OpenError: It is no zip.
        """
        if len(data) > limits.container:
            raise RefusedError(too_large(name, limits.container))
        # Counted before the directory is read: each of its records costs far more in memory.
        if data.count(CENTRAL_SIGNATURE) > limits.members:
            raise RefusedError(TOO_MANY(name=name, limit=limits.members))
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError) as error:
            raise OpenError(NOT_A_ZIP(name=name)) from error
        infos = archive.infolist()
        _check_names(infos)
        for info in infos:
            refusal = _refusal(info, limits)
            if refusal is not None:
                raise RefusedError(refusal)
        if sum(info.file_size for info in infos) > limits.total:
            raise RefusedError(TOTAL_TOO_LARGE(name=name, limit=limits.total // 2**20))
        _check_extents(data, infos, archive.start_dir)
        return cls(data, archive)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all members (no folders), in the order of the zip."""
        return tuple(self._members)

    @property
    def offsets(self) -> frozenset[int]:
        """Where the local headers of all entries start, folders included."""
        return frozenset(info.header_offset for info in self._archive.infolist())

    def info(self, name: str) -> zipfile.ZipInfo:
        """Return what the directory of the zip says of a member.

        Raises:
            OpenError: There is no such member.
        """
        try:
            return self._members[name]
        except KeyError:
            raise OpenError(NO_MEMBER(name=name)) from None

    def read(self, name: str) -> bytes:
        """Return the bytes of a member.

        Raises:
            OpenError: There is no such member, or it is damaged, or not of the size that the
                directory of the zip says.
        """
        info = self.info(name)
        try:
            with self._archive.open(info) as stream:
                # The directory may lie: never ask for more than it says and the limit allows.
                data = stream.read(info.file_size + 1)
        except (
            zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError,
            NotImplementedError, RuntimeError,
        ) as error:  # fmt: skip
            raise OpenError(DAMAGED_MEMBER(name=name)) from error
        if len(data) != info.file_size:
            raise OpenError(DAMAGED_MEMBER(name=name))
        return data


def _check_names(infos: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for info in infos:
        name = info.orig_filename  # `filename` is what zipfile made of it
        if not name or _UNSAFE.search(name):
            raise RefusedError(UNSAFE_NAME(name=name))
        folded = name.casefold()
        if folded in seen:
            raise RefusedError(DUPLICATE_NAME(name=name))
        seen.add(folded)


def _refusal(info: zipfile.ZipInfo, limits: Limits) -> Message | None:
    name = info.orig_filename
    if info.flag_bits & 0x2041:  # encrypted, strongly encrypted, or its directory is
        return ENCRYPTED(name=name)
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return METHOD(name=name)
    if info.file_size > limits.member:
        return too_large(name, limits.member)
    if (
        info.file_size > limits.ratio_from
        and info.file_size > max(1, info.compress_size) * limits.ratio
    ):
        return RATIO(name=name, ratio=limits.ratio)
    return None


def _check_extents(data: bytes, infos: list[zipfile.ZipInfo], central_start: int) -> None:
    """Refuse members that overlap: the way to pack petabytes into a small zip."""
    free_from = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        start = info.header_offset
        if (
            start < free_from
            or start + LOCAL_HEADER.size > central_start
            or not data.startswith(LOCAL_SIGNATURE, start)
        ):
            raise RefusedError(OVERLAP(name=info.orig_filename))
        free_from = member_data_start(data, start) + info.compress_size
        if free_from > central_start:
            raise RefusedError(OVERLAP(name=info.orig_filename))


def member_data_start(data: bytes, header_start: int) -> int:
    """Return where the packed bytes of a member start, after its local header."""
    fields = LOCAL_HEADER.unpack_from(data, header_start)
    return int(header_start + LOCAL_HEADER.size + fields[9] + fields[10])

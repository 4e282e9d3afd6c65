"""A zip written anew with some members changed; all others are copied as stored bytes."""

import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from padguard.exports.zipread import CENTRAL_SIGNATURE, LOCAL_HEADER, ZipBytes, member_data_start
from padguard.foundation.errors import SaveError
from padguard.foundation.messages import mark

ZIP64 = mark(
    "exports",
    "This zip is written in the Zip64 form, which is meant for archives beyond 4 GB. It can be "
    "read but not changed. Unpack it and open the folder instead.",
)
UNKNOWN_LAYOUT = mark(
    "exports",
    "This zip is laid out in a way that cannot be changed without touching the rest of it. "
    "Unpack it and open the folder instead.",
)

_CENTRAL: Final = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END: Final = struct.Struct("<4sHHHHIIH")
_END_SIGNATURE: Final = b"PK\x05\x06"
_DESCRIPTOR_SIGNATURE: Final = b"PK\x07\x08"
_HAS_DESCRIPTOR: Final = 0x08
_DEFLATED: Final = 8
_FULL: Final = 0xFFFFFFFF


class _Record(NamedTuple):
    """One record of the directory: where it stands, and what it says of a member."""

    start: int
    end: int
    flags: int
    crc: int
    packed_size: int
    local_start: int


def rewrite(archive: ZipBytes, changes: Mapping[str, bytes]) -> bytes:
    """Return the bytes of a zip with some members changed.

    Order, names, dates, extra fields, attributes and comments of all members stay; the packed
    bytes of the others are copied. A changed member is deflated, and its sizes stand in its
    header.

    Args:
        archive: The zip.
        changes: New bytes by name of member; each name must be a member.

    Raises:
        SaveError: The zip is in the Zip64 form or oddly laid out.
    """
    if not changes:
        return archive.data
    data = archive.data
    contents = {archive.info(name).header_offset: changes[name] for name in changes}
    directory = _Directory(archive)
    parts: list[bytes] = []
    position = shift = 0
    for record in directory.records:
        directory.move(record, shift)
        content = contents.get(record.local_start)
        if content is None:
            continue
        packed = _deflate(content)
        directory.resize(record, content, packed)
        header = _local_header(data, record.local_start, content, packed)
        parts += (data[position : record.local_start], header, packed)
        position = _member_end(data, record)
        shift += len(header) + len(packed) - (position - record.local_start)
    parts.append(data[position : archive.central_start])
    return b"".join((*parts, directory.finished(shift)))


class _Directory:
    """The directory of a zip, changed in place: its records keep their size and order."""

    def __init__(self, archive: ZipBytes) -> None:
        """Read the records.

        Raises:
            SaveError: The zip is in the Zip64 form, or has bytes before its first member.
        """
        self._start = archive.central_start
        self._bytes = bytearray(archive.data[self._start :])
        records = list(_records(archive.data, self._start))
        if {record.local_start for record in records} != archive.offsets:
            raise SaveError(UNKNOWN_LAYOUT)
        self._end_start = records[-1].end
        self.records = sorted(records, key=lambda record: record.local_start)

    def move(self, record: _Record, shift: int) -> None:
        """Say that a member starts ``shift`` bytes later than before."""
        self._pack(record.start + 42, "<I", record.local_start + shift)

    def resize(self, record: _Record, content: bytes, packed: bytes) -> None:
        """Say what a changed member holds."""
        self._pack(record.start + 8, "<HH", record.flags & ~_HAS_DESCRIPTOR, _DEFLATED)
        self._pack(record.start + 16, "<III", zlib.crc32(content), len(packed), len(content))

    def finished(self, shift: int) -> bytes:
        """Return the directory, which itself starts ``shift`` bytes later than before."""
        fields = _END.unpack_from(self._bytes, self._end_start - self._start)
        if _FULL in fields or 0xFFFF in fields[3:5]:
            raise SaveError(ZIP64)
        self._pack(self._end_start + 16, "<I", fields[6] + shift)
        return bytes(self._bytes)

    def _pack(self, position: int, form: str, *values: int) -> None:
        struct.pack_into(form, self._bytes, position - self._start, *values)


def _records(data: bytes, position: int) -> Iterator[_Record]:
    while data.startswith(CENTRAL_SIGNATURE, position):
        fields = _CENTRAL.unpack_from(data, position)
        crc, packed_size, size, name_size, extra_size, comment_size = fields[7:13]
        if _FULL in {packed_size, size, fields[16]}:
            raise SaveError(ZIP64)
        end = position + _CENTRAL.size + name_size + extra_size + comment_size
        yield _Record(position, end, fields[3], crc, packed_size, fields[16])
        position = end
    if not data.startswith(_END_SIGNATURE, position):
        raise SaveError(ZIP64)


def _deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def _local_header(data: bytes, start: int, content: bytes, packed: bytes) -> bytes:
    signature, version, flags, _, time, date, _, _, _, name_size, extra_size = (
        LOCAL_HEADER.unpack_from(data, start)
    )
    fixed = LOCAL_HEADER.pack(
        signature, version, flags & ~_HAS_DESCRIPTOR, _DEFLATED, time, date,
        zlib.crc32(content), len(packed), len(content), name_size, extra_size,
    )  # fmt: skip
    return fixed + data[start + LOCAL_HEADER.size : member_data_start(data, start)]


def _member_end(data: bytes, record: _Record) -> int:
    """Return where a member ends, with the data descriptor that may follow its packed bytes."""
    end = member_data_start(data, record.local_start) + record.packed_size
    if not record.flags & _HAS_DESCRIPTOR:
        return end
    if data.startswith(_DESCRIPTOR_SIGNATURE + struct.pack("<I", record.crc), end):
        return end + 16
    if data.startswith(struct.pack("<II", record.crc, record.packed_size), end):
        return end + 12
    raise SaveError(UNKNOWN_LAYOUT)

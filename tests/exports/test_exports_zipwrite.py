"""A changed zip keeps the bytes of all other members, and what is said of every one."""

import io
import struct
import zipfile
from typing import Any

import pytest

from padguard.exports.zipread import ZipBytes, member_data_start
from padguard.exports.zipwrite import rewrite
from padguard.foundation.errors import OpenError, SaveError


class Pipe(io.RawIOBase):
    """A stream that cannot seek, so that zipfile has to write data descriptors."""

    def __init__(self) -> None:
        self.data = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.data += bytes(data)
        return len(data)


def rich_zip(stream: Any) -> None:
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, name in enumerate(
            ("first.xml", "folder/", "folder/zweiter ü.json", "last.bin")
        ):
            info = zipfile.ZipInfo(name, (2020 + number, 2, 3, 4, 5, 6))
            info.external_attr = (0o640 + number) << 16
            info.comment = f"comment {number}".encode()
            info.extra = struct.pack("<HH4s", 0x9999, 4, b"more")
            content = b"" if name.endswith("/") else name.encode() * 50
            method = zipfile.ZIP_STORED if number == 3 else zipfile.ZIP_DEFLATED
            archive.writestr(info, content, method)
        archive.comment = b"of the whole"


def seekable() -> bytes:
    stream = io.BytesIO()
    rich_zip(stream)
    return stream.getvalue()


def streamed() -> bytes:
    pipe = Pipe()
    rich_zip(pipe)
    return pipe.data


def without_signatures() -> bytes:
    """Return a zip whose data descriptors lack their optional signature."""
    data = streamed()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos, start = archive.infolist(), archive.start_dir
    parts: list[bytes] = []
    shift, directory = 0, bytearray(data[start:])
    position = 0
    for info in infos:
        found = directory.index(b"PK\x01\x02", position)
        struct.pack_into("<I", directory, found + 42, info.header_offset - shift)
        position = found + 46
        end = member_data_start(data, info.header_offset) + info.compress_size
        assert data[end : end + 4] == b"PK\x07\x08"
        parts += (data[info.header_offset : end], data[end + 4 : end + 16])
        shift += 4
    struct.pack_into("<I", directory, directory.index(b"PK\x05\x06") + 16, start - shift)
    return b"".join((*parts, directory))


MAKERS = pytest.mark.parametrize("data", [seekable(), streamed(), without_signatures()])
FACTS = (
    "filename", "date_time", "comment", "extra", "create_system", "create_version",
    "extract_version", "external_attr", "internal_attr",
)  # fmt: skip


def facts(data: bytes) -> list[dict[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return [{fact: getattr(info, fact) for fact in FACTS} for info in archive.infolist()]


def stored(data: bytes) -> dict[str, bytes]:
    """Return local header and packed bytes of every member."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            end = member_data_start(data, info.header_offset) + info.compress_size
            found[info.filename] = data[info.header_offset : end]
    return found


@MAKERS
@pytest.mark.parametrize("content", [b"", b"short", b"long " * 1000])
@pytest.mark.parametrize("name", ["first.xml", "folder/zweiter ü.json", "last.bin"])
def test_one_member_changed(data: bytes, name: str, content: bytes) -> None:
    written = rewrite(ZipBytes.open(data, "made.zip"), {name: content})
    assert facts(written) == facts(data)
    before, after = stored(data), stored(written)
    assert {member for member in before if before[member] != after[member]} == {name}
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert archive.read(name) == content
        assert archive.comment == b"of the whole"
        assert not archive.getinfo(name).flag_bits & 0x08


@MAKERS
def test_all_members_changed_and_changed_back(data: bytes) -> None:
    archive = ZipBytes.open(data, "made.zip")
    contents = {name: archive.read(name) for name in archive.names}
    changed = rewrite(archive, {name: text + b"!" for name, text in contents.items()})
    again = ZipBytes.open(rewrite(ZipBytes.open(changed, "made.zip"), contents), "made.zip")
    assert {name: again.read(name) for name in again.names} == contents


@MAKERS
def test_nothing_changed(data: bytes) -> None:
    assert rewrite(ZipBytes.open(data, "made.zip"), {}) == data


def test_unknown_member() -> None:
    with pytest.raises(OpenError, match="nowhere"):
        rewrite(ZipBytes.open(seekable(), "made.zip"), {"nowhere": b""})


def test_zip64_is_read_but_not_changed() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive, archive.open("big", "w", force_zip64=True) as big:
        big.write(b"not that big")
    data = bytearray(stream.getvalue())
    record = data.index(b"PK\x01\x02")
    extra = struct.pack("<HHQ", 1, 8, struct.unpack_from("<I", data, record + 20)[0])
    struct.pack_into("<I", data, record + 20, 0xFFFFFFFF)
    struct.pack_into("<H", data, record + 30, len(extra))
    data[record + 46 + 3 : record + 46 + 3] = extra
    end = data.index(b"PK\x05\x06")
    struct.pack_into("<I", data, end + 12, end - record)
    made = ZipBytes.open(bytes(data), "made.zip")
    assert made.read("big") == b"not that big"
    assert rewrite(made, {}) == data
    with pytest.raises(SaveError, match="Zip64"):
        rewrite(made, {"big": b""})


def test_bytes_before_the_zip_are_not_guessed_about() -> None:
    data = b"#!/bin/sh\n" + seekable()
    with pytest.raises(SaveError):
        rewrite(ZipBytes.open(data, "made.zip"), {"first.xml": b""})

"""What is built to do harm is refused whole, with words that name the member."""

import base64
import io
import os
import struct
import warnings
import zipfile
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from padguard.exports.folder import FolderContainer
from padguard.exports.limits import Limits, RefusedError
from padguard.exports.open import open_bytes, open_export
from padguard.exports.zipread import ZipBytes
from padguard.foundation.errors import OpenError
from padguard.foundation.progress import Progress

DOCTYPE = b'<!DOCTYPE x [<!ENTITY lol "lol">]>'
MEMBER = "Workflows/extra.json"


def patched(data: bytes, name: str, offset: int, change: Callable[[bytearray, int], None]) -> bytes:
    """Return a zip with a field of the directory record of a member changed."""
    changed = bytearray(data)
    position = data.find(b"PK\x01\x02")
    while data[position + 46 : position + 46 + len(name)] != name.encode():
        position = data.find(b"PK\x01\x02", position + 1)
    change(changed, position + offset)
    return bytes(changed)


def setting(form: str, value: int) -> Callable[[bytearray, int], None]:
    return lambda data, position: struct.pack_into(form, data, position, value)


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../outside.txt",
        "Workflows/../../outside.txt",
        "C:/Windows/outside.txt",
        "c:outside.txt",
        "Workflows\\outside.txt",
        "..\\outside.txt",
        "Workflows/a\x1b[2Jb.txt",
    ],
)
def test_names_that_lead_out(made: Any, name: str) -> None:
    path = made.solution(members={name: b"x"})
    with pytest.raises(RefusedError) as refused:
        open_export(path)
    assert name in str(refused.value)


@pytest.mark.parametrize("name", ["customizations.xml", "Customizations.XML"])
def test_names_that_occur_twice(made: Any, name: str) -> None:
    stream = io.BytesIO(made.zip(made.members(made.Flow())))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(stream, "a") as archive:
            archive.writestr(name, b"<other/>")
    with pytest.raises(RefusedError, match=name):
        open_bytes(stream.getvalue(), "twice.zip")


def hostile_zips(made: Any) -> dict[str, bytes]:
    members = {**made.members(made.Flow()), MEMBER: b"0123456789" * 20}
    data = made.zip(members)
    return {
        "encrypted": patched(data, MEMBER, 8, setting("<H", 1)),
        "method": patched(data, MEMBER, 10, setting("<H", 14)),
        "size": patched(data, MEMBER, 24, setting("<I", 200 * 2**20)),
        "overlap": patched(data, MEMBER, 42, setting("<I", 0)),
        "beyond": patched(data, MEMBER, 20, setting("<I", 2**20)),
        "bomb": made.zip({**members, MEMBER: bytes(4 * 2**20)}),
    }


@pytest.mark.parametrize("kind", ["encrypted", "method", "size", "overlap", "beyond", "bomb"])
def test_members_that_lie_or_explode(made: Any, kind: str) -> None:
    with pytest.raises(RefusedError) as refused:
        open_bytes(hostile_zips(made)[kind], "hostile.zip")
    # Of two members that share their bytes, either may be named.
    assert MEMBER in str(refused.value) or kind in {"overlap", "beyond"}


def test_directory_that_says_less_than_there_is(made: Any) -> None:
    data = made.zip(made.members(made.Flow()))
    lying = patched(data, "customizations.xml", 24, setting("<I", 100))
    export = open_bytes(lying, "lying.zip")
    assert export.problems[0].where == "customizations.xml"
    assert "cannot be unpacked" in str(export.problems[0].message)


def test_limits_on_the_whole(made: Any) -> None:
    data = made.zip({f"{number}.txt": b"text " * 10 for number in range(10)})
    for limits in (
        Limits(container=100), Limits(members=9), Limits(member=49), Limits(total=499),
        Limits(ratio=1, ratio_from=10),
    ):  # fmt: skip
        with pytest.raises(RefusedError):
            ZipBytes.open(data, "large.zip", limits)
    assert (
        len(ZipBytes.open(data, "large.zip", Limits(members=10, member=50, total=500)).names) == 10
    )


def test_package_is_held_to_the_same_rules(made: Any) -> None:
    bomb = base64.b64encode(made.zip({"script.robin": bytes(4 * 2**20)})).decode()
    outside = base64.b64encode(made.zip({"script.robin": b"", "../x": b""})).decode()
    for package in (bomb, outside):
        path = made.solution(made.Flow(), made.Flow(number=2, name="Legacy", package=package))
        with pytest.raises(RefusedError):
            open_export(path)


@pytest.mark.parametrize("member", ["customizations.xml", "solution.xml"])
@pytest.mark.parametrize(
    "start", [b"", b"\xef\xbb\xbf", b'<?xml version="1.0"?>\r\n', b"<!-- fine -->", b"\n<?pi x?>"]
)
def test_document_types(made: Any, member: str, start: bytes) -> None:
    whole = start + DOCTYPE + b"<ImportExportXml>&lol;</ImportExportXml>"
    with pytest.raises(RefusedError) as refused:
        open_export(made.solution(members={member: whole}))
    assert member in str(refused.value)
    assert "DTD" in str(refused.value)


def test_document_type_of_a_small_part(made: Any) -> None:
    name = "desktopflowbinaries/1/desktopflowbinary.xml"
    with pytest.raises(RefusedError, match=name):
        open_export(made.solution(members={name: DOCTYPE + b"<desktopflowbinary/>"}))


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-7", "utf-32"])
def test_encodings_that_could_hide_one(made: Any, codec: str) -> None:
    text = DOCTYPE.decode() + "<ImportExportXml/>"
    if codec == "utf-7":
        text = '<?xml version="1.0" encoding="UTF-7"?>' + text
    with pytest.raises(RefusedError, match=r"customizations\.xml"):
        open_export(made.solution(members={"customizations.xml": text.encode(codec)}))


def test_what_only_looks_like_a_document_type(made: Any) -> None:
    members = made.members(
        made.Flow(extra="<Note><![CDATA[<!DOCTYPE html>]]></Note><!-- <!DOCTYPE x> -->")
    )
    export = open_bytes(made.zip(members), "fine.zip")
    assert export.problems == ()
    assert len(export.desktop_flows) == 1


def test_undeclared_entities_stay_unresolved(made: Any) -> None:
    flow = made.Flow(extra="<Note>&secret;</Note>")
    export = open_export(made.solution(flow))
    assert "customizations.xml" in {problem.where for problem in export.problems}


@pytest.mark.parametrize("depth", [201, 5_000, 200_000])
def test_json_nested_without_end(made: Any, depth: int) -> None:
    deep = b'{"properties":{"definition":{"actions":' + b"[" * depth + b"]" * depth + b"}}}"
    with pytest.raises(RefusedError) as refused:
        open_export(made.solution(members={MEMBER: deep}))
    assert MEMBER in str(refused.value)


def test_json_nested_as_deep_as_flows_are(made: Any) -> None:
    deep = b'{"properties":{"definition":{"actions":' + b"[" * 150 + b"]" * 150 + b"}}}"
    export = open_export(made.solution(members={MEMBER: deep}))
    assert export.problems == ()
    assert [flow.name for flow in export.cloud_flows] == ["extra"]


def test_a_script_longer_than_ten_megabytes_is_no_attack(made: Any) -> None:
    body = "".join(f"SET V{number} TO {number * 7919 % 1000003}\r\n" for number in range(500_000))
    assert len(body) > 10 * 2**20
    export = open_export(made.solution(made.Flow(script=made.script(body=body))))
    assert export.problems == ()
    assert export.desktop_flows[0].script.endswith(body)


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"PK\x03\x04" + bytes(200)]
)
def test_what_is_no_export(made: Any, data: bytes) -> None:
    with pytest.raises(OpenError, match=r"other\.zip"):
        open_export(made.write(data, "other.zip"))


def test_damaged_zip_never_raises_anything_else(made: Any) -> None:
    data = made.zip(made.members(made.Flow(package=made.package(made.script()))))
    for position in range(0, len(data), 7):
        broken = bytearray(data)
        broken[position] ^= 0x5A
        with suppress(OpenError):
            open_bytes(bytes(broken), "broken.zip")
    for length in range(0, len(data), 97):
        with pytest.raises(OpenError):
            open_bytes(data[:length], "cut.zip")


def test_links_in_a_folder_are_not_followed(made: Any) -> None:
    root = made.unpack(made.members(made.Flow()))
    secret = made.unpack({"secret.txt": b"secret", "Workflows/x.json": b"{}"}, "elsewhere")
    try:
        (root / "link.txt").symlink_to(secret / "secret.txt")
        (root / "desktopflowbinaries").symlink_to(secret, target_is_directory=True)
    except OSError:
        pytest.skip("links need a privilege here")
    export = open_export(root)
    assert sorted(problem.where for problem in export.problems) == [
        "desktopflowbinaries",
        "link.txt",
    ]
    assert not {name for name in export.members if "secret" in name or "link" in name}
    assert len(export.desktop_flows) == 1


def test_limits_on_a_folder(made: Any) -> None:
    root = made.unpack({f"{number}.txt": b"x" * 50 for number in range(10)})
    for limits in (Limits(members=9), Limits(member=49), Limits(total=499)):
        with pytest.raises(RefusedError):
            FolderContainer.open(root, Progress(), limits)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipes_in_a_folder_are_no_members(made: Any) -> None:
    root = made.unpack(made.members(made.Flow()))
    os.mkfifo(root / "pipe.json")
    assert "pipe.json" not in open_export(root).members

"""Text files open in any common encoding and are written back as they were."""

import codecs
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from padguard.exports.encodings import decode
from padguard.exports.model import ExportKind
from padguard.exports.open import open_bytes, open_export, open_text, read_member
from padguard.exports.save import render_export, save_export
from padguard.foundation.errors import OpenError, SaveError

SCRIPT = "SET Größe TO $'''行高 🙂'''\r\n# lone \n# and \r done"
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
STORED = {
    "utf-8": lambda text: text.encode(),
    "utf-8 with mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "utf-16-le with mark": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "utf-16-be with mark": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
}


@pytest.mark.parametrize("form", STORED)
def test_encoding_and_line_ends_stay(made: Any, form: str) -> None:
    path = made.write(STORED[form](SCRIPT), "flow.robin")
    export = open_export(path)
    assert (export.kind, export.path, export.members) == (ExportKind.SCRIPT, path, ("flow.robin",))
    flow = export.desktop_flows[0]
    assert (flow.id, flow.name, flow.script) == ("", "flow", SCRIPT)
    save_export(export, {"": flow.script + "\r\nEXIT"}, path)
    assert path.read_bytes() == STORED[form](SCRIPT + "\r\nEXIT")
    assert (made.folder / "flow.bak.robin").read_bytes() == STORED[form](SCRIPT)


@given(TEXTS, st.sampled_from(sorted(STORED)))
def test_any_text_in_any_unicode_form(text: str, form: str) -> None:
    decoded, encoding = decode(STORED[form](text), "a.txt")
    assert decoded == text or form == "utf-8"  # bare UTF-8 may start with what looks like a mark
    assert encoding.encode(decoded, "a.txt") == STORED[form](text)


@given(st.binary())
def test_any_bytes_come_back(data: bytes) -> None:
    try:
        text, encoding = decode(data, "a.txt")
    except OpenError:
        assert b"\0" in data
    else:
        assert encoding.encode(text, "a.txt") == data


def test_windows_1252_with_bytes_it_leaves_open() -> None:
    data = b"# caf\xe9 \x80 \x81\x8d\x8f\x90\x9d\r\n"
    export = open_bytes(data, "old.txt")
    script = export.desktop_flows[0].script
    assert script.startswith("# café € ")
    assert render_export(export, {"": script + "# ß"}) == data + b"# \xdf"
    with pytest.raises(SaveError, match="行"):
        render_export(export, {"": script + "# 行"})


def test_script_of_a_legacy_package() -> None:
    data = "SET A TO 1\r\n".encode("utf-16-le")
    export = open_bytes(data, "script.robin")
    assert export.desktop_flows[0].script == "SET A TO 1\r\n"
    assert render_export(export, {"": "SET B TO 1\r\n"}) == "SET B TO 1\r\n".encode("utf-16-le")


def test_pasted_text() -> None:
    export = open_text(SCRIPT, "Clipboard")
    assert (export.kind, export.path) == (ExportKind.SCRIPT, None)
    assert export.desktop_flows[0].name == "Clipboard"
    assert render_export(export, {}) == SCRIPT.encode()
    assert read_member(export, "Clipboard") == SCRIPT.encode()
    assert open_text("", "Clipboard").desktop_flows[0].script == ""


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("program.txt", bytes(range(256))),
        ("customizations.xml", b"\xef\xbb\xbf  <ImportExportXml/>"),
        ("Flow.json", b'{"properties":{}}'),
    ],
)
def test_what_is_no_script(made: Any, name: str, data: bytes) -> None:
    with pytest.raises(OpenError, match=name.replace(".", r"\.")):
        open_export(made.write(data, name))


def test_zip_from_standard_input(made: Any) -> None:
    export = open_bytes(made.solution().read_bytes(), "-")
    assert (export.kind, export.path) == (ExportKind.SOLUTION, None)
    assert [flow.name for flow in export.desktop_flows] == ["Greeter"]

"""Literals: values and their texts, percent signs, names in Power Fx."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from padguard.robin.literals import (
    PieceKind,
    content_span,
    decode_text,
    encode_text,
    fx_names,
    pieces,
)
from padguard.robin.tokens import TokenKind, tokenize

VALUES = [
    ("$''''''", ""),
    ("''", ""),
    ("$'''plain'''", "plain"),
    (r"$'''Joe\'s \"C:\\Temp\\\"'''", 'Joe\'s "C:\\Temp\\"'),
    (r"$'''a\nb'''", r"a\nb"),  # before a letter a backslash stays
    (r"$'''100\% of %Name%, 5%%'''", "100% of %Name%, 5%%"),
    ("$'''two\r\nlines'''", "two\r\nlines"),
    (r"'Window \'Login\''", "Window 'Login'"),
    ("'''no\ninterpolation'''", "no\ninterpolation"),
    (r"$fx'=Text(\'x\')'", "=Text('x')"),
    ("P'AQAA='", "AQAA="),
]


@pytest.mark.parametrize(("source", "value"), VALUES)
def test_a_literal_has_its_value(source: str, value: str) -> None:
    assert decode_text(source) == value


@pytest.mark.parametrize("source", ["", "Name", "3", "$'''", "'", "'''''", "P'", "$fx'", '"x"'])
def test_what_is_no_literal_has_no_content(source: str) -> None:
    with pytest.raises(ValueError, match="not a string literal"):
        content_span(source)


@given(st.text())
def test_any_value_survives_its_literal(value: str) -> None:
    source = encode_text(value)
    assert [token.kind for token in tokenize(source)] == [TokenKind.TEXT]
    assert decode_text(source).replace("%%", "%") == value
    assert all(piece.kind is PieceKind.PLAIN for piece in pieces(source, 4, len(source) - 3))


PIECES = [
    ("", []),
    ("plain", ["plain"]),
    ("%Name%", ["=Name"]),
    ("a%Name%b%L[0]%", ["a", "=Name", "b", "=L[0]"]),
    ("100%% done", ["100%% done"]),
    ("%N%%%", ["=N", "%%"]),
    ("%A%%B%", ["=A", "=B"]),
    (r"100\% done", [r"100\% done"]),
    (r"C:\\%M%", [r"C:\\", "=M"]),
    ("100%'%'% done", ["100", "='%'", " done"]),
    ("%Row['50%']%", ["=Row['50%']"]),
    ("50% off", ["50", "!% off"]),
    ("%", ["!%"]),
]


@pytest.mark.parametrize(("content", "expected"), PIECES)
def test_text_is_split_at_its_percent_signs(content: str, expected: list[str]) -> None:
    signs = {PieceKind.PLAIN: "", PieceKind.EXPRESSION: "=", PieceKind.BROKEN: "!"}
    found = pieces(content, 0, len(content))
    assert [signs[kind] + content[start:end] for kind, start, end in found] == expected


FX_NAMES = [
    ("$fx'text with Names'", []),
    ("$fx'Dear ${Name}, ${Total}'", ["Name", "Total"]),
    ("$fx'=(下 - 上) / 10'", ["下", "上"]),
    ("$fx'=If(Found And Not Empty, Mail.Subject, \"no Name\")'", ["Found", "Empty", "Mail"]),
    ("$fx'={Key: Value}.Key'", ["Value"]),
    (r"$fx'=\'Odd name\' + 1'", ["Odd name"]),
]


@pytest.mark.parametrize(("source", "names"), FX_NAMES)
def test_power_fx_reads_names(source: str, names: list[str]) -> None:
    found = fx_names(source, 0, len(source))
    assert [name for name, _, _ in found] == names
    assert all(source[start:end] == name for name, start, end in found)

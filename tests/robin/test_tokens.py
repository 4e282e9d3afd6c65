"""Tokens: each form is one token, and no text is lost."""

import pytest

from padguard.robin.tokens import LINE, TokenKind, raw_tokens, tokenize

ONE_TOKEN = [
    ("  \t\u00a0\u3000", TokenKind.SPACE),
    ("\u2028\u2029\x0b\x0c\x85", TokenKind.SPACE),  # line breaks elsewhere, spaces in Robin
    ("\r\n", TokenKind.NEWLINE),
    ("\r", TokenKind.NEWLINE),
    ("\n", TokenKind.NEWLINE),
    ('# note\'s "end" %', TokenKind.COMMENT),
    ("/# two\nlines #/", TokenKind.COMMENT),
    ("/##/", TokenKind.COMMENT),
    ("/# never closed\nEND", TokenKind.COMMENT),
    ("**REGION Sign in # 1", TokenKind.REGION),
    ("**ENDREGION", TokenKind.REGION),
    ("**endregion", TokenKind.REGION),
    ("# [ControlRepository][PowerAutomateDesktop]\r\n\r\n{ }\n", TokenKind.FOOTER),
    ("$''''''", TokenKind.TEXT),
    ("$'''two\r\nEND\n# lines'''", TokenKind.TEXT),
    (r"$'''a\'b \"c\" C:\\'''", TokenKind.TEXT),
    ("$'''it's 'so' '' here'''", TokenKind.TEXT),
    (r"$fx'=If(A, \'x\', \"y\")'", TokenKind.FX),
    ("$FX'text'", TokenKind.FX),
    ("P'AQAAANCMnd8BFdERjHoAwE/Cl+s='", TokenKind.ENCRYPTED),
    ("'''plain\r\ntriple'''", TokenKind.TRIPLE),
    ("''", TokenKind.QUOTED),
    (r"'Window \'Login\''", TokenKind.QUOTED),
    ("0", TokenKind.NUMBER),
    ("3.14", TokenKind.NUMBER),
    ("1E3", TokenKind.NUMBER),
    ("2.5e-10", TokenKind.NUMBER),
    ("Name_2", TokenKind.NAME),
    ("Excel.LaunchExcel.Launch", TokenKind.NAME),
    ("识别单元格为空计数", TokenKind.NAME),
    ("ชื่อผู้ใช้", TokenKind.NAME),
    ("cafe\u0301", TokenKind.NAME),
    ("Password", TokenKind.NAME),
    ("=>", TokenKind.OPERATOR),
    ("<>", TokenKind.OPERATOR),
    (">=", TokenKind.OPERATOR),
    ("@@", TokenKind.OPERATOR),
    ("^", TokenKind.OPERATOR),
    ("%", TokenKind.ERROR),
    ("\x00", TokenKind.ERROR),
    ("\ufeff", TokenKind.ERROR),
    ('"', TokenKind.ERROR),
    ("'never closed", TokenKind.ERROR),
    (r"\odd", TokenKind.ERROR),
]


@pytest.mark.parametrize(("text", "kind"), ONE_TOKEN)
def test_each_form_is_one_token(text: str, kind: TokenKind) -> None:
    assert list(tokenize(text)) == [(kind, 0, len(text))]


def test_a_line_of_code() -> None:
    text = "LOOP i FROM 0 TO L.Count-1 STEP 1"
    words = [text[start:end] for kind, start, end in tokenize(text) if kind is not TokenKind.SPACE]
    assert words == ["LOOP", "i", "FROM", "0", "TO", "L.Count", "-", "1", "STEP", "1"]


@pytest.mark.parametrize("opener", ["$'''open", "'''open", "'open", "P'open", "$fx'open"])
def test_a_literal_that_never_ends_leaves_the_next_line_alone(opener: str) -> None:
    text = f"{opener}\nEND"
    kinds = [token.kind for token in tokenize(text)]
    assert kinds[-2:] == [TokenKind.NEWLINE, TokenKind.NAME]
    assert TokenKind.ERROR in kinds[:-2]


def test_part_of_a_text_is_cut_where_asked() -> None:
    assert list(tokenize("SET A TO 1", 4, 5)) == [(TokenKind.NAME, 4, 5)]


def test_tokens_of_code_have_no_spaces_and_words_in_upper_case() -> None:
    assert raw_tokens(" set\tA\n<> 'x' ", 0, 14) == [
        (TokenKind.NAME, 1, 4, "SET"),
        (TokenKind.NAME, 5, 6, "A"),
        (TokenKind.OPERATOR, 7, 9, "<>"),
        (TokenKind.QUOTED, 10, 13, ""),
    ]


def test_lines_end_at_line_breaks_and_comments_outside_literals() -> None:
    text = "SET A TO $'''x\n# y''' # z\r\n\r/# a\nb #/ END\n  \nP'''\nend"
    parts = [match[0] for match in LINE.finditer(text)]
    assert parts == [
        "SET A TO $'''x\n# y''' ",
        "# z\r\n",
        "\r",
        "/# a\nb #/",
        " END\n",
        "  \n",
        "P'''\n",
        "end",
        "",
    ]

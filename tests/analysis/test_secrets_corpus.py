"""Real scripts: the passwords that their authors left in them are found, and nothing else."""

from collections.abc import Iterator

from padguard.analysis.secrets.carriers import secrets_in_text
from padguard.analysis.secrets.model import HOLE
from padguard.analysis.secrets.sendkeys import typed_secret
from padguard.robin.literals import PieceKind, content_span, decode_text, pieces
from padguard.robin.tokens import TokenKind, tokenize

FOOTER = "# [ControlRepository]"
LITERALS = {TokenKind.TEXT, TokenKind.QUOTED, TokenKind.TRIPLE, TokenKind.FX}


def scripts(folder) -> Iterator[tuple[str, str]]:
    for path in sorted((folder / "scripts").rglob("*.*")):
        text = path.read_bytes().decode("utf-8-sig")
        yield path.name, text.partition(FOOTER)[0]


def literals(text: str) -> Iterator[str]:
    """Yield the literals and comments of a script as the detection gets them."""
    for kind, start, end in tokenize(text):
        if kind is TokenKind.TEXT:
            first, last = content_span(text[start:end])
            found = pieces(text, start + first, start + last)
            yield "".join(
                HOLE if piece.kind is PieceKind.EXPRESSION else text[piece.start : piece.end]
                for piece in found
            )
        elif kind in LITERALS:
            yield decode_text(text[start:end])
        elif kind in (TokenKind.COMMENT, TokenKind.REGION):
            yield text[start:end]


def test_no_literal_of_a_real_script_is_mistaken_for_a_secret(corpus):
    wrong = [
        (name, part.name, str(part.reason))
        for name, text in scripts(corpus)
        for literal in literals(text)
        for part in secrets_in_text(literal)
    ]
    assert wrong == []


def test_the_password_typed_into_sap_is_found(corpus):
    text = (corpus / "scripts/packt/sap-gui.txt").read_bytes().decode("utf-8-sig")
    typed = [
        part
        for literal in literals(text.partition(FOOTER)[0])
        if (part := typed_secret(literal, "Window 'SAP'"))
    ]
    assert len(typed) == 1


def test_names_of_real_variables_are_not_mistaken(corpus):
    from padguard.analysis.secrets.names import name_verdict
    from padguard.robin.parser import parse

    written = {
        name
        for _, text in scripts(corpus)
        for statement in parse(text).statements
        for name in statement.writes
    }
    assert len(written) > 100
    assert {name for name in written if name_verdict(name).strength == "strong"} <= {
        "Password",
        "ClientSecret",
        "Secret",
    }

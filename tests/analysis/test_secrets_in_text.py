"""Secrets in texts of every kind, and texts that hold none."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from padguard.analysis.secrets.carriers import secrets_in_text
from padguard.analysis.secrets.model import HOLE, Carrier
from padguard.analysis.secrets.vocabulary import standard

CASES = Path(__file__).parent / "secret_cases"
ALPHABETS = {
    "hex": "0123456789abcdef",
    "base62": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
    "base64": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
}
Case = tuple[Carrier | None, str]


def drawn(match: re.Match[str]) -> str:
    """Return characters that look drawn by a machine, the same in every run."""
    source = random.Random(match.group())
    return "".join(source.choice(ALPHABETS[match[1]]) for _ in range(int(match[2])))


def read_cases(path: Path) -> Iterator[tuple[str, Case]]:
    """Yield the section and the case of each line of a file; see `secret_cases/README.md`."""
    first, *lines = path.read_text(encoding="utf-8").splitlines()
    usual = Carrier[first.removeprefix("hint ")]
    section = ""
    for line in lines:
        if line.startswith("== "):
            section = line[3:]
        elif line:
            other = re.match(r"([A-Z]*)\? ", line)
            text = line[other.end() :] if other else line
            text = text.replace("⏎", "\r\n").replace("⇥", "\t").replace("¤", HOLE)
            text = re.sub(r"«(\w+)\*(\d+)»", drawn, text)
            hint = usual if other is None else Carrier[other[1]] if other[1] else None
            yield section, (hint, text)


def all_cases() -> Iterator[object]:
    for path in sorted(CASES.glob("*.txt")):
        for number, (_, case) in enumerate(read_cases(path), start=1):
            yield pytest.param(*case, id=f"{path.stem}-{number}")


def unmarked(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a text without its marks, and the spans that were marked."""
    pieces = re.split("[⟦⟧]", marked)
    ends = [sum(map(len, pieces[: n + 1])) for n in range(len(pieces))]
    return "".join(pieces), list(zip(ends[0:-1:2], ends[1::2], strict=True))


@pytest.mark.parametrize(("hint", "marked"), list(all_cases()))
def test_exactly_the_secrets_are_found(hint, marked):
    text, expected = unmarked(marked)
    parts = secrets_in_text(text, hint=hint)
    assert [(part.start, part.end) for part in parts] == expected
    for part in parts:
        found = text[part.start : part.end].replace(HOLE, "")
        assert part.is_reference == (found == "")
        assert part.confidence >= 0.5


@pytest.mark.parametrize("path", sorted(CASES.glob("*.txt")), ids=lambda path: path.stem)
def test_there_are_about_as_many_decoys_as_secrets(path):
    sections = [section for section, _ in read_cases(path)]
    assert sections.count("secrets") <= sections.count("decoys") * 1.5


@pytest.mark.parametrize("hint", list(Carrier))
def test_no_text_tells_its_secret_in_a_reason(hint):
    secret = "Hunter2" + "!x9"
    text = f"Server=h;User Id=u;Password={secret};"
    for part in secrets_in_text(text, hint=hint):
        assert secret not in str(part.reason)
        assert secret not in repr(part)


def test_own_terms_say_secret_and_own_names_do_not():
    words = standard().extended(secret=["Losungswort", "合図"], plain=["Portal Token"])
    assert not secrets_in_text('"Stichwort2": "Hunter2!"')
    assert secrets_in_text("合図：Hunter2!", vocabulary=words)
    assert secrets_in_text("my_losungswort = 'Hunter2!'", vocabulary=words)
    assert secrets_in_text("portal_token = 'kd93KD93kdLq02'")
    assert not secrets_in_text("portal_token = 'kd93KD93kdLq02'", vocabulary=words)


PIECES = st.sampled_from(
    [
        "password",
        "pwd=",
        ";",
        "'",
        '"',
        "\\",
        "{",
        "}",
        "<",
        ">",
        "/",
        "-p ",
        "https://",
        "@",
        ":",
        "Server=",
        "&",
        "?",
        " is ",
        "\n",
        HOLE,
        "パスワード",
        "は",
        "$",
        "`",
        "token",
        "Basic ",
        "eyJ",
    ]
)


@given(st.lists(PIECES | st.text(max_size=4), max_size=30).map("".join), st.sampled_from(Carrier))
def test_parts_lie_in_the_text_and_apart(text, hint):
    last = 0
    for part in secrets_in_text(text, hint=hint):
        assert last <= part.start < part.end <= len(text)
        assert 0.5 <= part.confidence <= 1
        last = part.end


HOSTILE = [
    "pw=",
    'pw="',
    "pw=x ",
    "password ",
    "password:\n",
    "the password is ",
    ";pwd=",
    "server=a;pwd=;",
    "https://a:b",
    "?a=b&token=",
    "<a>",
    '<a b="',
    "{",
    "(",
    'login("a",',
    "net use ",
    "psexec -p ",
    "net use \\\\a ",
    "--password ",
    "Bearer ",
    "basic abcdefgh ",
    "cookie: a=b;",
    "-----BEGIN RSA PRIVATE KEY-----",
    '{"name":"password"}',
    "insert into a (password,",
    "identified by ",
    "パスワードは",
    "api key ",
    "eyJ.",
    "a/b@",
    "sqlplus a/",
    'SendKeys "a{TAB}',
    '"password").',
    "<input type=password ",
    "OPENROWSET('a','b';",
    "curl -u a:",
    "QUJDREVG",
    "\n",
    "A.",
    "ConvertTo-SecureString -String ",
    '"a" | ConvertTo-SecureString ',
    HOLE,
    "İ password: ",
    "o'pw='x",
    "password of the user of ",
    "password ((((",
    "pwd as string ",
    '"',
    "'",
    "\\",
    " ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_long_hostile_texts_end(piece):
    # A rule that looks at a place again and again would not end within hours.
    assert len(secrets_in_text(piece * (200_000 // len(piece)))) <= 200_000


def test_a_secret_behind_a_long_text_is_found():
    text = "Rechnung 4711 wurde gebucht. " * 20_000 + "Pwd=Hunter2!x"
    assert [text[part.start : part.end] for part in secrets_in_text(text)] == ["Hunter2!x"]

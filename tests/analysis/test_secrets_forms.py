"""Secrets that are known by their form; the samples are put together here, none is real."""

import base64
import json
import random
import zlib

import pytest

from padguard.analysis.secrets.carriers import secrets_in_text
from padguard.analysis.secrets.checksums import CHECKS
from padguard.analysis.secrets.forms import find_forms, known_form, private_keys, token_forms
from padguard.analysis.secrets.judging import FINDING

DIGITS = "0123456789"
HEX = DIGITS + "abcdef"
BASE62 = DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BASE64 = BASE62 + "+/"


def draw(count: int, letters: str = BASE62) -> str:
    source = random.Random(f"{count} {letters}")
    return "".join(source.choice(letters) for _ in range(count))


def with_checksum(prefix: str, body: str) -> str:
    number, check = zlib.crc32(body.encode()), ""
    for _ in range(6):
        number, digit = divmod(number, 62)
        check = BASE62[digit] + check
    return prefix + body + check


def web_token() -> str:
    parts = ({"alg": "HS256", "typ": "JWT"}, {"sub": "rpa", "exp": 1700000000})
    coded = (base64.urlsafe_b64encode(json.dumps(part).encode()).decode() for part in parts)
    return ".".join([*(part.rstrip("=") for part in coded), draw(43)])


SAMPLES = {
    "github": with_checksum("ghp" + "_", draw(30)),
    "github-fine-grained": "github" + "_pat_" + draw(22) + "_" + draw(59),
    "gitlab": "glpat" + "-" + draw(20),
    "atlassian": "ATATT3" + "xFfGF0" + draw(170) + "=" + draw(8, "0123456789ABCDEF"),
    "aws-access-key-id": "AK" + "IA" + draw(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
    "entra-client-secret": draw(3) + "8Q" + "~" + draw(34),
    "azure-storage": draw(76, BASE64) + "+A" + "St" + draw(5) + "g==",
    "azure-devops": draw(76) + "AZ" + "DO" + draw(4),
    "slack": "xo" + "xb-" + draw(12, DIGITS) + "-" + draw(12, DIGITS) + "-" + draw(24),
    "stripe": "sk" + "_live_" + draw(24),
    "google-api": "AI" + "za" + draw(35),
    "anthropic": "sk-" + "ant-api03-" + draw(93) + "AA",
    "openai": "sk-" + "proj-" + draw(80),
    "sendgrid": "S" + "G." + draw(22) + "." + draw(43),
    "mailchimp": draw(32, HEX) + "-us" + "14",
    "npm": with_checksum("npm" + "_", draw(30)),
    "pypi": "pypi-" + "AgEIcHlwaS5vcmc" + draw(80),
    "telegram-bot": draw(10, "123456789") + ":" + "AA" + draw(33),
    "discord-bot": base64.b64encode(b"912345678901234567").decode()
    + "."
    + draw(6)
    + "."
    + draw(38),
    "shopify": "shp" + "at_" + draw(32, HEX),
    "databricks": "da" + "pi" + draw(32, HEX),
    "vault": "hv" + "s." + draw(90),
    "jwt": web_token(),
}
DECOYS = [
    "ghp" + "_" + "x" * 36,
    "AK" + "IA" + "IOSFODNN7" + "EXAMPLE",
    "sk" + "_live_" + "your_key_here_0000000000",
    "glpat" + "-" + "short",
    "xo" + "xb-" + "1",
    "eyJhbGciOiJub25lIn0",
    "skeleton-0123456789012345678901234567890",
    "55c3c6be-fe97-423f-9c16-6a473251a0ce",
    draw(64, HEX),
    draw(40, HEX),
    "C:\\Users\\rpa\\" + draw(40) + "\\out.csv",
    "Workflows/PADFramework-" + draw(32, HEX) + ".json",
    "sha256-" + draw(43, BASE64) + "=",
    "data:image/png;base64," + draw(200, BASE64),
    "task_live_" + draw(24),
    "npm_config_registry",
    "monkey-" + draw(10),
    "pk" + "_live_" + draw(24),
    "AIzawa station, platform 4",
    "SG.2024.001",
    "hvs.contoso.com",
    "dapid" + draw(20),
]


@pytest.mark.parametrize("form_id", SAMPLES)
def test_a_token_is_found_wherever_it_stands(form_id):
    token = SAMPLES[form_id]
    for before, after in (("", ""), ("token: ", " and more"), ('{"x":"', '"}'), ("a=", "&b=1")):
        text = before + token + after
        parts = [part for part in secrets_in_text(text) if part.end > len(before)]
        assert [(part.start, part.end) for part in parts] == [(len(before), len(before + token))]
    assert form_id in {match.form.id for match in find_forms(token)}


@pytest.mark.parametrize("text", DECOYS)
def test_what_only_looks_like_a_token_is_left_alone(text):
    assert not secrets_in_text(text)


def test_a_right_checksum_makes_sure_and_a_wrong_one_makes_doubt():
    right = SAMPLES["github"]
    wrong = right[:-1] + ("A" if right[-1] != "A" else "B")
    sure, doubtful = (next(find_forms(token)) for token in (right, wrong))
    assert sure.checked
    assert doubtful.checked is False
    assert sure.confidence > doubtful.confidence >= FINDING


def test_a_form_that_is_not_strong_needs_its_name():
    value = draw(40, BASE64.replace("/", ""))
    assert known_form(value) is None
    known = known_form(value, "aws_secret_access_key"), known_form(SAMPLES["databricks"])
    assert [form and form.id for form in known] == ["aws-secret-access-key", "databricks"]


def test_private_keys():
    dash = "-----"
    key = f"{dash}BEGIN RSA PRIVATE KEY{dash}\n{draw(300, BASE64)}\n{dash}END RSA PRIVATE KEY{dash}"
    public = key.replace("RSA PRIVATE", "PUBLIC")
    text = f"key:\n{key}\nand {public}"
    assert [text[start:end] for start, end in private_keys(text)] == [key]
    assert not list(private_keys(f"paste {dash}BEGIN PRIVATE KEY{dash} here"))
    assert list(private_keys(key[:-20]))


def test_the_address_of_a_webhook_is_one():
    address = "https://hooks." + "slack.com/services/"
    secret = "T" + draw(8, "ABC123") + "/B" + draw(8, "ABC123") + "/" + draw(24)
    (part,) = secrets_in_text(f"POST {address}{secret} now")
    assert part.kind == "webhook"
    assert part.end - part.start == len(secret)


def test_every_form_says_where_it_is_documented():
    forms = token_forms()
    assert len({form.id for form in forms}) == len(forms) >= 60
    for form in forms:
        assert form.source.startswith("https://")
        assert form.title
        assert not form.checksum or form.checksum in CHECKS
        assert form.anchors or not form.strong

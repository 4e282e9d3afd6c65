"""Values that stand for a secret, everyday values, and how surely a value is a secret."""

import random

import pytest

from padguard.analysis.secrets.judging import (
    FINDING,
    Position,
    password_likeness,
    value_confidence,
    weigh,
)
from padguard.analysis.secrets.model import HOLE, Carrier
from padguard.analysis.secrets.names import PASSWORD, TOKEN, name_verdict
from padguard.analysis.secrets.placeholders import is_placeholder, looks_random, plain_kind
from padguard.analysis.secrets.reasons import FIELD

PLACEHOLDERS = [
    "",
    "  ",
    "<password>",
    "{password}",
    "[password]",
    "****",
    "••••••",
    "xxxx",
    "XXX-XXX",
    "ab****",
    "your_password_here",
    "YOUR_API_KEY",
    "enter password",
    "Enter your password",
    "N/A",
    "none",
    "TODO",
    "null",
    "${VAR}",
    "{{ReplaceMe}}",
    "$(secret)",
    "$env:PWD",
    "%PWD%",
    "!PWD!",
    "%1",
    "$password",
    "$cred.Password",
    "@Password",
    "__TOKEN__",
    "REPLACE_WITH_TOKEN",
    "insert-key-here",
    "os.environ['X']",
    "パスワードを入力してください",
    "请输入密码",
    "hier Passwort eingeben",
    "votre mot de passe",
]
CHOSEN = [
    "Hunter2!",
    "geheim",
    "P@ssw0rd",
    "$ummer2024",
    "@pple99",
    "1234",
    "abc",
    "Sommer2024",
    "xX12",
    "my dog rex",
    "%$#!aB",
    "hunter",
    "Welcome1",
    "さくら2024",
    "Zeder#19",
    "a",
    "Ärger!7",
    "changeme",
    "secret",
    "admin",
    "{c1e[ar",
    "purple horse",
    "*a1b2c3",
    "Yours2024",
    "entergate7",
    "todo2024!",
]
PLAIN = {
    "55c3c6be-fe97-423f-9c16-6a473251a0ce": "guid",
    "{55C3C6BE-FE97-423F-9C16-6A473251A0CE}": "guid",
    "2024-01-31": "date",
    "31.12.2024": "date",
    "yyyy-MM-dd": "date",
    "1.2.3": "version",
    "4711": "number",
    "12,50": "number",
    "C:\\RPA\\x": "path",
    "\\\\srv\\share\\x": "path",
    "/home/rpa/out": "path",
    "https://a.b/c": "url",
    "a@b.de": "email",
    "input[name='pwd']": "selector",
    "//input[@id='x']": "selector",
    "#btn-login": "selector",
    "wnd[0]/usr/x": "selector",
    "#ff00aa": "colour",
    "report.xlsx": "file",
    "Hello world": "phrase",
    "InvoiceTotal": "name",
    "access_token": "name",
    "d41d8cd98f00b204e9800998ecf8427e": "hash",
    "0x8007052E": "digest",
}


@pytest.mark.parametrize("value", PLACEHOLDERS)
def test_placeholders(value):
    assert is_placeholder(value)
    assert value_confidence(value, PASSWORD) == 0


@pytest.mark.parametrize("value", CHOSEN)
def test_values_that_somebody_has_chosen(value):
    assert not is_placeholder(value)
    assert value_confidence(value, PASSWORD) >= FINDING


@pytest.mark.parametrize("value", ["changeme", "password", "geheim", "test"])
def test_sample_words_are_placeholders_in_a_prompt(value):
    assert is_placeholder(value, in_prompt=True)


@pytest.mark.parametrize(("value", "kind"), PLAIN.items())
def test_everyday_values(value, kind):
    assert plain_kind(value) == kind


@pytest.mark.parametrize("value", ["Hunter2!", "Sommer2024", "P@ss/word1", "geheim", "x9$Kq_2!"])
def test_passwords_are_no_everyday_values(value):
    assert plain_kind(value) is None


@pytest.mark.parametrize(
    "value",
    [
        "https://a.b/c",
        "C:\\x\\pw.txt",
        "pw.txt",
        "#pwd",
        "true",
        "string",
        "Please enter your password",
    ],
)
def test_everyday_values_are_no_passwords_even_in_their_place(value):
    assert value_confidence(value, PASSWORD) < FINDING


@pytest.mark.parametrize("value", ["Monday", "Rechnung", "2024-01-31", "InvoiceTotal", "see below"])
def test_words_are_no_tokens(value):
    assert value_confidence(value, TOKEN) < FINDING


def test_a_name_that_only_hints_needs_a_value_that_looks_like_a_secret():
    hint = name_verdict("sessionId")
    assert value_confidence("kd93KD93kdLq02xZ", hint) >= FINDING
    for value in ("Monday", "4711", "Order 12", "2024-01-31", "InvoiceTotal"):
        assert value_confidence(value, hint) < FINDING


def test_the_less_sure_the_place_the_less_sure_the_value():
    sure, loose, prose = (value_confidence("Sommer2024", PASSWORD, place) for place in Position)
    assert sure > loose >= prose >= FINDING
    assert value_confidence("required", PASSWORD, Position.PROSE) == 0


def test_another_word_for_the_name_is_a_label():
    assert value_confidence("Kennwort", PASSWORD) < FINDING


def test_a_variable_is_a_reference_and_a_variable_with_text_is_not():
    def part(value):
        span = (0, len(value))
        return weigh(value, span, PASSWORD, Position.SLOT, Carrier.BODY, FIELD(name="x"))

    assert part(HOLE).is_reference
    assert part(f" {HOLE}{HOLE} ").is_reference
    assert (part(f" {HOLE} ").start, part(f" {HOLE} ").end) == (1, 2)
    assert not part(f"{HOLE}Sommer2024").is_reference


ORDINARY = [
    "InvoiceProcessing",
    "WorkItemDatabaseConnectionString",
    "ConstructionFunding_1_0_0_5",
    "Zahlungseingangsbuch",
    "https://contoso.com/pad/01-forms.html",
    "C:\\RPA\\Logs\\2024-01-01.log",
    "order_2024_0001_final",
    "0123456789",
    "2024-01-01T10:20:30",
    "Contoso-Invoicing-v2",
    "CUST-000123",
    "przetwarzanie_faktur",
    "Umsatzsteuervoranmeldung",
    "getElementById",
    "a short sentence of words",
]


@pytest.mark.parametrize("value", ORDINARY)
def test_ordinary_texts_do_not_look_random(value):
    assert looks_random(value) < 0.5


@pytest.mark.parametrize("length", [20, 32, 40, 64])
@pytest.mark.parametrize(
    "letters", ["0123456789abcdef", "ABCDEFGHabcdefghijkmnopqrstuvwxyz0123456789"]
)
def test_drawn_texts_look_random(letters, length):
    source = random.Random(length)
    values = ["".join(source.choice(letters) for _ in range(length)) for _ in range(50)]
    assert sum(looks_random(value) >= 0.5 for value in values) >= 47


def test_likeness_orders_words():
    ranks = [
        password_likeness(word) for word in ("rechnung", "rechnung7", "Rechnung7", "Rechnung7!")
    ]
    assert ranks == sorted(ranks)
    assert ranks[0] == 0
    assert ranks[-1] == 1

"""Passwords that flows type as keys."""

import pytest

from padguard.analysis.secrets.model import HOLE
from padguard.analysis.secrets.sendkeys import typed_secret

SECRETS = [
    ("developer{Tab}⟦Sp1nnrad⟧{Return}", "Window 'SAP'"),
    ("developer{Tab}⟦Sp1nnrad⟧", "Window 'SAP'"),
    ("100{Tab}rpa01{Tab}⟦Init1234⟧{Return}", "Window 'SAP'"),
    ("rpa01{Tab}⟦sommer⟧{Enter}", "Window 'Anmeldung'"),
    ("rpa01{Tab}⟦Hunter2!⟧{Return}", ""),
    ("rpa01\t⟦Hunter2!⟧\n", ""),
    ("rpa01{Tab}{Tab}⟦Hunter2!⟧{Return}", "Window 'Login'"),
    ("⟦geheim⟧", "Input password 'pwd'"),
    ("⟦Tulpe⟧{Return}", "Edit 'Kennwort'"),
    ("{Control}({A})⟦Winter22⟧{Return}", "Window 'x' Edit 'Passwort'"),
    ("⟦1234⟧", "Edit 'PIN'"),
    ("⟦sakura88⟧", "テキスト 'パスワード'"),
    ("{Tab}⟦Sp1nnrad⟧{Return}", "Window 'Sign in'"),
    ("⟦Tür!1zu9⟧{Return}", "Window 'Windows Security'"),
    (f"{HOLE}{{Tab}}⟦Qwert!77⟧{{Return}}", "Window 'Login'"),
    (f"{HOLE}{{Tab}}⟦{HOLE}⟧{{Return}}", "Window 'Login'"),
    (f"⟦{HOLE}⟧", "Input password 'pwd'"),
]
DECOYS = [
    ("su01{Return}", "Window 'SAP'"),
    ("/nse16{Return}", "Window 'SAP'"),
    ("{Tab}{Return}", "Window 'SAP'"),
    ("developer{Tab}", "Window 'SAP'"),
    ("{Control}{S}", "Window 'Login'"),
    ("{Control}({A}){Delete}", "Input password 'pwd'"),
    ("", "Input password 'pwd'"),
    ("{Return}", "Input password 'pwd'"),
    ("4711{Tab}20{Return}", "Window 'SAP Easy Access'"),
    ("Max Muster{Tab}Berlin{Tab}10115{Return}", "Window 'Kunde'"),
    ("INV-2024-001{Tab}2024-01-31{Tab}12.50", "Window 'Invoice'"),
    ("rpa@contoso.com{Enter}", "Window 'Sign in'"),
    ("rpa01{Tab}", "Window 'Login'"),
    ("C:\\x\\y.txt{Return}", "Window 'Save As'"),
    ("PowerPoint", "Window 'Start'"),
    ("hello", "Button 'Show password'"),
    ("rpa01{Tab}<password>{Return}", "Window 'Login'"),
    ("Rechnung{Down}Mahnung7!{Return}", "Window 'Excel'"),
]


@pytest.mark.parametrize(("marked", "where"), SECRETS)
def test_the_password_alone_is_found(marked, where):
    start, end = marked.index("⟦"), marked.index("⟧") - 1
    text = marked.replace("⟦", "").replace("⟧", "")
    part = typed_secret(text, where)
    assert part is not None
    assert (part.start, part.end) == (start, end)
    assert part.is_reference == (text[start:end] == HOLE)


@pytest.mark.parametrize(("text", "where"), DECOYS)
def test_other_typing_is_left_alone(text, where):
    assert typed_secret(text, where) is None


def test_a_window_for_signing_in_makes_sure():
    sure = typed_secret("rpa01{Tab}Hunter2!{Return}", "Window 'Login'")
    doubtful = typed_secret("rpa01{Tab}Hunter2!{Return}", "Window 'Kunde'")
    assert sure is not None
    assert doubtful is not None
    assert sure.confidence > doubtful.confidence

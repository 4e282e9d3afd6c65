"""Copies of a credential's password that give way to the credential itself."""

import pytest
from tests.fixes.invented import HEADER, ROW, fix_of, fixed_text, session_of

USE = "WebAutomation.Focus BrowserInstance: Copy\r\n"
COPY = "SET Copy TO Login.Password\r\n"


def mended(body: str) -> str:
    return fixed_text(session_of(HEADER + body), "PG207", "use-property")


def refusal(body: str) -> str:
    fix = fix_of(session_of(HEADER + body), "PG207", "use-property")
    assert fix.plan is None
    return str(fix.reason)


@pytest.mark.parametrize(
    ("body", "becomes"),
    [
        (ROW + COPY + USE, ROW + USE.replace("Copy", "Login.Password")),
        (
            f"{ROW}{COPY}SET Line TO $'''x%Copy%'''\r\n",
            f"{ROW}SET Line TO $'''x%Login.Password%'''\r\n",
        ),
        (
            f"LOOP FOREACH I IN A\r\n{ROW}{COPY}{USE}END\r\n",
            f"LOOP FOREACH I IN A\r\n{ROW}{USE.replace('Copy', 'Login.Password')}END\r\n",
        ),
        (
            f"{ROW}CALL S\r\n{USE}FUNCTION S GLOBAL\r\n    WAIT 1\r\n    {COPY}END FUNCTION\r\n",
            (
                f"{ROW}CALL S\r\n{USE.replace('Copy', 'Login.Password')}"
                "FUNCTION S GLOBAL\r\n    WAIT 1\r\nEND FUNCTION\r\n"
            ),
        ),
    ],
    ids=["once", "in text", "in a loop", "in a subflow"],
)
def test_reads_use_the_credential_and_the_copy_goes(body: str, becomes: str):
    assert mended(body).endswith(becomes)


def test_the_finding_is_gone():
    session = session_of(HEADER + ROW + COPY + USE)
    fixed_text(session, "PG207", "use-property")
    assert not [found for found in session.findings if found.rule in ("PG202", "PG207")]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (f"{ROW}{COPY}SET Copy TO $'''x'''\r\n{USE}", "set in other rows"),
        (f"{ROW}{COPY}{ROW.replace('Portal', 'Other')}{USE}", "retrieved again"),
        (
            f"LOOP FOREACH I IN A\r\n{ROW}IF I = 1 THEN\r\nWAIT 1\r\n{COPY}END\r\nEND\r\n{USE}",
            "may run before",
        ),
        (f"{ROW}{USE}{COPY}{USE}", "Row 2 of Main may run before"),
        (f"{ROW}IF A = 1 THEN\r\n{COPY}END\r\n{USE}", "all that its block does"),
        (f"{ROW}WAIT A\r\nON ERROR\r\n{COPY}END\r\nWAIT 1\r\n", "error handling of row 2"),
        (f"LOOP FOREACH I IN A\r\n{USE}{ROW}{COPY}END\r\n", "Row 2 of Main may run before"),
    ],
)
def test_a_copy_that_may_differ_stays(body: str, says: str):
    assert says in refusal(body)


def test_a_copy_kept_from_the_round_before_stays():
    body = (
        f"SET A TO 1\r\nLABEL Again\r\n{ROW}IF A = 1 THEN\r\nGOTO Skip\r\nEND\r\n{COPY}{USE}"
        "LABEL Skip\r\nGOTO Again\r\n"
    )
    assert mended(body).count("Login.Password") == 1
    late = body.replace(USE, "") + USE
    assert "PG207" in {found.rule for found in session_of(HEADER + body).findings}
    assert "may run before" in refusal(late.replace("GOTO Again\r\n", "WAIT 1\r\n"))

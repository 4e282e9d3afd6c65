"""Secrets in what does not run: taken out, or the row deleted."""

import pytest
from tests.fixes.mending import SECRET, fix_of, mended, opened, reason

from padguard.fixes.fix import Applicability

REMARK = "# Login for the portal: user robot, password: Kx8!pomelo\n"
PLAIN = "@SENSITIVE: []\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (REMARK, "# Login for the portal: user robot, password: (removed)\n"),
        ("/# Server: a\nPassword: Kx8!pomelo #/\n", "/# Server: a\nPassword: (removed) #/\n"),
        (
            "**REGION Login, password Kx8!pomelo\nWAIT 1\n**ENDREGION\n",
            "**REGION Login, password (removed)\nWAIT 1\n**ENDREGION\n",
        ),
        ("DISABLE SET Password2 TO $'''Kx8!pomelo'''\n", "DISABLE SET Password2 TO $''''''\n"),
        ("    DISABLE SET Pin TO 48151623\n", "    DISABLE SET Pin TO $''''''\n"),
        (
            "DISABLE SET Url TO $'''https://a.example/?apikey=e02b7d94f1c6a853&b=%Other%'''\n",
            "DISABLE SET Url TO $'''https://a.example/?apikey=(removed)&b=%Other%'''\n",
        ),
        (
            r"""DISABLE SET Body TO $'''{\"password\":\"Kx8!pomelo\"}'''""" + "\n",
            r"""DISABLE SET Body TO $'''{\"password\":\"(removed)\"}'''""" + "\n",
        ),
    ],
)
def test_the_rest_is_kept(before: str, after: str) -> None:
    text = PLAIN + before
    assert mended(text, "PG106", "redact") == PLAIN + after


def test_a_label_is_renamed_with_all_that_goes_to_it() -> None:
    before = (
        "LABEL 'password Kx8!pomelo'\nWAIT 1\nGOTO 'PASSWORD Kx8!pomelo'\n"
        "LABEL 'password removed'\n"
        "FUNCTION Other GLOBAL\nLABEL 'password Kx8!pomelo1'\nEND FUNCTION\n"
    )
    session = opened(before)
    fix = fix_of(session, "PG106", "redact")
    assert fix.plan is not None
    session.apply(fix.title, fix.plan)
    text = session.flows[0].script.text
    assert "LABEL 'password removed2'\nWAIT 1\nGOTO 'password removed2'\n" in text
    assert "LABEL 'password Kx8!pomelo1'" in text
    assert str(fix.plan.notes[0]).startswith("The label is called password removed2")


def test_a_description_is_mended_in_the_header() -> None:
    line = "@INPUT Name : {{ 'Description': '{}', 'FriendlyName': 'Name', 'Type': 'String' }}\n"
    before = PLAIN + line.format("the password is Kx8!pomelo")
    assert mended(before, "PG106", "redact") == PLAIN + line.format("the password is (removed)")


def test_the_secret_is_handed_off_and_nothing_else_changes() -> None:
    session = opened(REMARK)
    fix = fix_of(session, "PG106", "redact")
    assert fix.plan is not None
    assert fix.applicability is Applicability.SAFE
    (removed,) = fix.plan.removed
    assert removed.secret.reveal() == "Kx8!pomelo"
    assert removed.credential
    assert "pomelo" not in removed.credential
    assert "pomelo" not in repr(fix.plan)


@pytest.mark.parametrize(
    ("before", "after", "title"),
    [
        ("WAIT 1\n" + REMARK + "WAIT 2\n", "WAIT 1\nWAIT 2\n", "Delete the remark in row 2"),
        ("WAIT 1 " + REMARK + "WAIT 2\n", "WAIT 1\nWAIT 2\n", "Delete the remark in row 2"),
        (
            "WAIT 1\nDISABLE SET Password2 TO $'''Kx8!pomelo'''\n",
            "WAIT 1\n",
            "Delete the disabled row 2",
        ),
        (
            "@@copilotGeneratedAction: 'False'\nDISABLE SET Password2 TO $'''Kx8!pomelo'''\n",
            "",
            "Delete the disabled row 1",
        ),
    ],
)
def test_a_row_is_deleted(before: str, after: str, title: str) -> None:
    text = SECRET + before
    session = opened(text)
    assert str(fix_of(session, "PG106", "delete-row").title) == title
    assert mended(text, "PG106", "delete-row").replace(" \n", "\n") == after


def test_a_disabled_row_with_error_handling_stays() -> None:
    row = (
        "DISABLE FTP.OpenConnection Host: $'''a''' Port: 21 Username: $'''b''' "
        "Password: $'''Kx8!pomelo''' Connection=> Ftp\nON ERROR\n\nEND\n"
    )
    assert reason(row, "PG106", "delete-row").startswith("Row 1 has error handling of its own")


def test_a_region_is_not_deleted() -> None:
    session = opened("**REGION Login, password Kx8!pomelo\nWAIT 1\n**ENDREGION\n")
    assert [fix.id for fix in session.fixes(session.findings[0])] == ["redact"]

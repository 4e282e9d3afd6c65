"""What is sent in clear is sent encrypted; where no encrypted way is known, the fix says so."""

import pytest
from tests.fixes.mending import SECRET, fix_of, mended, opened, reason

GET = (
    "Web.DownloadFromWeb.DownloadUseAuth Url: {} UserName: $'''bob''' Password: Password "
    "ConnectionTimeout: 30 AcceptUntrustedCertificates: {} WebPageText=> Page\n"
)
MAIL = (
    "Email.RetrieveEmails.Retrieve IMAPServer: $'''imap.example''' Port: 143 EnableSSL: {} "
    "Username: $'''a''' Password: Password AcceptUntrustedCertificates: {} "
    "MailFolder: $'''Inbox''' RetrievedEmails=> Mails\n"
)
FTP = (
    "FTP.OpenConnection Host: $'''ftp.example''' {}Username: $'''b''' Password: Password {}=> Ftp\n"
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            GET.format("$'''http://a.example/x'''", "False"),
            GET.format("$'''https://a.example/x'''", "False"),
        ),
        (
            GET.format("$'''HTTP://a.example/%Name%'''", "True"),
            GET.format("$'''https://a.example/%Name%'''", "False"),
        ),
        (MAIL.format("False", "True"), MAIL.format("True", "False")),
    ],
)
def test_it_is_encrypted_and_checked(before: str, after: str) -> None:
    assert mended(before, "PG306", "secure-transport") == after


def test_the_address_is_changed_where_it_is_set() -> None:
    rows = "SET Base TO $'''http://a.example:8080'''\n"
    call = GET.format("$'''%Base%/x'''", "False")
    assert mended(rows + call, "PG306", "secure-transport") == rows.replace("http", "https") + call
    plan = fix_of(opened(rows + call), "PG306", "secure-transport").plan
    assert plan is not None
    notes = [str(note) for note in plan.notes]
    assert notes[0].startswith("Ask whoever runs the server first")
    assert "Base holds the address, so other rows that use Base change with it." in notes
    assert any(note.startswith("The port may have to change") for note in notes)


def test_plain_ftp_becomes_the_secure_action() -> None:
    before = FTP.format("Port: 2121 ActiveMode: True Timeout: 30 ", "Connection")
    after = (
        "FTP.OpenSecureConnection.ConnectWithFtpsExplicit Host: $'''ftp.example''' Port: 2121 "
        "ActiveMode: True Timeout: 30 Username: $'''b''' Password: Password "
        "AcceptUntrustedCertificates: False SftpConnection=> Ftp\n"
    )
    use = "FTP.DeleteFiles Files: Files Connection: Ftp\n"
    assert mended(before + use, "PG306", "secure-transport") == after + use


def test_defaults_of_the_plain_action_are_written_down() -> None:
    after = mended(FTP.format("", "Connection"), "PG306", "secure-transport")
    assert "Password: Password Port: 21 ActiveMode: False AcceptUntrustedCertificates: False" in (
        after
    )


def test_an_input_that_the_secure_action_has_not() -> None:
    before = FTP.format("Colour: 'red' ", "Connection")
    assert reason(before, "PG306", "secure-transport").startswith("No encrypted form of")


def test_an_address_without_an_encrypted_form() -> None:
    before = GET.format("$'''ftp://a.example/x'''", "False")
    why = "There is no encrypted form of ftp: for this action. Use another action."
    assert reason(before, "PG306", "secure-transport") == why


def test_there_is_a_guide_as_well() -> None:
    session = opened(SECRET + FTP.format("", "Connection"))
    guide = fix_of(session, "PG306", "guide-transport")
    assert guide.plan is not None
    assert "row 1 of Main" in str(guide.plan.steps[1].text)


def test_screenshots_on_error_need_a_setting() -> None:
    text = (
        "UIAutomation.PopulateTextField.PopulateTextField TextField: appmask['Window \\'P\\'']"
        "['Edit \\'Code\\''] Text: Password Mode: UIAutomation.PopulateTextMode.Replace "
        "ClickType: UIAutomation.PopulateMouseClickType.NoClick\n"
        "Workstation.TakeScreenshot.TakeScreenshot\n"
    )
    session = opened(text)
    offered = [
        fix.id
        for finding in session.findings
        if finding.rule == "PG307"
        for fix in session.fixes(finding)
    ]
    assert offered == ["guide-screenshot-row"]

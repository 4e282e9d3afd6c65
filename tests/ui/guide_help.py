"""What the tests of the guide share: an export with something to mend, and short words for it."""

from PySide6.QtTest import QTest

LEAK = (
    "@SENSITIVE: [Password]\n"
    "@INPUT Password : { 'Description': 'Ask Bob', 'FriendlyName': 'Password', "
    "'DefaultValue': '', 'Type': 'String' }\n"
    "SET Line TO $'''Server=sql01;Password=%Password%'''\n"
    "# the password is Qx7!quince\n"
    "FTP.OpenConnection Host: $'''ftp.example.com''' Port: 21 Username: $'''bob''' "
    "Password: $'''Kx8!pomelo''' Connection=> Ftp\n"
    "Display.ShowMessageDialog.ShowMessage Title: $'''Done''' Message: Line "
    "Icon: Display.Icon.None Buttons: Display.Buttons.OK DefaultButton: "
    "Display.DefaultButton.Button1 IsTopMost: False ButtonPressed=> Pressed\n"
)


def idle(window, qtbot):
    qtbot.waitUntil(lambda: window.jobs.current is None, timeout=20_000)


def of_rule(window, rule):
    return next(found for found in window.document.findings if found.rule == rule)


def guide(window):
    return window.workspace.guide


def chosen(window):
    return window.document.offers.chosen


def choices(window):
    return window.workspace.guide.fixes.choices


def fingerprints(window):
    return {found.fingerprint for found in window.document.findings}


def show_finding(window, qtbot, finding):
    window.document.showFinding(finding)
    idle(window, qtbot)


def press(widget, qtbot, key, modifier=None):
    if modifier is None:
        qtbot.keyClick(widget, key)
    else:
        QTest.keyClick(widget, key, modifier)

"""Teaching Get credential, as a person meets it: copied rows, what was recognised, what is kept."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget
from tests.ui.test_findings_window import every_text

from padguard.fixes.template import GAPS, ONE_RESULT, Retrieval, Template, Templates
from padguard.fixes.template_learning import BY_ID, NOT_HERE, ONE_ROW
from padguard.session.template_store import load_templates, save_templates, store_file
from padguard.ui.instance import Wish
from padguard.ui.opening import Source
from padguard.ui.template_reading import HOLDS_SECRET
from padguard.ui.template_words import SHOWN, UNKNOWN

# The platform that tests run on without a screen says so of what it cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ROW = "Vault.GetCredential CredentialName: $'''SAP 本番''' Timeout: 0 Credential=> Credential\r\n"
TEXT = "Vault.GetCredential CredentialName: $'''{credential}''' Timeout: 0 Credential=> {variable}"
SEVERAL = (
    "Vault.GetCredential CredentialName: $'''SAP''' Folder: $'''Finance''' Credential=> Found\r\n"
)
ENVIRONMENT = "Env.Retrieve Name: $'''Server''' Value=> Value\r\n"
SECRET = "Qx7!quince"
LEAK = (
    "@SENSITIVE: []\n"
    "FTP.OpenConnection Host: $'''ftp.example.com''' Port: 21 Username: $'''bob''' "
    f"Password: $'''{SECRET}''' Connection=> Ftp\n"
)


@pytest.fixture
def window(windows):
    windows.grant(Wish())
    return windows.all[0]


def kept_text():
    kept = load_templates().credential
    return kept.text if kept is not None else ""


def settle(window, qtbot):
    qtbot.waitUntil(lambda: window.jobs.current is None, timeout=20_000)
    jobs = window.templates._shelf.jobs
    qtbot.waitUntil(lambda: jobs.current is None)


def teach(window, qtbot):
    window.actions_table["teach-template"].trigger()
    settle(window, qtbot)
    return window.templates.dialog


def paste(dialog, qtbot, text):
    QGuiApplication.clipboard().setText(text)
    dialog.lesson.paste.click()
    qtbot.waitUntil(lambda: dialog._shelf.jobs.current is None)


def keep(dialog, qtbot):
    with qtbot.waitSignal(dialog._shelf.changed):
        dialog.keep.click()


def test_what_is_not_known_is_said(window, qtbot):
    dialog = teach(window, qtbot)
    assert dialog.text.status.text() == str(UNKNOWN)
    assert "Ctrl+C" in dialog.lesson.intro.text()
    assert not dialog.keep.isEnabled()
    assert not dialog.forget.isEnabled()
    assert not dialog.adopt.isVisible()
    assert not store_file().exists()


def test_a_copied_row_is_learned_and_kept(window, qtbot):
    dialog = teach(window, qtbot)
    paste(dialog, qtbot, ROW)
    assert dialog.lesson.outcome.text().startswith("Recognised")
    assert dialog.text.field.toPlainText() == TEXT
    assert "input CredentialName" in dialog.text.parts.text()
    assert "output Credential" in dialog.text.parts.text()
    preview = dialog.text.preview.toPlainText()
    assert "$'''Example credential'''" in preview
    assert preview.endswith("Credential=> ExampleCredential")
    assert load_templates() == Templates()
    dialog.text.version.setText(" 2.60.1 ")
    keep(dialog, qtbot)
    assert load_templates() == Templates(Template(TEXT, "2.60.1"))
    assert "Kept in your settings" in dialog.text.status.text()
    assert "2.60.1" in dialog.text.status.text()
    assert not dialog.keep.isEnabled()


def test_what_is_kept_is_shown_edited_and_forgotten(window, qtbot):
    save_templates(Templates(Template(TEXT, "2.60.1")))
    dialog = teach(window, qtbot)
    assert dialog.text.field.toPlainText() == TEXT
    dialog.text.field.setPlainText(TEXT.replace("Timeout: 0", "Timeout: 5"))
    keep(dialog, qtbot)
    assert "Timeout: 5" in kept_text()
    with qtbot.waitSignal(dialog._shelf.changed):
        dialog.forget.click()
    assert load_templates() == Templates()
    assert dialog.text.status.text() == str(UNKNOWN)
    assert dialog.text.field.toPlainText() == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Vault.GetCredential CredentialName: $'''x''' Credential=> Found", GAPS),
        ("Vault.GetCredential Name: {credential} Key: $'''{variable}'''", ONE_RESULT),
    ],
)
def test_an_edited_template_is_checked(window, qtbot, text, reason):
    dialog = teach(window, qtbot)
    dialog.text.field.setPlainText(text)
    assert dialog.text.problem.text() == str(reason)
    assert not dialog.keep.isEnabled()
    assert not dialog.text.preview.isVisible()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("SET Total TO 5\n", NOT_HERE),
        (
            (
                "Vault.GetCredential CredentialName: "
                "$'''1b9c9f7e-6d0a-4b43-9a54-0b3c3a1f7d21''' Credential=> Found\n"
            ),
            BY_ID,
        ),
    ],
)
def test_what_cannot_be_learned_is_told_why(window, qtbot, row, reason):
    dialog = teach(window, qtbot)
    paste(dialog, qtbot, row)
    assert dialog.lesson.outcome.text() == str(reason)
    assert dialog.text.field.toPlainText() == ""
    assert not dialog.keep.isEnabled()


def test_an_empty_clipboard_is_told(window, qtbot):
    dialog = teach(window, qtbot)
    paste(dialog, qtbot, " \n")
    assert "holds no text" in dialog.lesson.outcome.text()


def test_where_several_inputs_could_hold_the_name_a_person_says(window, qtbot):
    dialog = teach(window, qtbot)
    assert not dialog.lesson.inputs.isVisible()
    paste(dialog, qtbot, SEVERAL)
    inputs = dialog.lesson.inputs
    assert inputs.isVisible()
    assert [inputs.itemText(item) for item in range(inputs.count())] == ["CredentialName", "Folder"]
    assert not dialog.keep.isEnabled()
    inputs.setFocus()
    inputs.setCurrentIndex(0)
    inputs.activated.emit(0)
    qtbot.waitUntil(dialog.keep.isEnabled)
    assert "CredentialName: $'''{credential}''' Folder: $'''Finance'''" in (
        dialog.text.field.toPlainText()
    )
    assert inputs.currentText() == "CredentialName"


def test_retrieve_environment_variable_is_learned_likewise(window, qtbot):
    save_templates(Templates(Template(TEXT, "2.60.1")))
    dialog = teach(window, qtbot)
    dialog.switch[Retrieval.ENVIRONMENT].click()
    assert dialog.text.field.toPlainText() == ""
    paste(dialog, qtbot, ENVIRONMENT + ENVIRONMENT)
    assert dialog.lesson.outcome.text() == str(ONE_ROW)
    paste(dialog, qtbot, ENVIRONMENT)
    keep(dialog, qtbot)
    kept = load_templates()
    assert kept.environment == Template("Env.Retrieve Name: $'''{credential}''' Value=> {variable}")
    assert kept.credential == Template(TEXT, "2.60.1")
    dialog.switch[Retrieval.CREDENTIAL].click()
    assert dialog.text.field.toPlainText() == TEXT


def test_other_rows_that_were_pasted_are_shown_nowhere(window, qtbot):
    dialog = teach(window, qtbot)
    paste(dialog, qtbot, LEAK + ROW)
    assert dialog.text.field.toPlainText() == TEXT
    dialog.switch[Retrieval.ENVIRONMENT].click()
    paste(dialog, qtbot, LEAK)
    assert not dialog.keep.isEnabled()
    assert [text for text in every_text(window) if SECRET in text] == []


def test_a_template_with_a_secret_is_not_kept(window, qtbot):
    dialog = teach(window, qtbot)
    dialog.text.field.setPlainText(
        "FTP.OpenConnection Host: {credential} Port: 21 "
        f"Password: $'''{SECRET}''' Connection=> {{variable}}"
    )
    assert dialog.text.problem.text() == str(HOLDS_SECRET)
    assert not dialog.keep.isEnabled()


def test_the_open_export_uses_what_was_learned(opened, qtbot):
    window = opened(Source(text=LEAK, name="Leak"))
    document = window.document
    finding = next(found for found in document.findings if found.rule == "PG101")
    document.showFinding(finding)
    settle(window, qtbot)

    def steps():
        settle(window, qtbot)
        fix = next(fix for fix in document.offers.fixes if fix.id == "replace-secret")
        return fix.plan is not None and not fix.plan.changes_nothing

    assert not steps()
    dialog = teach(window, qtbot)
    paste(dialog, qtbot, ROW)
    keep(dialog, qtbot)
    assert document.session.templates == Templates(Template(TEXT))
    assert steps()
    with qtbot.waitSignal(dialog._shelf.changed):
        dialog.forget.click()
    assert not steps()


def test_an_export_that_is_opened_later_uses_it_too(window, opened, qtbot):
    save_templates(Templates(Template(TEXT, "2.60.1")))
    later = opened(Source(text=LEAK, name="Leak"))
    settle(later, qtbot)
    assert later.document.session.templates == Templates(Template(TEXT, "2.60.1"))


def test_what_the_export_shows_is_used_and_kept_on_demand(opened, qtbot):
    own = ROW.replace("Timeout: 0", "Timeout: 9")
    window = opened(Source(text=f"@SENSITIVE: [Credential]\r\n{own}", name="Shows it"))
    shown = TEXT.replace("Timeout: 0", "Timeout: 9")
    dialog = teach(window, qtbot)
    assert window.document.session.templates.credential.text == shown
    assert str(SHOWN) in dialog.text.status.text()
    assert dialog.text.field.toPlainText() == shown
    assert load_templates() == Templates()
    with qtbot.waitSignal(dialog._shelf.changed):
        dialog.adopt.click()
    assert kept_text() == shown
    assert not dialog.adopt.isVisible()
    assert "for all others" in dialog.text.status.text()
    dialog.text.field.setPlainText(TEXT)
    keep(dialog, qtbot)
    assert "shows the action itself" in dialog.text.status.text()
    assert window.document.session.templates.credential.text == shown
    window.close_export()
    assert "Kept in your settings" in dialog.text.status.text()


def test_a_damaged_file_is_told_and_left_alone(window, qtbot):
    store_file().parent.mkdir(parents=True, exist_ok=True)
    store_file().write_bytes(b"[credential")
    dialog = teach(window, qtbot)
    assert "damaged" in dialog.text.status.text()
    paste(dialog, qtbot, ROW)
    with qtbot.waitSignal(dialog._shelf.failed):
        dialog.keep.click()
    assert "damaged" in dialog.text.problem.text()
    assert store_file().read_bytes() == b"[credential"


def test_closing_asks_about_what_was_not_kept(window, qtbot):
    dialog = teach(window, qtbot)
    paste(dialog, qtbot, ROW)
    dialog.close()
    assert dialog.isVisible()
    question = next(box for box in dialog.findChildren(QMessageBox) if box.isVisible())
    with qtbot.waitSignal(dialog._shelf.changed):
        question.defaultButton().click()
    assert kept_text() == TEXT
    qtbot.waitUntil(lambda: window.templates.dialog is None)
    again = teach(window, qtbot)
    again.close()
    qtbot.waitUntil(lambda: window.templates.dialog is None)


def test_by_keys_alone(window, qtbot):
    dialog = teach(window, qtbot)
    qtbot.waitUntil(lambda: dialog.focusWidget() is dialog.lesson.paste)
    QGuiApplication.clipboard().setText(ROW)
    qtbot.keyClick(dialog.lesson.paste, Qt.Key.Key_Space)
    qtbot.waitUntil(dialog.keep.isEnabled)
    QGuiApplication.clipboard().setText("SET Total TO 5")
    dialog.activateWindow()
    qtbot.keyClick(dialog, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: dialog.lesson.outcome.text() == str(NOT_HERE))
    assert dialog.keep.isEnabled()  # what was learned before stays
    with qtbot.waitSignal(dialog._shelf.changed):
        dialog.keep.setFocus()
        qtbot.keyClick(dialog.keep, Qt.Key.Key_Space)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.templates.dialog is None)


def test_everything_has_a_name_and_takes_every_theme(window, qtbot):
    dialog = teach(window, qtbot)
    paste(dialog, qtbot, SEVERAL)
    nameless = [
        widget
        for widget in dialog.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.objectName().startswith("qt_")
        and not widget.window().inherits("QComboBoxPrivateContainer")
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []
    for choice in ("theme-dark", "theme-high-contrast", "theme-light"):
        window.actions_table[choice].trigger()
        assert not dialog.grab().isNull()

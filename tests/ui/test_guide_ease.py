"""What makes the guide easy to use: the wheel, the keyboard, where focus is, and where to begin."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTabBar,
    QWidget,
)
from tests.ui.guide_help import LEAK, guide, idle, of_rule, show_finding

from padguard.fixes.template import Template, Templates
from padguard.ui.appearance import current_theme
from padguard.ui.focus_ring import FocusRing, Ring
from padguard.ui.opening import Source
from padguard.ui.views.details_page import Page
from padguard.ui.views.page_view import PageView

# The platform that tests run on without a screen says so of what it cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ROW = "Vault.GetCredential Name: $'''{credential}''' Credential=> {variable}"


@pytest.fixture
def window(show):
    return show(Source(text=LEAK, name="Leak"))


def turn_wheel(widget):
    place = QPointF(widget.rect().center())
    event = QWheelEvent(
        place,
        widget.mapToGlobal(place),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - not inverted; Qt takes no keyword here
    )
    QApplication.sendEvent(widget, event)


def ask_for_credential(window, qtbot):
    show_finding(window, qtbot, of_rule(window, "PG101"))
    window.document.offers.choose("replace-secret")
    idle(window, qtbot)


def test_scrolling_over_the_choices_changes_none_of_them(window, qtbot):
    ask_for_credential(window, qtbot)
    form = guide(window).pane.form
    before = form.choices
    for combo in (form.source, form.where):
        turn_wheel(combo)
    assert form.choices == before


def test_what_is_not_learned_yet_is_said_above_what_is_asked(window, qtbot):
    ask_for_credential(window, qtbot)
    pane = guide(window).pane
    assert pane.unlearned.isVisible()
    assert "“Get credential”" in pane.unlearned.text()
    assert pane.teach.y() < pane.form.y()
    window.document.session.templates = Templates(credential=Template(ROW))
    window.document.offers.renew()
    idle(window, qtbot)
    assert not pane.unlearned.isVisible()
    assert not pane.teach.isVisible()


def test_the_keyboard_comes_to_the_rows_without_leaving_the_finding(window, qtbot):
    show_finding(window, qtbot, of_rule(window, "PG204"))
    finding, place = window.document.finding, window.document.place
    tree = window.workspace.flow.tree
    tree.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(tree.hasFocus)
    assert window.document.finding is finding
    assert window.document.place == place
    qtbot.keyClick(tree, Qt.Key.Key_Down)
    assert window.document.place != place


def test_skipping_by_key_goes_on_skipping(window, qtbot):
    show_finding(window, qtbot, window.document.open_findings[0])
    button = guide(window).buttons["skip-finding"]
    button.setFocus()
    for _ in range(2):
        before = window.document.finding
        qtbot.keyClick(button, Qt.Key.Key_Space)
        idle(window, qtbot)
        assert window.document.finding is not before
        assert window.focusWidget() is button


def test_after_applying_by_the_button_the_keyboard_is_at_the_next_fix(window, qtbot):
    show_finding(window, qtbot, of_rule(window, "PG202"))
    button = guide(window).buttons["apply-fix"]
    window.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    idle(window, qtbot)
    qtbot.waitUntil(lambda: window.document.offers.chosen is not None)
    qtbot.waitUntil(lambda: isinstance(window.focusWidget(), QRadioButton))


def test_the_guide_begins_with_a_link_to_the_worst_finding(window):
    page = guide(window).page
    worst = window.document.open_findings[0]
    assert "Go to the worst finding" in page.toPlainText()
    page.follow_target(page._targets[0])
    assert window.document.finding is worst


def test_a_page_that_is_filled_before_it_has_room_shows_its_top(qtbot):
    view = PageView()
    qtbot.addWidget(view)
    view.resize(200, 0)
    view.show()
    page = Page(current_theme())
    for number in range(50):
        page.paragraph(page.text(f"Paragraph {number}"))
    view.show_page(page)
    assert view.verticalScrollBar().value() == 0


@pytest.fixture
def ringed(qtbot, appearance, qapp):
    """Return a window of all sorts of controls, with the ring of the application at work."""
    ring = FocusRing(qapp)
    frame = QWidget()
    qtbot.addWidget(frame)
    line = QHBoxLayout(frame)
    choice = QWidget()
    beside = QHBoxLayout(choice)
    beside.addWidget(QRadioButton())
    beside.addWidget(QLabel("Mark as sensitive"))
    tabs = QTabBar()
    tabs.addTab("Paste")
    tabs.addTab("Steps")
    for widget in (QPushButton("Apply"), choice, tabs, QPlainTextEdit("text")):
        line.addWidget(widget)
    frame.show()
    qtbot.waitExposed(frame)
    frame.activateWindow()
    yield frame
    qapp.focusChanged.disconnect(ring._follow)
    ring.setParent(None)


def rings(frame):
    return [ring for ring in frame.findChildren(Ring) if ring.isVisible()]


def test_the_control_with_the_keyboard_is_ringed_and_no_other(qtbot, ringed):
    for kind in (QPushButton, QPlainTextEdit, QPushButton):
        control = ringed.findChild(kind)
        control.setFocus()
        qtbot.waitUntil(control.hasFocus)
        [ring] = rings(ringed)
        assert ring.parentWidget() is control


def test_a_radio_button_is_ringed_together_with_the_words_beside_it(qtbot, ringed):
    radio = ringed.findChild(QRadioButton)
    radio.setFocus()
    qtbot.waitUntil(radio.hasFocus)
    [ring] = rings(ringed)
    assert ring.parentWidget() is radio.parentWidget()


def test_the_ring_follows_the_present_tab_and_the_size(qtbot, ringed):
    tabs = ringed.findChild(QTabBar)
    tabs.setFocus()
    qtbot.waitUntil(tabs.hasFocus)
    tabs.setCurrentIndex(1)
    [ring] = rings(ringed)
    assert ring.geometry() == tabs.tabRect(1)
    button = ringed.findChild(QPushButton)
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    button.resize(300, 60)
    [ring] = rings(ringed)
    assert ring.geometry() == button.rect()

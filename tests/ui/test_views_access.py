"""The views for people who use no mouse, or cannot see: names, keyboard, colours."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from padguard.flow.model import Sensitivity
from padguard.foundation.paths import resources_dir
from padguard.ui.document import Place
from padguard.ui.opening import Source
from padguard.ui.sensitivity import LOOKS, look
from padguard.ui.theme import READABLE, THEMES, contrast
from padguard.ui.views.chips import Chip
from padguard.ui.views.explorer_filter import Chip as FilterChip
from padguard.ui.views.explorer_filter_bar import CHIPS

# The platform that tests run on without a screen says so of what it cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

SCRIPT = "@SENSITIVE: [Password]\r\nSET Password TO $'''x'''\r\nSET Line TO Password\r\n"


@pytest.fixture
def window(show):
    return show(Source(text=SCRIPT, name="Night run"))


def views(window):
    return (window.workspace.explorer, window.workspace.flow, window.workspace.script)


def reachable(view):
    """Yield the widgets of a view that the keyboard can get to."""
    for widget in view.findChildren(QWidget):
        tabs = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        # What Qt makes for its own ends, as the list of a combo box, is named by its owner.
        if tabs and not widget.objectName().startswith("qt_") and not widget.isWindow():
            yield widget


def test_everything_the_keyboard_reaches_has_a_name(window):
    nameless = [
        (type(view).__name__, widget.metaObject().className())
        for view in views(window)
        for widget in (view, *reachable(view))
        if not widget.accessibleName() and widget.metaObject().className() != "QComboBoxListView"
    ]
    assert nameless == []


def test_every_view_gives_the_keyboard_to_its_main_part(window, qtbot):
    for view in views(window):
        if view is not window.workspace.explorer:
            window.workspace.setCurrentWidget(view)
        view.setFocus()
        qtbot.waitUntil(lambda view=view: view.focusProxy().hasFocus())


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_chips_are_readable_on_every_ground(theme):
    for found in LOOKS.values():
        for ground in (theme.base, theme.alternate, theme.selection, theme.window):
            assert contrast(theme.on(ground, found.colour(theme)), ground) >= READABLE


def test_no_sensitivity_is_told_by_colour_alone():
    icons = {look(sensitivity).icon for sensitivity in Sensitivity}
    words = {Chip.of_sensitivity(sensitivity).text for sensitivity in Sensitivity}
    assert len(icons) == len(words) == len(Sensitivity)
    assert all((resources_dir() / "icons" / f"{icon}.svg").is_file() for icon in icons)


def test_a_chip_in_a_sentence_bears_a_word_where_it_matters():
    assert Chip.of_variable("Key", Sensitivity.MARKED).text == "Key · Marked"
    assert Chip.of_variable("Key", Sensitivity.EXPOSED).text == "Key · Exposed"
    assert Chip.of_variable("Key", Sensitivity.CREDENTIAL).text == "Key · Credential"
    assert Chip.of_variable("Key", Sensitivity.CLEAN).text == "Key"


def test_every_chip_of_the_filter_has_a_word_and_a_tip(window):
    bar = window.workspace.explorer.filter_bar
    assert set(bar.buttons) == set(CHIPS) == set(FilterChip)
    assert all(button.text() and button.toolTip() for button in bar.buttons.values())


@pytest.mark.parametrize("choice", ["theme-dark", "theme-high-contrast", "theme-light"])
def test_views_take_over_another_theme(window, choice):
    window.document.goTo(Place("", "Main", 1))
    window.actions_table["show-script"].trigger()
    window.actions_table[choice].trigger()
    for view in views(window):
        assert not view.grab().isNull()


def test_the_views_are_usable_where_there_is_little_room(window):
    explorer, flow, script = views(window)
    assert explorer.minimumSizeHint().width() <= 240
    assert flow.minimumSizeHint().width() <= 320
    assert script.minimumSizeHint().width() <= 320

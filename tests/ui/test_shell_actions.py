"""The table of actions is whole and free of collisions, and everything is built from it."""

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton

from padguard.ui.action_table import ACTIONS, MENUS, SUBMENUS, TOOLBAR, When
from padguard.ui.instance import Wish

# The platform that tests run on without a screen says so of what it cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def window(windows):
    windows.grant(Wish())
    return windows.all[0]


def test_no_two_shortcuts_collide():
    keys = Counter(QKeySequence(key).toString() for spec in ACTIONS for key in spec.keys)
    assert "" not in keys
    assert [key for key, count in keys.items() if count > 1] == []


def test_ids_are_unique_and_words_whole():
    assert len({spec.id for spec in ACTIONS}) == len(ACTIONS)
    for spec in ACTIONS:
        for words in (spec.text, spec.tip, spec.short):
            assert str(words).strip()
        assert not str(spec.tip).endswith(".")
        assert "&" not in str(spec.short)


def test_every_action_is_in_one_menu():
    listed = [identifier for menu in (*MENUS, *SUBMENUS.values()) for identifier in menu.ids]
    names = Counter(name for name in listed if name and name not in SUBMENUS)
    assert names == Counter(spec.id for spec in ACTIONS)
    assert set(TOOLBAR) - {""} <= names.keys()


def mnemonic(text: str) -> str:
    return text[text.index("&") + 1].casefold() if "&" in text else ""


def test_no_two_entries_of_a_menu_have_the_same_letter():
    texts = {spec.id: str(spec.text) for spec in ACTIONS}
    texts |= {identifier: str(menu.title) for identifier, menu in SUBMENUS.items()}
    for entries in (
        [str(menu.title) for menu in MENUS],
        *([texts[name] for name in menu.ids if name] for menu in (*MENUS, *SUBMENUS.values())),
    ):
        letters = Counter(filter(None, map(mnemonic, entries)))
        assert [letter for letter, count in letters.items() if count > 1] == [], entries


def test_every_action_does_something(window):
    for action in window.actions_table:
        connected = action.receivers("2triggered(bool)")
        assert connected or action in window.actions_table.themes.actions(), action.objectName()


def test_actions_have_text_tip_and_keys_in_the_tip(window):
    for action in window.actions_table:
        assert action.text()
        assert action.toolTip()
        assert action.statusTip()
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        assert keys in action.toolTip()


def test_buttons_and_menus_have_accessible_names(window):
    buttons = [*window.findChildren(QPushButton), *window.toolbar.findChildren(QToolButton)]
    shown = [button for button in buttons if button.isVisible()]
    assert shown
    assert [button for button in shown if not (button.accessibleName() or button.text())] == []
    menus = [menu for menu in window.menuBar().findChildren(QMenu) if menu.title()]
    assert len(menus) == len(MENUS) + len(SUBMENUS)
    assert all(menu.accessibleName() for menu in menus)


def test_only_what_is_possible_is_enabled(window):
    table = window.actions_table
    enabled = {action.objectName() for action in table if action.isEnabled()}
    assert enabled == {spec.id for spec in ACTIONS if spec.when is When.ALWAYS}
    table.refresh({When.OPEN, When.UNDO})
    enabled = {action.objectName() for action in table if action.isEnabled()}
    possible = {When.ALWAYS, When.OPEN, When.UNDO}
    assert enabled == {spec.id for spec in ACTIONS if spec.when in possible}

"""The actions of one window, made from the table, and the menus and bars made from them."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QSizePolicy, QToolBar, QToolButton, QWidget

from padguard.ui.action_table import (
    ACTIONS,
    MENUS,
    RECENT_MENU,
    SUBMENUS,
    THEME_IDS,
    TOOLBAR,
    ActionSpec,
    MenuSpec,
    When,
)
from padguard.ui.appearance import current_theme
from padguard.ui.icons import icon
from padguard.ui.words import translate


class Actions(QObject):
    """Holds a `QAction` for each entry of the table, by its id.

    What is possible at the moment comes from `refresh` alone; whoever owns the actions calls it
    whenever that may have changed. Menus, bars and the command palette show the same objects,
    so that words and keys are the same everywhere.
    """

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._specs = {spec.id: spec for spec in ACTIONS}
        self._actions = {spec.id: self._make(spec) for spec in ACTIONS}
        self.themes = QActionGroup(self)
        for identifier in THEME_IDS:
            self.themes.addAction(self._actions[identifier])
        self.recent_menu: QMenu | None = None
        self.tint()
        self.refresh(frozenset())

    def __getitem__(self, identifier: str) -> QAction:
        return self._actions[identifier]

    def __contains__(self, identifier: str) -> bool:
        return identifier in self._actions

    def __iter__(self) -> Iterator[QAction]:
        return iter(self._actions.values())

    def refresh(self, possible: AbstractSet[When]) -> None:
        """Enable what is possible, and only that."""
        for identifier, action in self._actions.items():
            when = self._specs[identifier].when
            action.setEnabled(when is When.ALWAYS or when in possible)

    def tint(self) -> None:
        """Draw the icons in the colours of the current theme."""
        theme = current_theme()
        for identifier, action in self._actions.items():
            if self._specs[identifier].icon:
                action.setIcon(icon(self._specs[identifier].icon, theme))

    def describe(self, identifier: str, text: str, short: str, tip: str) -> None:
        """Change the words of an action, so that it says what it would do at the moment."""
        action = self._actions[identifier]
        action.setText(text)
        action.setIconText(short)
        action.setToolTip(self._with_keys(tip, action))
        action.setStatusTip(tip)

    def menu(self, identifiers: Iterable[str | None], parent: QWidget) -> QMenu:
        """Return a context menu of some actions; None, or an empty id, is a line."""
        menu = QMenu(parent)
        self._fill(menu, (identifier or "" for identifier in identifiers))
        return menu

    def fill_menu_bar(self, bar: QMenuBar) -> None:
        """Build the menus of the window."""
        for spec in MENUS:
            self._fill(self._submenu(bar, spec), spec.ids)

    def fill_toolbar(self, bar: QToolBar) -> None:
        """Build the toolbar; what comes after its last line stands at the far end."""
        last_line = len(TOOLBAR) - 1 - TOOLBAR[::-1].index("")
        for index, identifier in enumerate(TOOLBAR):
            if index == last_line:
                gap = QWidget(bar)
                gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
                bar.addWidget(gap)
            elif identifier:
                bar.addAction(self._actions[identifier])
                button = bar.widgetForAction(self._actions[identifier])
                if isinstance(button, QToolButton):
                    button.setAccessibleName(translate(self._specs[identifier].short))
            else:
                bar.addSeparator()

    def _fill(self, menu: QMenu, identifiers: Iterable[str]) -> None:
        for identifier in identifiers:
            if identifier in SUBMENUS:
                submenu = self._submenu(menu, SUBMENUS[identifier])
                self._fill(submenu, SUBMENUS[identifier].ids)
                if identifier == RECENT_MENU:
                    self.recent_menu = submenu
            elif identifier:
                menu.addAction(self._actions[identifier])
            else:
                menu.addSeparator()

    def _submenu(self, parent: QMenuBar | QMenu, spec: MenuSpec) -> QMenu:
        title = translate(spec.title)
        menu = parent.addMenu(title)
        menu.setAccessibleName(title.replace("&", ""))
        menu.setToolTipsVisible(True)
        return menu

    def _make(self, spec: ActionSpec) -> QAction:
        action = QAction(translate(spec.text), self)
        action.setObjectName(spec.id)
        action.setIconText(translate(spec.short))
        action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        action.setCheckable(spec.checkable)
        tip = translate(spec.tip)
        action.setToolTip(self._with_keys(tip, action))
        action.setStatusTip(tip)
        return action

    def _with_keys(self, tip: str, action: QAction) -> str:
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        return self.tr("{tip} ({keys})").format(tip=tip, keys=keys) if keys else tip

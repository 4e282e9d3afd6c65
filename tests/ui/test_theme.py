"""All three themes are readable, and the application follows the one that is chosen."""

from dataclasses import fields

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from padguard.flow.model import Sensitivity
from padguard.foundation.paths import resources_dir
from padguard.ui.appearance import Appearance, ThemeChoice, current_theme
from padguard.ui.sensitivity import LOOKS, look
from padguard.ui.theme import DARK, HIGH_CONTRAST, LIGHT, READABLE, THEMES, Theme, contrast

GROUNDS = ("window", "base", "alternate")
NO_TEXT = {"name", "dark", *GROUNDS, "selection", "border", "removed", "added"}
ON_OTHER_GROUNDS = {"selection_text": "selection", "accent_text": "accent"}
TEXTS = [
    field.name for field in fields(Theme) if field.name not in NO_TEXT | ON_OTHER_GROUNDS.keys()
]
NON_TEXT_CONTRAST = 3.0

every_theme = pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)


def test_contrast_of_known_pairs():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1


@every_theme
@pytest.mark.parametrize("ground", GROUNDS)
def test_every_text_is_readable(theme, ground):
    pale = {
        text: contrast(getattr(theme, text), getattr(theme, ground))
        for text in TEXTS
        if contrast(getattr(theme, text), getattr(theme, ground)) < READABLE
    }
    assert not pale


@every_theme
def test_text_is_readable_on_its_own_ground(theme):
    for text, ground in ON_OTHER_GROUNDS.items():
        assert contrast(getattr(theme, text), getattr(theme, ground)) >= READABLE
    for ground in (theme.removed, theme.added):
        assert contrast(theme.text, ground) >= READABLE


@every_theme
@pytest.mark.parametrize("ground", ["selection", "removed", "added"])
def test_any_colour_becomes_readable_on_any_ground(theme, ground):
    behind = getattr(theme, ground)
    assert all(
        contrast(theme.on(behind, getattr(theme, text)), behind) >= READABLE for text in TEXTS
    )


@every_theme
def test_focus_can_be_seen(theme):
    for ground in GROUNDS:
        assert contrast(theme.focus, getattr(theme, ground)) >= NON_TEXT_CONTRAST


@every_theme
def test_palette_of_qt_is_readable(theme):
    palette = theme.palette()
    role = QPalette.ColorRole
    pairs = [
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.Text, role.AlternateBase),
        (role.ButtonText, role.Button),
        (role.HighlightedText, role.Highlight),
        (role.ToolTipText, role.ToolTipBase),
        (role.PlaceholderText, role.Base),
        (role.Link, role.Base),
    ]
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        for text, ground in pairs:
            colours = [palette.color(group, part).name() for part in (text, ground)]
            assert contrast(*colours) >= READABLE, (text, ground)
    for text, ground in pairs[:4]:
        group = QPalette.ColorGroup.Disabled
        colours = [palette.color(group, part).name() for part in (text, ground)]
        assert contrast(*colours) >= READABLE, (text, ground)


def test_sensitivities_differ_in_icon_and_word_not_only_in_colour():
    assert LOOKS.keys() == set(Sensitivity)
    shapes = set()
    for sensitivity in Sensitivity:
        icon = resources_dir() / "icons" / f"{look(sensitivity).icon}.svg"
        shapes.add(icon.read_text(encoding="utf-8"))
    assert len(shapes) == len(Sensitivity)
    assert len({str(entry.word) for entry in LOOKS.values()}) == len(Sensitivity)
    for theme in THEMES:
        assert all(QColor(entry.colour(theme)).isValid() for entry in LOOKS.values())


def test_application_wears_what_is_chosen(appearance: Appearance, qapp: QApplication):
    for choice, theme in {
        ThemeChoice.LIGHT: LIGHT,
        ThemeChoice.DARK: DARK,
        ThemeChoice.HIGH_CONTRAST: HIGH_CONTRAST,
    }.items():
        appearance.choose(choice)
        assert current_theme() is theme
        assert qapp.palette().color(QPalette.ColorRole.Window).name() == theme.window


def test_system_is_followed_only_where_asked_to(appearance, qapp, monkeypatch):
    hints = qapp.styleHints()
    scheme = {"now": Qt.ColorScheme.Dark}
    monkeypatch.setattr(type(hints), "colorScheme", lambda _: scheme["now"])
    appearance.choose(ThemeChoice.SYSTEM)
    assert current_theme() is DARK
    scheme["now"] = Qt.ColorScheme.Light
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert current_theme() is LIGHT
    appearance.choose(ThemeChoice.HIGH_CONTRAST)
    scheme["now"] = Qt.ColorScheme.Dark
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert current_theme() is HIGH_CONTRAST


def test_high_contrast_shows_where_a_button_ends(appearance, qtbot):
    button = QPushButton("Press")
    qtbot.addWidget(button)
    button.show()
    button.clearFocus()
    edges = {}
    for choice in (ThemeChoice.HIGH_CONTRAST, ThemeChoice.LIGHT, ThemeChoice.HIGH_CONTRAST):
        appearance.choose(choice)
        qtbot.waitUntil(lambda: button.palette() == current_theme().palette())
        picture = button.grab().toImage()
        edges[choice] = picture.pixelColor(0, picture.height() // 2).name()
    assert contrast(edges[ThemeChoice.HIGH_CONTRAST], HIGH_CONTRAST.window) >= NON_TEXT_CONTRAST
    assert edges[ThemeChoice.LIGHT] != edges[ThemeChoice.HIGH_CONTRAST]


def test_widgets_hear_of_a_change(appearance, qtbot):
    class Listener(QWidget):
        heard: Theme | None = None

        def changeEvent(self, event):  # noqa: N802 - Qt's name
            if event.type() == QEvent.Type.PaletteChange:
                self.heard = current_theme()

    widget = Listener()
    qtbot.addWidget(widget)
    widget.show()
    appearance.choose(ThemeChoice.DARK)
    qtbot.waitUntil(lambda: widget.heard is DARK)

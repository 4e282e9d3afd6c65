"""Every icon that is spoken of is there, is drawn in the wanted colour, and looks like no other."""

import pytest
from PySide6.QtGui import QIcon

from padguard.catalog.icons import ICON_NAMES
from padguard.foundation.paths import resources_dir
from padguard.ui.action_table import ACTIONS
from padguard.ui.icons import icon, pixmap
from padguard.ui.notices import NoticeKind
from padguard.ui.sensitivity import LOOKS
from padguard.ui.theme import LIGHT

FOLDER = resources_dir() / "icons"
SPOKEN_OF = {
    *ICON_NAMES,
    *(spec.icon for spec in ACTIONS if spec.icon),
    *(entry.icon for entry in LOOKS.values()),
    *(kind.value for kind in NoticeKind),
    *("app", "input", "output", "variable", "subflow", "flow", "export"),
}


def test_every_icon_is_there():
    assert {name for name in SPOKEN_OF if not (FOLDER / f"{name}.svg").is_file()} == set()


def test_no_two_icons_are_drawn_alike(qapp):
    drawn: dict[bytes, str] = {}
    for path in sorted(FOLDER.glob("*.svg")):
        picture = pixmap(path.stem, "#000000", 32).toImage()
        assert any(picture.pixelColor(x, y).alpha() for x in range(32) for y in range(32)), (
            f"{path.stem} is empty"
        )
        same = drawn.setdefault(bytes(picture.constBits()), path.stem)
        assert same == path.stem


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_icons_have_the_wanted_colour_and_size(qapp, ratio):
    picture = pixmap("stop", "#ff0000", 24, ratio)
    assert picture.deviceIndependentSize().toSize().width() == 24
    assert picture.width() == 24 * ratio
    middle = picture.toImage().pixelColor(int(12 * ratio), int(12 * ratio))
    assert middle.name() == "#ff0000"


def test_buttons_show_a_paler_icon_when_disabled(qapp):
    made = icon("save", LIGHT)
    normal = made.pixmap(24, 24, QIcon.Mode.Normal).toImage()
    disabled = made.pixmap(24, 24, QIcon.Mode.Disabled).toImage()
    assert max(disabled.pixelColor(x, 12).alpha() for x in range(24)) < max(
        normal.pixelColor(x, 12).alpha() for x in range(24)
    )

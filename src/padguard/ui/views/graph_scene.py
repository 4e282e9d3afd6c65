"""A drawn graph: boxes and lines where the layout puts them, and which of them are selected."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGraphicsScene

from padguard.ui.theme import Theme
from padguard.ui.views.graph_items import BoxItem, Line, LineItem, curve, loop
from padguard.ui.views.graph_layout import Layout, Spacing
from padguard.ui.views.graph_style import Style

MARGIN = 12.0
Item = TypeVar("Item", bound=BoxItem)


def spacing_of(style: Style) -> Spacing:
    """Return the distances that suit a font."""
    line = style.line
    return Spacing(column=3.5 * line, row=0.75 * line, bend=0.5 * line, heading=2 * line, lane=line)


class GraphScene(QGraphicsScene, Generic[Item]):
    """Draws one graph at a time, in the colours of one theme."""

    def __init__(self, theme: Theme, font: QFont, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.style_shared = Style(theme, font)
        self._boxes: dict[str, Item] = {}
        self._lines: list[LineItem] = []
        self._current = ""

    def forget(self) -> None:
        """Draw nothing."""
        self._boxes, self._lines, self._current = {}, [], ""
        self.clear()
        self.setSceneRect(QRectF())

    def put(self, boxes: Iterable[Item], lines: Iterable[Line], layout: Layout) -> Iterator[None]:
        """Draw boxes and lines, pausing; there must be nothing yet but what lies below.

        Args:
            boxes: The boxes, in their order.
            lines: The lines; those with different ends stand in the order of the layout's routes.
            layout: Where they go.
        """
        routes = iter(layout.routes)
        area = QRectF(0, 0, layout.width, layout.height)
        self.setSceneRect(area.adjusted(-2 * MARGIN, -MARGIN, 2 * MARGIN, MARGIN))
        for box in boxes:
            self._boxes[box.key] = box
            self.addItem(box)
            yield
        for line in lines:
            here = line.start == line.end
            way = (
                loop(layout.boxes[line.start]) if here else curve(next(routes).points, line.sign_at)
            )
            self._lines.append(LineItem(line, way, self.style_shared))
            self.addItem(self._lines[-1])
            yield

    def pin(self, left: float) -> None:
        """Keep what must not go out of sight right of a line, in coordinates of the scene."""

    def tint(self, theme: Theme) -> None:
        """Draw in the colours of another theme."""
        self.style_shared.theme = theme
        self.update()

    def item_of(self, key: str) -> Item | None:
        """Return the box of a key, or None where it is not drawn."""
        return self._boxes.get(key)

    @property
    def nodes(self) -> Sequence[Item]:
        """The boxes in their order."""
        return list(self._boxes.values())

    @property
    def lines(self) -> Sequence[LineItem]:
        """The lines."""
        return self._lines

    @property
    def current(self) -> Item | None:
        """The box that the keyboard is at."""
        return self._boxes.get(self._current)

    def set_current(self, key: str) -> None:
        """Move the keyboard to a box; to none with an empty key."""
        for known in {self._current, key}:
            item = self._boxes.get(known)
            if item is not None:
                item.current = known == key
                item.update()
        self._current = key

    def beside(self, key: str, step: int) -> list[Item]:
        """Return the boxes that lines lead to from a box, or for a step of -1 come from."""
        ends = [
            item.line.end if step > 0 else item.line.start
            for item in self._lines
            if (item.line.start if step > 0 else item.line.end) == key
        ]
        return [found for end in dict.fromkeys(ends) if (found := self.item_of(end)) is not None]

    def show_chosen(self, keys: AbstractSet[str], special: Iterable[LineItem] = ()) -> None:
        """Show which boxes are selected, and emphasise lines: special ones, else those at boxes."""
        for key, box in self._boxes.items():
            if box.chosen != (key in keys):
                box.chosen = key in keys
                box.update()
        linked = set(special) or {
            item for item in self._lines if item.line.start in keys or item.line.end in keys
        }
        for item in self._lines:
            if item.linked != (item in linked):
                item.linked = item in linked
                item.update()

"""The access checklist on paper: a PDF, item by item, so that none is cut in two."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from html import escape

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument

from padguard.foundation.messages import Message, mark
from padguard.governance.access_model import AUDIENCE_WORDS, KIND_WORDS, Checklist, Item, ItemKind
from padguard.ui.theme import LIGHT
from padguard.ui.views.components_words import source_words
from padguard.ui.words import translate

POINTS = 10
MARGIN_MM = 18
RESOLUTION = 300
GAP = 0.10
"""Between two items, in inches."""
FOOT = 0.35
"""Room for the number of the page, in inches."""

HEADING = mark("access", "Access checklist: {audience}")
ITEM = mark("access", "{number}. {kind}: {title}")
DONE_OF = mark("access", "{done} of {count} done")
SOURCES = mark("access", "Sources: {sources}")
PAGE = mark("access", "{title} · page {number}")
TICKED, OPEN = "☑", "☐"


class AccessPrint:
    """Prints one checklist; `work` does so in slices, then `data` is the file."""

    def __init__(self, name: str, checklist: Checklist, done: AbstractSet[str]) -> None:
        self._name = name
        self._checklist = checklist
        self._done = done
        self._title = translate(HEADING(audience=AUDIENCE_WORDS[checklist.audience]))
        self._page = 1
        self.data = b""

    def work(self) -> Iterator[None]:
        """Print, pausing between the items."""
        data = QByteArray()
        device = QBuffer(data)
        device.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(device)
        writer.setResolution(RESOLUTION)
        writer.setTitle(self._title)
        writer.setCreator("PAD Guard")
        writer.setPageLayout(
            QPageLayout(
                QPageSize(QPageSize.PageSizeId.A4),
                QPageLayout.Orientation.Portrait,
                QMarginsF(*[MARGIN_MM] * 4),
                QPageLayout.Unit.Millimeter,
            )
        )
        painter = QPainter(writer)
        try:
            yield from self._draw(writer, painter)
        finally:
            painter.end()
            device.close()
        self.data = bytes(data.data())

    def _draw(self, writer: QPdfWriter, painter: QPainter) -> Iterator[None]:
        width, height = float(writer.width()), writer.height() - FOOT * RESOLUTION
        top = 0.0
        self._number(painter, writer)
        for html in self._parts():
            part = _document(html, writer, width)
            needed = part.size().height()
            if top and top + needed > height:
                self._turn(painter, writer)
                top = 0.0
            if needed > height:
                part.setPageSize(QSizeF(width, height))
                for number in range(part.pageCount()):
                    if number:
                        self._turn(painter, writer)
                    _draw_part(part, painter, 0, number * height, height)
                top = height
            else:
                _draw_part(part, painter, top, 0, needed)
                top += needed + GAP * RESOLUTION
            yield

    def _turn(self, painter: QPainter, writer: QPdfWriter) -> None:
        writer.newPage()
        self._page += 1
        self._number(painter, writer)

    def _number(self, painter: QPainter, writer: QPdfWriter) -> None:
        painter.setFont(_font(POINTS - 2))
        painter.setPen(QColor(LIGHT.muted))
        words = translate(PAGE(title=f"{self._name} · {self._title}", number=self._page))
        place = QRectF(0, 0, writer.width(), writer.height())
        shown = painter.fontMetrics().elidedText(
            words, Qt.TextElideMode.ElideMiddle, writer.width()
        )
        flags = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight
        painter.drawText(place, int(flags), shown)

    def _parts(self) -> Iterator[str]:
        items = self._checklist.items
        tickable = [item.key for item in items if item.kind is not ItemKind.KNOW]
        counts = DONE_OF(done=sum(key in self._done for key in tickable), count=len(tickable))
        yield (
            f"<h2 style='margin:0'>{escape(self._title)}</h2>"
            f"<p style='margin:4px 0 8px 0'>{escape(self._name)}<br>{_words(counts)}</p>"
        )
        for number, item in enumerate(items, 1):
            yield self._item(number, item)

    def _item(self, number: int, item: Item) -> str:
        words = ITEM(number=number, kind=KIND_WORDS[item.kind], title=item.title)
        box = "" if item.kind is ItemKind.KNOW else TICKED if item.key in self._done else OPEN
        parts = [f"<p style='margin:0'>{box} <b>{_words(words)}</b></p>"]
        said = [sentence for sentence in (item.why, item.inference) if sentence is not None]
        parts += (f"<p style='margin:2px 0 0 18px'>{_words(sentence)}</p>" for sentence in said)
        if item.steps:
            parts.append(f"<ol style='margin:2px 0 0 0'>{_steps(item.steps)}</ol>")
        if item.sources:
            sources = SOURCES(sources="; ".join(map(source_words, item.sources)))
            style = f"margin:2px 0 0 18px;color:{LIGHT.muted};font-size:{POINTS - 2}pt"
            parts.append(f"<p style='{style}'>{_words(sources)}</p>")
        return "".join(parts)


def _document(html: str, writer: QPdfWriter, width: float) -> QTextDocument:
    """Return a part of the page, laid out for a width in pixels of the writer."""
    document = QTextDocument()
    document.documentLayout().setPaintDevice(writer)
    document.setDefaultFont(_font(POINTS))
    document.setDocumentMargin(0)
    document.setHtml(f"<div style='color:{LIGHT.text}'>{html}</div>")
    document.setTextWidth(width)
    return document


def _draw_part(
    part: QTextDocument, painter: QPainter, top: float, skipped: float, height: float
) -> None:
    """Draw as much of a part as is ``height`` pixels high, without what is skipped before it."""
    painter.save()
    painter.translate(0, top - skipped)
    part.drawContents(painter, QRectF(0, skipped, part.textWidth(), height))
    painter.restore()


def _font(points: int) -> QFont:
    font = QFont()
    font.setPointSize(points)
    return font


def _steps(steps: Sequence[Message]) -> str:
    return "".join(f"<li>{_words(step)}</li>" for step in steps)


def _words(message: Message) -> str:
    return escape(translate(message))

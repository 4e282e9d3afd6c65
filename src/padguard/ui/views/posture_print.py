"""The posture on paper: a PDF in light colours, whatever the window wears."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QUrl
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from padguard.rules.finding import Severity
from padguard.ui.icons import pixmap
from padguard.ui.severity import look
from padguard.ui.theme import LIGHT
from padguard.ui.views.posture_page import posture_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from padguard.flow.model import Flow
    from padguard.reports.posture import Posture

POINTS: Final = 9
ICON: Final = 56
"""Pixels of an icon, which is drawn a quarter as large: sharp also on paper."""

PAPER: Final = replace(LIGHT, link=LIGHT.text)
"""The light theme, in which nothing looks like something to be clicked."""


def print_posture(name: str, posture: "Posture", flows: "Mapping[str, Flow]") -> bytes:
    """Return a posture as a PDF of A4 pages with numbers.

    Args:
        name: What the export is called.
        posture: How it stands.
        flows: Its flows by id.
    """
    data = QByteArray()
    device = QBuffer(data)
    device.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(device)
    writer.setTitle(name)
    writer.setCreator("PAD Guard")
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(),  # the text document keeps two centimetres of its own
        )
    )
    document = QTextDocument()
    font = QFont()
    font.setPointSize(POINTS)
    document.setDefaultFont(font)
    document.setDefaultStyleSheet(f"a {{ text-decoration: none }} body {{ color: {PAPER.text} }}")
    for severity in Severity:
        shown = look(severity)
        image = pixmap(shown.icon, shown.colour(PAPER), ICON).toImage()
        kind = QTextDocument.ResourceType.ImageResource.value
        document.addResource(kind, QUrl(f"icon:{shown.icon}"), image)
    document.setHtml(f"<body>{posture_page(name, posture, flows, PAPER).html}</body>")
    document.print_(writer)
    device.close()
    return bytes(data.data())

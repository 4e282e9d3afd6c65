"""Where the elements of an XML member stand in its bytes, so that one can be replaced alone."""

import re
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

_TAG = re.compile(
    rb"<(?P<close>/?)(?P<name>[^\s/><!?=\"']+)"
    rb"(?P<rest>[^\"'<>]*(?:\"[^\"<]*\"[^\"'<>]*|'[^'<]*'[^\"'<>]*)*)>"
)
_WORKFLOW = re.compile(rb"<!--|<!\[CDATA\[|<\?|<(?P<close>/?)Workflow(?=[\s/>])")
_CDATA = re.compile(rb"<!\[CDATA\[.*?\]\]>", re.DOTALL)
_ENDS = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}


Splice: TypeAlias = tuple[int, int, bytes]
"""Replace the bytes from start to end by other bytes."""


class Element(NamedTuple):
    """An element; offsets count bytes of the member.

    ``start`` and ``end`` embrace the tags, ``inner_start`` and ``inner_end`` the content; these
    two are equal to ``end`` for an element written as one tag (``<Inputs />``).
    """

    name: bytes
    start: int
    end: int
    inner_start: int
    inner_end: int


def workflow_spans(data: bytes) -> list[tuple[int, int]]:
    """Return start and end of every ``<Workflow>`` element, in the order of the bytes.

    In well-formed XML every ``<`` starts markup, so only comments, CDATA sections and
    instructions need to be stepped over. Where the XML is damaged, the elements up to the damage
    and those that close after it are found.
    """
    spans: list[tuple[int, int]] = []
    start = -1
    position = 0
    while match := _WORKFLOW.search(data, position):
        position = match.end()
        if match[0] in _ENDS:
            position = _after(data, match[0], match.end())
            if position < 0:
                break
            continue
        tag = _TAG.match(data, match.start())
        if tag is None:
            continue
        position = tag.end()
        if match["close"]:
            if start >= 0:
                spans.append((start, position))
            start = -1
        elif not tag["rest"].endswith(b"/"):
            start = match.start()
    return spans


def start_tag(data: bytes, start: int) -> bytes:
    """Return the tag that stands at ``start``; ``>`` within its attributes does not end it."""
    tag = _TAG.match(data, start)
    return b"" if tag is None else tag[0]


def child_elements(data: bytes, start: int, end: int) -> list[Element]:
    """Return the direct children of the element that stands at ``start`` up to ``end``.

    Raises:
        ValueError: The bytes are no well-formed element.
    """
    children: list[Element] = []
    opened: list[re.Match[bytes]] = []
    for tag in _tags(data, start, end):
        if tag["close"]:
            if not opened or opened[-1]["name"] != tag["name"]:
                break
            opener = opened.pop()
            if len(opened) == 1:
                children.append(
                    Element(tag["name"], opener.start(), tag.end(), opener.end(), tag.start())
                )
            if not opened:
                return children
        elif not tag["rest"].endswith(b"/"):
            opened.append(tag)
        elif len(opened) == 1:
            children.append(Element(tag["name"], tag.start(), tag.end(), tag.end(), tag.end()))
    message = "not a well-formed element"
    raise ValueError(message)


def replace_content(data: bytes, element: Element, content: bytes) -> Splice:
    """Return the splice (start, end, bytes) that gives an element another content.

    Raises:
        ValueError: It holds elements, comments or instructions, which would be lost.
    """
    if element.inner_start == element.end:
        tag = data[element.start : element.end].removesuffix(b"/>").rstrip()
        return element.start, element.end, b"%b>%b</%b>" % (tag, content, element.name)
    if b"<" in _CDATA.sub(b"", data[element.inner_start : element.inner_end]):
        message = "not plain text"
        raise ValueError(message)
    return element.inner_start, element.inner_end, content


def splice(data: bytes, splices: list[Splice]) -> bytes:
    """Return ``data`` with each (start, end, bytes) replaced; the spans must not overlap."""
    parts: list[bytes] = []
    position = 0
    for start, end, content in sorted(splices):
        parts += (data[position:start], content)
        position = end
    parts.append(data[position:])
    return b"".join(parts)


def _tags(data: bytes, start: int, end: int) -> Iterator[re.Match[bytes]]:
    """Yield the tags between two offsets, stepping over comments, CDATA and instructions."""
    position = data.find(b"<", start, end)
    while position >= 0:
        opening = next((known for known in _ENDS if data.startswith(known, position)), b"")
        if opening:
            after = _after(data, opening, position + len(opening))
        else:
            tag = _TAG.match(data, position, end)
            if tag is not None:
                yield tag
            after = -1 if tag is None else tag.end()
        if after < 0:
            return
        position = data.find(b"<", after, end)


def _after(data: bytes, opening: bytes, position: int) -> int:
    """Return where a comment, CDATA section or instruction ends, or -1 where it does not."""
    closing = _ENDS[opening]
    found = data.find(closing, position)
    return -1 if found < 0 else found + len(closing)

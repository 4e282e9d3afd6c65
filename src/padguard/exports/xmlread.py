"""XML members read safely: no DTD, no entities, nothing fetched."""

import re

from lxml import etree

from padguard.exports.limits import LIMITS, MIB, RefusedError, too_large
from padguard.foundation.errors import OpenError
from padguard.foundation.messages import mark

HAS_DTD = mark(
    "exports",
    "“{name}” is refused: it declares a document type (DTD), which no export of Power Automate "
    "does and which can be used to attack programs that read it.",
)
NOT_UTF8 = mark(
    "exports",
    "“{name}” is refused: it is not stored as UTF-8, as exports of Power Automate are.",
)
DAMAGED_XML = mark(
    "exports",
    "“{name}” is damaged: it is no well-formed XML (line {line}).",
)

_PROLOGUE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*", re.DOTALL)
_ENCODING = re.compile(rb"<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
_OTHER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0")
_TEXT_NODE_LIMIT = 10 * MIB


def parse_xml(data: bytes, name: str) -> etree._Element:
    """Return the root element of an XML member; comments and instructions are left out.

    Args:
        data: The bytes of the member, UTF-8 with or without byte order mark.
        name: The name of the member, for errors.

    Raises:
        RefusedError: It has a DTD, another encoding, or is too large.
        OpenError: It is not well-formed.
    """
    check_prologue(data, name)
    if len(data) > LIMITS.member:
        raise RefusedError(too_large(name, LIMITS.member))
    parser = etree.XMLParser(
        encoding="utf-8",  # checked above; a declaration must not choose another
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        # libxml2 refuses text beyond 10 MB unless it may read "huge" trees, and one script can be
        # longer. What that guards against is entities that multiply and input without end: there
        # are no entities without a DTD, and the size has just been checked.
        huge_tree=len(data) > _TEXT_NODE_LIMIT,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise OpenError(DAMAGED_XML(name=name, line=error.lineno or 1)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise RefusedError(HAS_DTD(name=name))
    return root


def check_prologue(data: bytes, name: str) -> None:
    """Refuse a DTD and any encoding in which one could hide from a search for its bytes.

    A DTD can stand only before the root element, so what looks like one in a comment or a CDATA
    section of the content is none.

    Raises:
        RefusedError: It has a DTD or another encoding.
    """
    declared = _ENCODING.search(data, 0, 400)
    if data.startswith(_OTHER_MARKS) or (
        declared is not None and declared[1].lower() not in {b"utf-8", b"utf8", b"us-ascii"}
    ):
        raise RefusedError(NOT_UTF8(name=name))
    match = _PROLOGUE.match(data)
    if match is not None and data.startswith(b"<!", match.end()):
        raise RefusedError(HAS_DTD(name=name))

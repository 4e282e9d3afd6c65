"""Cloud flows with new text: what they say then, and the members that hold them."""

from dataclasses import replace

from padguard.exports.model import CloudFlow, CloudTexts, Export
from padguard.exports.payloads import BOM, Json, decode_json
from padguard.foundation.errors import EditError, OpenError, SaveError
from padguard.foundation.messages import mark

NOT_READABLE = mark(
    "exports",
    "“{name}” could not be read any more after this change, so nothing was changed: {reason}",
)
NOT_STORED = mark(
    "exports",
    "“{name}” would hold a character that cannot be stored (at character {position}). Nothing was "
    "changed.",
)
SHARED = mark(
    "exports",
    "“{name}” shares its file “{member}” with another flow, so it cannot be changed alone. "
    "Nothing was changed.",
)


def with_cloud_texts(export: Export, texts: CloudTexts) -> Export:
    """Return an export whose cloud flows have new texts; all else is shared.

    Args:
        export: An export; not changed. It may be opened, or come from here.
        texts: New JSON texts by `CloudFlow.id`; an id that no cloud flow has is passed over.

    Returns:
        An export that says what the texts say, and that is saved with them.

    Raises:
        EditError: A text is no JSON, or nested too deep.
    """
    flows = (_with_text(flow, texts.get(flow.id, flow.text)) for flow in export.cloud_flows)
    return replace(export, cloud_flows=tuple(flows))


def cloud_members(export: Export, texts: CloudTexts) -> dict[str, bytes]:
    """Return what the members that hold cloud flows shall be.

    Args:
        export: An opened export.
        texts: New JSON texts by `CloudFlow.id`.

    Returns:
        Bytes by name of member, also of those that are stored so already.

    Raises:
        SaveError: A text is no JSON, cannot be stored, or has to share its member with another.
    """
    members: dict[str, str] = {}
    for flow in export.cloud_flows:
        text = texts.get(flow.id, flow.text)
        if members.setdefault(flow.member, text) != text:
            raise SaveError(SHARED(name=flow.name, member=flow.member))
        if text != flow.text:
            try:
                _decoded(flow, text)
            except OpenError as error:
                raise SaveError(NOT_READABLE(name=flow.name, reason=error.message)) from error
    return {member: _encoded(member, text) for member, text in members.items() if text}


def _with_text(flow: CloudFlow, text: str) -> CloudFlow:
    if text == flow.text:
        return flow
    try:
        return replace(flow, text=text, definition=_decoded(flow, text))
    except OpenError as error:
        raise EditError(NOT_READABLE(name=flow.name, reason=error.message)) from error


def _decoded(flow: CloudFlow, text: str) -> Json:
    return decode_json(text.removeprefix(BOM), flow.member)


def _encoded(member: str, text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise SaveError(NOT_STORED(name=member, position=error.start + 1)) from None

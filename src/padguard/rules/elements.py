"""Names of screens and UI elements as they may be shown: they quote what was on the screen."""

from padguard.analysis.hits import SURE
from padguard.analysis.inspection import Inspection
from padguard.analysis.secrets.carriers import secrets_in_text
from padguard.analysis.secrets.model import Carrier, SecretPart
from padguard.foundation.masked import MASK


def clear_secrets(
    inspection: Inspection, text: str, hint: Carrier | None = None
) -> list[SecretPart]:
    """Return the secrets that are written out in a text, in the order of the text."""
    found = secrets_in_text(text, hint=hint, vocabulary=inspection.options.vocabulary)
    return [part for part in found if part.confidence >= SURE and not part.is_reference]


def screen_name(inspection: Inspection, name: str) -> str:
    """Return the name of a screen or element with the secrets in it masked."""
    for part in reversed(clear_secrets(inspection, name)):
        name = name[: part.start] + MASK + name[part.end :]
    return name

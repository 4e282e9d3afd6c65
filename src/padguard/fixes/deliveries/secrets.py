"""The secrets of a flow before a change, so that none of them comes back in a text about it."""

from padguard.flow.model import Flow
from padguard.foundation.masked import MASK
from padguard.robin.literals import decode_text

SHORTEST = 4  # characters; shorter ones stand in other words by chance


class SecretTexts:
    """What was found to be a secret in a flow, as it is written and as it is read.

    `padguard.flow.masking` masks the places that an analysis has found. This knows the texts
    themselves, for a change may carry one to a place where nobody has looked for it.
    """

    __slots__ = ("_texts",)

    def __init__(self, flow: Flow) -> None:
        written = {flow.script.text[start:end].strip() for start, end in flow.secrets or ()}
        read = {decode_text(f"'{text}'") for text in written}
        long = (text for text in written | read if len(text) >= SHORTEST)
        self._texts = sorted(long, key=len, reverse=True)

    def __contains__(self, text: str) -> bool:
        """Tell whether a text holds one of the secrets."""
        return any(secret in text for secret in self._texts)

    def masked(self, text: str) -> str:
        """Return a text with the secrets in it masked."""
        for secret in self._texts:
            text = text.replace(secret, MASK)
        return text

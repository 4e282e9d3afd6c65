"""A value that shows itself only when it is asked to."""

from typing import Final

MASK: Final = "••••"


class Masked:
    """Holds a secret; ``repr``, ``str`` and ``format`` print the mask, whatever its length.

    Only what judges, compares or replaces secrets calls `reveal`, and to show one: the gesture of
    the window and ``--show-secrets``.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the secret in clear."""
        return self._value

    def __repr__(self) -> str:
        return f"Masked({MASK})"

    def __str__(self) -> str:
        return MASK

    def __format__(self, spec: str) -> str:
        return format(MASK, spec)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Masked) and self._value == other._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __bool__(self) -> bool:
        return bool(self._value)

    def __reduce__(self) -> tuple[type["Masked"], tuple[str]]:
        message = "a masked value is never serialised"
        raise TypeError(message)

"""What can go wrong while an environment is read."""

from padguard.foundation.errors import PadGuardError


class CollectError(PadGuardError):
    """Nothing can be collected as asked: the address, the token or the set-up is not right."""


class StoppedError(CollectError):
    """Reading cannot go on now; what was read is kept and can be gone on with later."""


class PartError(CollectError):
    """One part of the environment cannot be read; the others may be."""

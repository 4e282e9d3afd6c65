"""Python's cyclic garbage collector, out of the way while many objects are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collection_paused() -> Iterator[None]:
    """Keep the collector from running while an export is read.

    It would look again and again at a growing heap in which nothing can be collected yet. Where it
    is switched off already, as in the window, it stays so.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()

"""Exports saved, or rendered to the bytes that saving would write."""

from pathlib import Path

from padguard.exports.model import Export, Scripts
from padguard.exports.reconcile import NO_SOURCE, changed_members
from padguard.foundation.errors import SaveError
from padguard.foundation.progress import Progress


def save_export(
    export: Export, scripts: Scripts, path: Path, progress: Progress | None = None
) -> None:
    """Write an export with new scripts; all or nothing.

    Saving over what was opened keeps a copy of it beside it: ``name.bak.zip``, or a folder
    ``name.bak`` with the replaced files of an unpacked solution.

    Args:
        export: An opened export.
        scripts: New scripts by id of flow; a flow that is not named keeps its script.
        path: The file, or for an unpacked solution the folder, to write.
        progress: Told of every step; may be cancelled.

    Raises:
        SaveError: Nothing was written; what stood there stands there still.
        CancelledError: ``progress`` was cancelled; nothing was written.
    """
    if export.source is None:
        raise SaveError(NO_SOURCE)
    changes = changed_members(export, scripts)
    export.source.save(changes, path, progress or Progress())


def render_export(export: Export, scripts: Scripts) -> bytes:
    """Return the bytes that `save_export` would write to a file.

    Raises:
        SaveError: It could not be written, or the export is a folder.
    """
    if export.source is None:
        raise SaveError(NO_SOURCE)
    return export.source.render(changed_members(export, scripts))

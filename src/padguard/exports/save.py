"""Exports saved, or rendered to the bytes that saving would write."""

from pathlib import Path

from padguard.exports.model import CloudTexts, Export, Flags, Scripts
from padguard.exports.reconcile import NO_SOURCE, changed_members
from padguard.foundation.errors import SaveError
from padguard.foundation.progress import Progress


def save_export(
    export: Export,
    scripts: Scripts,
    path: Path,
    progress: Progress | None = None,
    cloud: CloudTexts | None = None,
    flags: Flags | None = None,
) -> None:
    """Write an export with new scripts, cloud flows and settings; all or nothing.

    Saving over what was opened keeps a copy of it beside it: ``name.bak.zip``, or a folder
    ``name.bak`` with the replaced files of an unpacked solution. A program that is killed while
    it saves leaves a file as it was or as it shall be; of a folder, see `foldersave`.

    Args:
        export: An opened export.
        scripts: New scripts by id of flow; a flow that is not named keeps its script.
        path: The file, or for an unpacked solution the folder, to write.
        progress: Told of every step; may be cancelled.
        cloud: New JSON texts by `CloudFlow.id`; one that is not named keeps the text it has.
        flags: Settings of desktop flows; see `changed_members`.

    Raises:
        SaveError: Nothing was written; what stood there stands there still.
        CancelledError: ``progress`` was cancelled; nothing was written.
    """
    if export.source is None:
        raise SaveError(NO_SOURCE)
    changes = changed_members(export, scripts, cloud, flags)
    export.source.save(changes, path, progress or Progress())


def render_export(
    export: Export,
    scripts: Scripts,
    cloud: CloudTexts | None = None,
    flags: Flags | None = None,
) -> bytes:
    """Return the bytes that `save_export` would write to a file.

    Raises:
        SaveError: It could not be written, or the export is a folder.
    """
    if export.source is None:
        raise SaveError(NO_SOURCE)
    return export.source.render(changed_members(export, scripts, cloud, flags))

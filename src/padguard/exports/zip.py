"""The solution zip, as Power Automate exports it."""

from collections.abc import Mapping
from pathlib import Path

from padguard.exports.container import FileContainer
from padguard.exports.model import ExportKind
from padguard.exports.zipread import ZipBytes
from padguard.exports.zipwrite import rewrite

_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")


class ZipContainer(FileContainer):
    """A solution zip, held in memory and unpacked one member at a time."""

    kind = ExportKind.SOLUTION

    def __init__(self, archive: ZipBytes, path: Path | None) -> None:
        super().__init__(archive.data, path)
        self._archive = archive

    @classmethod
    def of_file(cls, data: bytes, name: str, path: Path | None) -> "ZipContainer | None":
        """Open a zip; return None where the file is something else.

        Raises:
            OpenError: It is damaged or refused.
        """
        if not data.startswith(_SIGNATURES) and not name.lower().endswith(".zip"):
            return None
        return cls(ZipBytes.open(data, name), path)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all members, in the order of the zip."""
        return self._archive.names

    def read(self, name: str) -> bytes:
        """Return the bytes of a member.

        Raises:
            OpenError: There is no such member, or it cannot be unpacked.
        """
        return self._archive.read(name)

    def render(self, changes: Mapping[str, bytes], /) -> bytes:
        """Return the zip with some members changed.

        Raises:
            SaveError: The zip is in a form that can be read only.
        """
        return rewrite(self._archive, changes)

"""The legacy package of a desktop flow: a zip in base64 within the flow's JSON."""

import base64
import binascii

from padguard.exports.zipread import ZipBytes
from padguard.exports.zipwrite import rewrite
from padguard.foundation.errors import OpenError
from padguard.foundation.messages import mark

NO_BASE64 = mark("exports", "The package in “{name}” is damaged: it is no valid base64.")
NO_SCRIPT = mark("exports", "The package in “{name}” holds no script.")
DAMAGED_SCRIPT = mark(
    "exports", "The script of the package in “{name}” is damaged: it is no valid UTF-16 text."
)

SCRIPT_ENTRY = "script.robin"
_CODEC = "utf-16-le"
_BOM = "\ufeff"


class Package:
    """A legacy package: ``script.robin`` beside UI elements, images and manifest, all UTF-16LE.

    Its zip is checked like that of an export, with the same limits.
    """

    def __init__(self, archive: ZipBytes, script: str) -> None:
        self._archive = archive
        self._stored_script = script

    @classmethod
    def decode(cls, text: str, name: str) -> "Package":
        """Open a package.

        Args:
            text: Its base64 text.
            name: The member it stands in, for errors.

        Raises:
            RefusedError: Its zip breaks a limit or a rule.
            OpenError: It is damaged.
        """
        try:
            data = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError) as error:
            raise OpenError(NO_BASE64(name=name)) from error
        archive = ZipBytes.open(data, f"{name} › package")
        if SCRIPT_ENTRY not in archive.names:
            raise OpenError(NO_SCRIPT(name=name))
        try:
            script = archive.read(SCRIPT_ENTRY).decode(_CODEC, "surrogatepass")
        except UnicodeDecodeError as error:
            raise OpenError(DAMAGED_SCRIPT(name=name)) from error
        return cls(archive, script)

    @property
    def script(self) -> str:
        """The Robin text, without byte order mark."""
        return self._stored_script.removeprefix(_BOM)

    def with_script(self, script: str) -> str:
        """Return the base64 text of this package with another script, all else as it is."""
        if script == self.script:
            data = self._archive.data
        else:
            has_mark = self._stored_script.startswith(_BOM) or script.startswith(_BOM)
            stored = (_BOM * has_mark + script).encode(_CODEC, "surrogatepass")
            data = rewrite(self._archive, {SCRIPT_ENTRY: stored})
        return base64.b64encode(data).decode("ascii")

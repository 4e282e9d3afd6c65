"""Where an export keeps its parts: the names in a zip, in an unpacked one, in a source tree."""

import re
from collections.abc import Iterable, Iterator

from padguard.exports.container import Container
from padguard.foundation.errors import OpenError
from padguard.foundation.messages import mark

SEVERAL = mark(
    "exports",
    "There are several solutions here (“{first}” and “{second}”). Open one of them.",
)

_SOLUTION = ("solution.xml", "other/solution.xml")
_CUSTOMIZATIONS = ("customizations.xml", "other/customizations.xml")
_WORKFLOWS = "workflows/"
_FLOW_ELEMENT = ".json.data.xml"
_LANDMARK = re.compile(
    r"((?:[^/]+/)*?)(?:(?:other/)?(?:solution|customizations)\.xml|workflows/[^/]*\.json\.data\.xml)"
)


class Layout:
    """Finds members by what they are, whatever upper and lower case the container uses.

    Tools that unpack solutions for source control put solution.xml and customizations.xml into
    ``Other``, each workflow's element into a file of its own, and all of it into a folder such as
    ``src``; so names are looked for from the folder on in which the export starts.
    """

    def __init__(self, source: Container) -> None:
        self._names = {name.casefold(): name for name in source.names}
        self._base = _base(self._names)

    @property
    def is_export(self) -> bool:
        """Whether there is anything of a solution at all."""
        return bool(
            self.solution or self.customizations or self.flow_elements or self.workflow_jsons
        )

    @property
    def solution(self) -> str:
        """The name of solution.xml, or empty."""
        return self._first(_SOLUTION)

    @property
    def customizations(self) -> str:
        """The name of customizations.xml, or empty."""
        return self._first(_CUSTOMIZATIONS)

    @property
    def flow_elements(self) -> tuple[str, ...]:
        """The names of the files that hold one ``<Workflow>`` element each."""
        return tuple(self.under(_WORKFLOWS, _FLOW_ELEMENT))

    @property
    def workflow_jsons(self) -> tuple[str, ...]:
        """The names of the JSON files of workflows."""
        return tuple(self.under(_WORKFLOWS, ".json"))

    def find(self, relative: str) -> str:
        """Return the name of a member given from where the export starts, or empty."""
        return self._names.get(self._base + relative.lstrip("/").casefold(), "")

    def beside(self, name: str, relative: str) -> str:
        """Return the name of a member given from the folder of another one, or empty."""
        folder = name.rsplit("/", 1)[0]
        return self._names.get(f"{folder}/{relative}".casefold(), "")

    def under(self, folder: str, ending: str) -> Iterator[str]:
        """Yield the names of the members in a folder and below that end in ``ending``."""
        start = self._base + folder.casefold()
        for folded, name in self._names.items():
            if folded.startswith(start) and folded.endswith(ending):
                yield name

    def _first(self, candidates: tuple[str, ...]) -> str:
        return next((name for name in map(self.find, candidates) if name), "")


def _base(names: Iterable[str]) -> str:
    """Return the folder in which the export starts, with ``/`` at its end, or empty.

    It is the least deep one that holds what every export has.

    Raises:
        OpenError: There are several, side by side.
    """
    starts = {match[1] for match in map(_LANDMARK.fullmatch, names) if match}
    depth = min((start.count("/") for start in starts), default=0)
    highest = sorted(start for start in starts if start.count("/") == depth)
    if len(highest) > 1:
        raise OpenError(SEVERAL(first=highest[0].rstrip("/"), second=highest[1].rstrip("/")))
    return highest[0] if highest else ""

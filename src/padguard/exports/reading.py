"""One reading of an export under way: where its members are, and what could not be read."""

from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from padguard.exports.container import Container
from padguard.exports.layout import Layout
from padguard.exports.limits import RefusedError
from padguard.exports.model import Problem
from padguard.exports.payloads import Json, decode_json_bytes, decode_utf8
from padguard.exports.xmlread import parse_xml
from padguard.foundation.errors import OpenError
from padguard.foundation.messages import Message


class Reading:
    """What all readers of the parts of an export share.

    Attributes:
        source: The container.
        layout: Where it keeps its parts.
        problems: What could not be read so far.
    """

    def __init__(self, source: Container) -> None:
        self.source = source
        self.layout = Layout(source)
        self.problems: list[Problem] = list(source.problems)

    def xml(self, name: str) -> etree._Element:
        """Return the root element of a member.

        Raises:
            OpenError: It is damaged or refused.
        """
        return parse_xml(self.source.read(name), name)

    def json(self, name: str) -> Json:
        """Return what a JSON member says.

        Raises:
            OpenError: It is damaged or refused.
        """
        return decode_json_bytes(self.source.read(name), name)

    def text(self, name: str) -> str:
        """Return the text of a UTF-8 member to the letter, a byte order mark included.

        Raises:
            OpenError: It is damaged or refused.
        """
        return decode_utf8(self.source.read(name), name)

    def problem(self, where: str, message: Message) -> None:
        """Note that a part could not be read."""
        self.problems.append(Problem(where, message))

    @contextmanager
    def noting(self, where: str) -> Iterator[None]:
        """Go on after a damaged part, with a problem noted; a refused one refuses the export."""
        try:
            yield
        except RefusedError:
            raise
        except OpenError as error:
            self.problem(where, error.message)

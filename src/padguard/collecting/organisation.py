"""The address of an organisation, and which addresses belong to it."""

import re
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

from padguard.collecting.errors import CollectError
from padguard.foundation.messages import mark

API: Final = "/api/data/v9.2/"
"""Where the Dataverse Web API lies (Dataverse Web API reference)."""

NOT_ADDRESS = mark(
    "collecting",
    "--url must be the address of an environment and nothing more: "
    "https://contoso.crm4.dynamics.com",
)
NOT_HTTPS = mark(
    "collecting",
    "--url must start with https://, so that nobody on the way can read the access token.",
)

_DEFAULT_PORTS: Final = {"https": 443, "http": 80}
_HOST: Final = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")


@dataclass(frozen=True, slots=True)
class Organisation:
    """The organisation behind an environment.

    Attributes:
        scheme: ``https``; ``http`` only for this machine itself.
        host: In lower case.
        port: The port.
    """

    scheme: str
    host: str
    port: int

    @property
    def origin(self) -> str:
        """The address, without a slash at its end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    @property
    def is_local(self) -> bool:
        """Whether it is this machine itself."""
        return _is_loopback(self.host)

    def address(self, question: str) -> str:
        """Return where to ask a question.

        Args:
            question: What stands behind the address of the API.
        """
        return f"{self.origin}{API}{question}"

    def question(self, url: str) -> str | None:
        """Return what an address asks of this organisation; None where it leads anywhere else."""
        try:
            parts = urlsplit(url)
            port = parts.port or _DEFAULT_PORTS.get(parts.scheme)
        except ValueError:
            return None
        same = (parts.scheme, parts.hostname, port) == (self.scheme, self.host, self.port)
        if not same or parts.username is not None or not parts.path.startswith(API):
            return None
        path = parts.path.removeprefix(API)
        return f"{path}?{parts.query}" if parts.query else path


def organisation_of(url: str) -> Organisation:
    """Return the organisation at an address.

    Raises:
        CollectError: It is no such address, or the way there is not protected.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port or _DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        raise CollectError(NOT_ADDRESS) from None
    host = (parts.hostname or "").rstrip(".")
    if port is None or not _is_bare(parts) or not _is_host(host):
        raise CollectError(NOT_ADDRESS)
    if parts.scheme == "http" and not _is_loopback(host):
        raise CollectError(NOT_HTTPS)
    return Organisation(parts.scheme, host, port)


def _is_bare(parts: SplitResult) -> bool:
    beside = (parts.path.strip("/"), parts.query, parts.fragment)
    return not any(beside) and parts.username is None and parts.password is None


def _is_host(host: str) -> bool:
    return _HOST.fullmatch(host) is not None or (":" in host and _is_loopback(host))


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False

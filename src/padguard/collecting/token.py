"""The access token: taken from an environment variable, shown nowhere."""

import base64
import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from padguard.collecting.errors import CollectError, StoppedError
from padguard.collecting.organisation import Organisation
from padguard.foundation.masked import Masked
from padguard.foundation.messages import mark

DEFAULT_VARIABLE: Final = "PADGUARD_TOKEN"

NO_TOKEN = mark(
    "collecting",
    "There is no access token in the environment variable {names}. Put one there: for example, "
    "what “az account get-access-token --resource {origin} --query accessToken -o tsv” prints.",
)
NO_VALID_TOKEN = mark(
    "collecting",
    "What is in the environment variable {name} is no access token: it holds characters that no "
    "token has.",
)
OTHER_AUDIENCE = mark(
    "collecting",
    "The access token in {name} is for {audience} and not for {host}. Nothing was sent. Get a "
    "token for {origin}.",
)
EXPIRED = mark(
    "collecting",
    "The access token in {name} has expired ({when} UTC). Get a new one and put it there.",
)

_TOKEN: Final = re.compile(r"[A-Za-z0-9._~+/-]+=*")  # RFC 6750, section 2.1
_BEARER: Final = re.compile(r"\Abearer(\s+|$)", re.IGNORECASE)
_LONGEST: Final = 16_000  # characters; servers refuse longer headers


def token_for(
    organisation: Organisation,
    names: Sequence[str],
    environment: Mapping[str, str],
    now: datetime,
) -> Masked:
    """Return the access token in the first of some environment variables that is set.

    A token that says whom it is for is refused for anybody else, and one that says that it has
    expired is refused before anything is asked; others are taken as they are.

    Args:
        organisation: Whom it shall be sent to.
        names: Names of the variables.
        environment: The environment variables.
        now: The time, with its time zone.

    Raises:
        CollectError: There is none, or it must not be sent.
        StoppedError: It has expired.
    """
    name = next((name for name in names if environment.get(name, "").strip()), "")
    if not name:
        joined = ", ".join(names)
        raise CollectError(NO_TOKEN(names=joined, origin=organisation.origin))
    written = _BEARER.sub("", environment[name].strip(), count=1)
    if not _TOKEN.fullmatch(written) or len(written) > _LONGEST:
        raise CollectError(NO_VALID_TOKEN(name=name))
    claims = _claims(written)
    _check_audience(claims.get("aud"), organisation, name)
    expires = claims.get("exp")
    if isinstance(expires, int) and 0 < expires < now.timestamp():
        when = datetime.fromtimestamp(expires, UTC).strftime("%Y-%m-%d %H:%M")
        raise StoppedError(EXPIRED(name=name, when=when))
    return Masked(written)


def _check_audience(audience: object, organisation: Organisation, name: str) -> None:
    """Refuse a token that says that it is for another address; ids say nothing of addresses."""
    if not isinstance(audience, str) or not audience.startswith("https://"):
        return
    try:
        host = urlsplit(audience).hostname
    except ValueError:
        return
    if host and host != organisation.host:
        raise CollectError(
            OTHER_AUDIENCE(
                name=name, audience=host, host=organisation.host, origin=organisation.origin
            )
        )


def _claims(token: str) -> dict[str, Any]:
    """Return what a token says of itself; nothing where it is none that says anything."""
    parts = token.split(".")
    if len(parts) != 3:
        return {}
    try:
        found = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}

"""Asks the Web API of one organisation: GET only, never elsewhere, the token told to nobody."""

import json
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from padguard.collecting.errors import CollectError, PartError, StoppedError
from padguard.collecting.organisation import Organisation
from padguard.collecting.waiting import Patience
from padguard.foundation.masked import MASK, Masked
from padguard.foundation.messages import Message, mark
from padguard.foundation.printable import printable

if TYPE_CHECKING:
    import httpx

PAGE_ROWS: Final = 1000
LARGEST_ANSWER: Final = 64 * 1024 * 1024
"""Bytes, unpacked; a page of a thousand rows has about one million."""
TIMEOUT: Final = 60.0
"""Seconds without a single byte."""

NO_HTTPX = mark(
    "collecting",
    "To read an environment, PAD Guard needs one more package. Install it with: "
    'pip install "padguard[collect]"',
)
NOT_ACCEPTED = mark(
    "collecting",
    "{host} does not accept the access token (401). It may have expired, or be for something else. "
    "Get a new one and put it into the environment variable.",
)
BUSY = mark(
    "collecting", "{host} is busy and asks to come back later ({status}). Try again in a while."
)
NOT_REACHED = mark("collecting", "{host} could not be reached ({reason}). Check the address.")
REDIRECTED = mark(
    "collecting",
    "{host} answers that it has moved ({status}). For the sake of the access token PAD Guard does "
    "not follow. Check the address.",
)
REFUSED = mark("collecting", "Refused ({status}).")
REFUSED_WITH = mark("collecting", "Refused ({status}): {said}.")
NOT_THERE = mark("collecting", "Not there ({status}).")
NOT_THERE_WITH = mark("collecting", "Not there ({status}): {said}.")
FAILED = mark("collecting", "The service failed ({status}).")
FAILED_WITH = mark("collecting", "The service failed ({status}): {said}.")
NOT_UNDERSTOOD = mark("collecting", "The answer was not what the Web API is documented to give.")
TOO_LARGE = mark("collecting", "The answer was larger than {limit} MB.")

_LONGEST_SAID: Final = 300
_BUSY: Final = (429, 503)
_FAILED: Final = (500, 502, 504)
_HEADERS: Final = {
    "Accept": "application/json",
    "OData-MaxVersion": "4.0",
    "OData-Version": "4.0",
    "Prefer": f"odata.maxpagesize={PAGE_ROWS},odata.include-annotations="
    '"OData.Community.Display.V1.FormattedValue,Microsoft.Dynamics.CRM.lookuplogicalname"',
}

Sleep = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, what Retry-After says, the body (with the token blotted out)."""

    status: int
    retry_after: str | None
    body: bytes


class Client:
    """Asks questions of one organisation, one after the other.

    The token is sent to that organisation only: addresses are made from questions, and redirects
    are not followed. An answer that repeats the token has it blotted out before anybody reads it.
    """

    def __init__(
        self, http: "httpx.Client", organisation: Organisation, token: Masked, sleep: Sleep
    ) -> None:
        self._http = http
        self._token = token
        self._sleep = sleep
        self.organisation = organisation

    def ask(self, question: str) -> dict[str, Any]:
        """Return the answer to a question; waits and asks anew where the service is busy.

        Args:
            question: What stands behind the address of the API.

        Raises:
            PartError: The service will not or cannot answer this question.
            StoppedError: The service cannot be asked any more, for now.
        """
        patience = Patience()
        while True:
            answer = self._once(question, patience)
            if answer is None:
                continue
            if answer.status == 200:
                return _decoded(answer.body)
            self._after(answer, patience)

    def _once(self, question: str, patience: Patience) -> Answer | None:
        """Return what came back, or None where the line failed and it is worth another try."""
        import httpx

        try:
            return self._sent(question)
        except httpx.HTTPError as error:
            seconds = patience.after_failure()
            if seconds is None:
                reason = type(error).__name__
                raise StoppedError(self._words(NOT_REACHED, reason=reason)) from None
            self._sleep(seconds)
            return None

    def _sent(self, question: str) -> Answer:
        token = self._token.reveal()
        headers = {**_HEADERS, "Authorization": f"Bearer {token}"}
        url = self.organisation.address(question)
        with self._http.stream("GET", url, headers=headers) as response:
            body = bytearray()
            for piece in response.iter_bytes():
                body += piece
                if len(body) > LARGEST_ANSWER:
                    raise PartError(TOO_LARGE(limit=LARGEST_ANSWER // 1024 // 1024))
            kept = bytes(body).replace(token.encode("ascii"), MASK.encode())
            return Answer(response.status_code, response.headers.get("Retry-After"), kept)

    def _after(self, answer: Answer, patience: Patience) -> None:
        """Wait where it is worth asking anew; else raise what an answer means."""
        status = answer.status
        if status == 401:
            raise StoppedError(self._words(NOT_ACCEPTED))
        if 300 <= status < 400:
            raise StoppedError(self._words(REDIRECTED, status=status))
        if status in _BUSY:
            seconds = patience.after_busy(answer.retry_after, datetime.now(UTC))
            if seconds is None:
                raise StoppedError(self._words(BUSY, status=status))
            self._sleep(seconds)
        elif status in _FAILED and (again := patience.after_failure()) is not None:
            self._sleep(again)
        else:
            raise PartError(_refusal(answer))

    def _words(self, words: Message, **params: object) -> Message:
        return words(host=self.organisation.host, **params)


@contextmanager
def connected(
    organisation: Organisation, token: Masked, sleep: Sleep = time.sleep
) -> Iterator[Client]:
    """Yield a client for an organisation; nothing is sent before it is asked something.

    Certificates are checked against what the system trusts; proxies that the environment names
    are used, except to reach this machine itself.

    Args:
        organisation: Whom to ask.
        token: The access token.
        sleep: Waits for some seconds.

    Raises:
        CollectError: The package that it takes is not installed.
    """
    try:
        import httpx
    except ImportError as error:
        raise CollectError(NO_HTTPX) from error
    with httpx.Client(
        verify=ssl.create_default_context(),
        timeout=TIMEOUT,
        follow_redirects=False,
        trust_env=not organisation.is_local,
    ) as http:
        yield Client(http, organisation, token, sleep)


def _decoded(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise PartError(NOT_UNDERSTOOD) from None
    if not isinstance(found, dict):
        raise PartError(NOT_UNDERSTOOD)
    return found


def _refusal(answer: Answer) -> Message:
    words, with_reason = REFUSED, REFUSED_WITH
    if answer.status == 404:
        words, with_reason = NOT_THERE, NOT_THERE_WITH
    elif answer.status >= 500:
        words, with_reason = FAILED, FAILED_WITH
    said = _said(answer.body)
    return with_reason(status=answer.status, said=said) if said else words(status=answer.status)


def _said(body: bytes) -> str:
    """Return what an error of the Web API says, in one line, or ""."""
    try:
        error = json.loads(body)["error"]
        said = error["message"]
    except (ValueError, RecursionError, KeyError, TypeError):
        return ""
    return printable(said[:_LONGEST_SAID]).rstrip(". ") if isinstance(said, str) else ""

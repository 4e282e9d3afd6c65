"""Whom the token is sent to, and that it is shown to nobody."""

import base64
import json
import sys
from datetime import UTC, datetime, timedelta

import pytest
from tests.collecting.dataverse import TOKEN

from padguard.collecting.client import connected
from padguard.collecting.errors import CollectError, StoppedError
from padguard.collecting.organisation import organisation_of
from padguard.collecting.token import token_for
from padguard.collecting.waiting import Patience
from padguard.foundation.masked import Masked

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ORGANISATION = organisation_of("https://contoso.crm4.dynamics.com")


def token(**claims):
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"eyJhbGciOiJub25lIn0.{body}.c2lnbmF0dXJl"


def taken(written, *names, **others):
    return token_for(ORGANISATION, names or ("T",), {"T": written, **others}, NOW)


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://contoso.crm4.dynamics.com", "https://contoso.crm4.dynamics.com"),
        (" HTTPS://Contoso.CRM4.dynamics.com:443/ ", "https://contoso.crm4.dynamics.com"),
        ("https://crm.contoso.example:8443", "https://crm.contoso.example:8443"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://127.0.0.9", "http://127.0.0.9"),
        ("http://[::1]:81", "http://[::1]:81"),
    ],
)
def test_addresses(url, origin):
    organisation = organisation_of(url)
    assert organisation.origin == origin
    assert organisation_of(organisation.origin) == organisation


@pytest.mark.parametrize(
    "url",
    [
        "",
        "contoso.crm4.dynamics.com",
        "http://contoso.crm4.dynamics.com",
        "http://127.0.0.1.evil.example",
        "http://0.0.0.0",
        "ftp://contoso.crm4.dynamics.com",
        "https://",
        "https://user:pass@contoso.crm4.dynamics.com",
        "https://contoso.crm4.dynamics.com/main.aspx",
        "https://contoso.crm4.dynamics.com?x=1",
        "https://contoso.crm4.dynamics.com#x",
        "https://contoso.crm4.dynamics.com:port",
        "https://contoso.crm4.dynamics.com:99999",
        "https://contoso.crm4.dynamics.com\\@evil.example",
        "https://contoso.crm4.dyn amics.com",
        "https://[::2]",
        "https://[nonsense",
    ],
)
def test_addresses_that_are_refused(url):
    with pytest.raises(CollectError):
        organisation_of(url)


@pytest.mark.parametrize(
    ("link", "question"),
    [
        ("https://contoso.crm4.dynamics.com/api/data/v9.2/a?$x=1%202", "a?$x=1%202"),
        ("HTTPS://CONTOSO.crm4.dynamics.com:443/api/data/v9.2/a", "a"),
        ("https://contoso.crm4.dynamics.com:444/api/data/v9.2/a", None),
        ("http://contoso.crm4.dynamics.com/api/data/v9.2/a", None),
        ("https://evil.example/api/data/v9.2/a", None),
        ("https://contoso.crm4.dynamics.com@evil.example/api/data/v9.2/a", None),
        ("https://x@contoso.crm4.dynamics.com/api/data/v9.2/a", None),
        ("https://contoso.crm4.dynamics.com/other", None),
        ("//evil.example/api/data/v9.2/a", None),
        ("/api/data/v9.2/a", None),
        ("https://[", None),
        ("https://contoso.crm4.dynamics.com:x/api/data/v9.2/a", None),
    ],
)
def test_which_addresses_are_its_own(link, question):
    assert ORGANISATION.question(link) == question


def test_tokens():
    assert taken(f" Bearer {TOKEN}\n").reveal() == TOKEN
    assert taken("", "A", "T", "B", B=TOKEN).reveal() == TOKEN
    whole = token(aud="https://contoso.crm4.dynamics.com/", exp=NOW.timestamp() + 60)
    assert taken(whole).reveal() == whole
    by_id = token(aud="00000007-0000-0000-c000-000000000000")
    assert taken(by_id).reveal() == by_id
    assert taken("a.b.c").reveal() == "a.b.c"


@pytest.mark.parametrize(
    "written", ["", "  ", "two words", "line\nbreak", "Grün", "x" * 20_000, '"quoted"', "Bearer "]
)
def test_what_is_no_token(written):
    with pytest.raises(CollectError) as caught:
        taken(written)
    assert not written.strip() or written.strip() not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_token_for_another_address_is_not_sent():
    with pytest.raises(CollectError, match=r"for evil\.example and not for contoso"):
        taken(token(aud="https://evil.example"))


def test_an_expired_token_is_told_before_anything_is_asked():
    old = token(exp=int((NOW - timedelta(hours=1)).timestamp()))
    with pytest.raises(StoppedError, match="2026-03-01 11:00"):
        taken(old)


def test_without_the_extra_it_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "httpx", None)
    with (
        pytest.raises(CollectError, match=r'pip install "padguard\[collect\]"'),
        connected(ORGANISATION, Masked(TOKEN)),
    ):
        pass


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("5", 5.0),
        (" 300 ", 300.0),
        ("301", None),
        ("Sun, 01 Mar 2026 12:02:00 GMT", 120.0),
        ("Sun, 01 Mar 2026 12:02:00 -0000", 120.0),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0.0),
        ("Sun, 01 Mar 2027 12:00:00 GMT", None),
        ("soon", 2.0),
        ("-5", 2.0),
        ("٣", 3.0),
        (None, 2.0),
    ],
)
def test_how_long_to_wait(header, seconds):
    assert Patience().after_busy(header, NOW) == seconds


def test_patience_ends():
    patience = Patience()
    waits = [patience.after_busy(None, NOW) for _ in range(9)]
    assert waits == [2, 4, 8, 16, 32, 60, 60, 60, None]
    assert [patience.after_failure() for _ in range(4)] == [1, 2, 4, None]

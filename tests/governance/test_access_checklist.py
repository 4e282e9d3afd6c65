"""The access checklist: what to share with whom, in an order in which nothing fails half-way."""

from pathlib import Path

import pytest
from tests.governance.inventory_making import (
    ELSEWHERE,
    FIRST,
    QUEUE,
    SECOND,
    inventory_of,
    made,
    run_flow,
    stored,
    taken,
)

from padguard.foundation.errors import ConfigError, SaveError
from padguard.governance.access import checklist
from padguard.governance.access_facts import ACCESS
from padguard.governance.access_model import AUDIENCE_WORDS, KIND_WORDS, Audience, ItemKind
from padguard.governance.access_ticks import read_ticks, write_ticks
from padguard.governance.components import PRESENCE_WORDS, TYPE_WORDS, ComponentType, Presence

ITEMS = f"WorkQueues.GetWorkQueueItems WorkQueue: $'''{QUEUE}''' WorkQueueItems=> Items\r\n"
GET = "Vault.GetCredential CredentialName: $'''Sap''' Credential=> C\r\n"
CONNECTION = {
    "api": {"name": "/providers/Microsoft.PowerApps/apis/shared_office365"},
    "connectionReferenceLogicalName": "abc_Mail",
    "displayName": "Our mail",
    "isEmbedded": False,
}


def flows(**payloads):
    rows = run_flow(SECOND) + run_flow(ELSEWHERE) + ITEMS
    return stored(FIRST, rows, "Parent"), stored(SECOND, GET, "Child", **payloads)


def items(audience, *given, **parts):
    return checklist(taken(made(*(given or flows()), **parts)), audience).items


def titles(audience, kind=ItemKind.SHARE, *given):
    return [str(item.title) for item in items(audience, *given) if item.kind is kind]


@pytest.mark.parametrize("audience", [Audience.CO_OWNER, Audience.USER, Audience.SERVICE_ACCOUNT])
def test_what_a_flow_needs_is_shared_before_the_flow(audience):
    role = "Co-owner" if audience is Audience.CO_OWNER else "User"
    shares = titles(audience)
    assert shares[0].startswith(f"Work queue “{QUEUE}”")
    assert shares[1:5] == [
        "Credential “Sap”: give access as User (can view only)",
        f"Child flow “{ELSEWHERE}”: give access as User",
        f"Desktop flow “Child”: give access as {role}",
        f"Desktop flow “Parent”: give access as {role}",
    ]
    assert len(shares) == (6 if audience is Audience.SERVICE_ACCOUNT else 5)


@pytest.mark.parametrize("audience", list(Audience))
def test_everybody_is_told_who_can_read_what(audience):
    known = [item for item in items(audience) if item.kind is ItemKind.KNOW]
    assert "Read on all rows of the table Process" in str(known[0].title)
    assert "Save as" in str(known[1].title)
    assert known[1].inference is not None
    assert all(item.sources for item in known)


def test_sharing_a_credential_says_what_comes_with_it():
    known = titles(Audience.USER, ItemKind.KNOW)
    assert any("environment variables behind it" in title for title in known)
    without = titles(Audience.USER, ItemKind.KNOW, stored(FIRST))
    assert not any("environment variables" in title for title in without)


def test_a_reviewer_gets_no_component():
    assert titles(Audience.REVIEWER) == [
        "Desktop flow “Child”: give access as User",
        "Desktop flow “Parent”: give access as User",
    ]


def test_connections_are_embedded_for_co_owners_and_brought_by_users():
    given = flows(connection_references=[CONNECTION])
    embed = titles(Audience.CO_OWNER, ItemKind.CHECK, *given)[0]
    assert embed == "Connection reference “Our mail”: embed it in “Child”"
    assert titles(Audience.USER, ItemKind.CHECK, *given)[0].startswith("Connector Office 365")
    embedded = flows(connection_references=[{**CONNECTION, "isEmbedded": True}])
    assert not titles(Audience.CO_OWNER, ItemKind.CHECK, *embedded)[0].startswith("Connection")


def test_a_service_account_co_owns_flows_with_connector_actions():
    given = flows(connection_references=[CONNECTION])
    by_flow = {item.flow_id: item for item in items(Audience.SERVICE_ACCOUNT, *given)}
    assert str(by_flow[SECOND].title).endswith("Co-owner")
    assert by_flow[SECOND].inference is not None
    assert str(by_flow[FIRST].title).endswith("User")
    assert any("Machine" in title for title in titles(Audience.SERVICE_ACCOUNT))


def test_what_is_decided_at_run_time_has_to_be_found_out():
    rows = "External.RunFlow FlowId: Which WaitToComplete: True\r\n"
    rows += "Vault.GetCredential CredentialName: Which Credential=> C\r\n"
    checks = titles(Audience.USER, ItemKind.CHECK, stored(FIRST, rows))
    assert checks[:2] == [
        "Credential: find out which one is used",
        "Child flow: find out which one is run in “Flow 1”",
    ]


def test_disabled_rows_are_named_and_nothing_is_shared_for_them():
    given = stored(FIRST, f"DISABLE {ITEMS}")
    assert titles(Audience.USER, ItemKind.SHARE, given) == [
        "Desktop flow “Flow 1”: give access as User"
    ]
    assert any(QUEUE in title for title in titles(Audience.USER, ItemKind.KNOW, given))


def test_a_missing_component_is_looked_for_first():
    queue = next(item for item in items(Audience.USER) if item.component.startswith("work-queue"))
    assert QUEUE in str(queue.steps[0])
    assert len(queue.steps) == 1 + len(ACCESS[ComponentType.WORK_QUEUE].steps)


@pytest.mark.parametrize("audience", list(Audience))
def test_sentences_are_whole_and_keys_unique(sample: Path, audience):
    listed = checklist(inventory_of(sample), audience)
    for item in listed.items:
        for message in (item.title, item.why, item.inference, *item.steps):
            assert "{" not in str(message)
        assert item.key.startswith(f"{audience.value}/")
        if item.kind is ItemKind.SHARE:
            assert item.steps
            assert item.sources
    assert len({item.key for item in listed.items}) == len(listed.items)


def test_an_export_without_flows():
    empty = checklist(taken(made()), Audience.SERVICE_ACCOUNT)
    assert empty.items


def test_every_kind_has_words_and_facts():
    assert set(ACCESS) == set(TYPE_WORDS) == set(ComponentType)
    assert set(PRESENCE_WORDS) == set(Presence)
    assert set(AUDIENCE_WORDS) == set(Audience)
    assert set(KIND_WORDS) == set(ItemKind)
    undocumented = {kind for kind, access in ACCESS.items() if not access.sources}
    assert undocumented == {ComponentType.AI_MODEL}


def test_ticks_are_kept(tmp_path: Path):
    file = tmp_path / "done.toml"
    assert read_ticks(file) == frozenset()
    keys = {item.key for item in items(Audience.USER)}
    write_ticks(file, keys)
    assert read_ticks(file) == keys
    write_ticks(file, [])
    assert read_ticks(file) == frozenset()


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe",
        b"not toml",
        b"",
        b'schema = "other/1"\ndone = []\n',
        b'schema = "padguard-checklist/1"\ndone = "all"\n',
        b'schema = "padguard-checklist/1"\ndone = [1]\n',
    ],
)
def test_a_file_that_is_no_checklist(tmp_path: Path, content: bytes):
    file = tmp_path / "other.toml"
    file.write_bytes(content)
    with pytest.raises(ConfigError, match=r"other\.toml"):
        read_ticks(file)


def test_ticks_saved_by_notepad(tmp_path: Path):
    file = tmp_path / "done.toml"
    write_ticks(file, ["user/read-all"])
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert read_ticks(file) == {"user/read-all"}


def test_a_folder_cannot_hold_ticks(tmp_path: Path):
    with pytest.raises(ConfigError):
        read_ticks(tmp_path)
    with pytest.raises(SaveError):
        write_ticks(tmp_path / "no" / "such.toml", [])

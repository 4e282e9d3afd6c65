"""An environment is read part by part, however the service behaves."""

import json
from datetime import UTC, datetime, timedelta

import jsonschema
import pytest
from tests.collecting.dataverse import (
    ADA,
    ADMIN_ROLE,
    BEN,
    CREDENTIAL,
    NEVER,
    TEAM,
    TOKEN,
    Dataverse,
    failure,
    flow_id,
    serving,
)

from padguard.collecting.errors import CollectError, StoppedError
from padguard.collecting.journal import journal_path
from padguard.collecting.organisation import organisation_of
from padguard.collecting.run import Order, collect
from padguard.foundation.errors import CancelledError, SaveError
from padguard.foundation.paths import resources_dir
from padguard.foundation.progress import Progress
from padguard.governance.snapshot import PartState, PrincipalKind, RowKind, Share
from padguard.governance.snapshot_reading import read_snapshot

SHARE = "RetrieveSharedPrincipalsAndAccess"


@pytest.fixture
def service():
    with serving(Dataverse()) as found:
        yield found


@pytest.fixture
def output(tmp_path):
    return tmp_path / "contoso.json"


class Waits:
    def __init__(self):
        self.seconds = []

    def __call__(self, seconds):
        self.seconds.append(seconds)


def read(service, output, *, token=TOKEN, waits=None, progress=None, **order):
    organisation = organisation_of(service.url)
    wanted = Order(organisation, ("TOKEN",), output, **order)
    return collect(wanted, {"TOKEN": token}, progress or Progress(), waits or Waits())


def part(snapshot, about):
    (found,) = [one for one in snapshot.parts if one.about == about]
    return found


def schema():
    path = resources_dir() / "schemas" / "environment.schema.json"
    return json.loads(path.read_text(encoding="utf-8"))


def test_what_is_taken(service, output):
    snapshot = read(service, output, policies=[{"displayName": "P"}])
    assert read_snapshot(output) == snapshot
    assert snapshot.ignored == ()
    assert snapshot.unread == ()
    audit = snapshot.audit
    assert (audit.enabled, audit.retention_days, audit.user_access) == (False, 30, False)
    assert snapshot.tables["workflow"].can_be_changed is False
    assert snapshot.tables["workqueue"].audited is True
    flow = snapshot.row(RowKind.DESKTOP_FLOW, flow_id(1).upper())
    assert (flow.name, flow.owner) == ("Flow 1", ADA)
    assert flow.shares == (Share(BEN, ("read",)), Share(TEAM, ("read", "append to", "share")))
    assert snapshot.principal(ADA).name == "Ada Field"
    assert snapshot.principal(TEAM).kind is PrincipalKind.TEAM
    assert snapshot.row(RowKind.CREDENTIAL, CREDENTIAL).name == "Sap"
    variable = snapshot.named(RowKind.ENVIRONMENT_VARIABLE, "ABC_sappassword")
    assert (variable.name, variable.value_type) == ("Sap password", "Secret")
    (role,) = snapshot.read_all_roles
    assert (role.id, role.name, role.holders) == (ADMIN_ROLE, "Flow readers", (BEN, TEAM))
    assert snapshot.policies == ({"displayName": "P"},)
    assert not journal_path(output).exists()


def test_the_file_is_as_its_schema_says(service, output):
    read(service, output)
    written = json.loads(output.read_bytes())
    validator = jsonschema.Draft202012Validator
    validator.check_schema(schema())
    validator(schema()).validate(written)
    known = schema()["properties"]
    assert written.keys() <= known.keys()
    assert written["rows"][0].keys() <= known["rows"]["items"]["properties"].keys()


def test_only_get_and_values_are_never_asked_for_or_kept(service, output):
    service.fault = lambda path, count: failure(403, "No.") if "flowmachines" in path else None
    read(service, output)
    assert {method for method, _, _ in service.asked} == {"GET"}
    assert not any("defaultvalue" in path or "definition," in path for path in service.paths())
    assert NEVER.encode() not in output.read_bytes()
    agents = {headers["authorization"] for _, _, headers in service.asked}
    assert agents == {f"Bearer {TOKEN}"}


def test_pages_are_followed(output):
    with serving(Dataverse(flows=25, page=10)) as service:
        snapshot = read(service, output)
    flows = [row for row in snapshot.rows if row.kind is RowKind.DESKTOP_FLOW]
    assert [row.name for row in flows] == [f"Flow {number}" for number in range(25)]
    assert len(service.paths("$skiptoken")) == 2


@pytest.mark.parametrize(
    "link", ["http://127.0.0.1:1/api/data/v9.2/x", "https://evil.example/api/data/v9.2/x", 7, ""]
)
def test_a_next_page_elsewhere_is_not_asked_for(service, output, link):
    def fault(path, count):
        if "workqueues?" in path:
            return 200, {}, {"value": [], "@odata.nextLink": link}
        return None

    service.fault = fault
    snapshot = read(service, output)
    assert part(snapshot, "rows:work-queue").state is PartState.NOT_READABLE
    assert part(snapshot, "rows:credential").state is PartState.COMPLETE


def test_pages_without_end_are_given_up(service, output):
    def fault(path, count):
        if "workqueues?" in path:
            link = f"{service.url}/api/data/v9.2/workqueues?x=1"
            return 200, {}, {"value": [], "@odata.nextLink": link}
        return None

    service.fault = fault
    assert "no end" in part(read(service, output), "rows:work-queue").reason
    assert len(service.paths("workqueues?")) == 2


def test_one_table_refused_leaves_the_others(service, output):
    words = "Principal user is missing prvReadcredential privilege"
    service.fault = lambda path, count: failure(403, words) if "credentials?" in path else None
    snapshot = read(service, output)
    refused = part(snapshot, "rows:credential")
    assert refused.state is PartState.NOT_READABLE
    assert refused.reason == f"Refused (403): {words}."
    assert snapshot.named(RowKind.WORK_QUEUE, "invoices") is not None
    assert [one.about for one in snapshot.unread] == ["rows:credential"]
    assert read_snapshot(output) == snapshot


def test_shares_that_are_refused_are_not_known(service, output):
    hidden = f"workflows({flow_id(1)})"
    service.fault = lambda path, count: failure(403, "No") if hidden in path else None
    snapshot = read(service, output)
    assert snapshot.row(RowKind.DESKTOP_FLOW, flow_id(1)).shares is None
    assert snapshot.row(RowKind.DESKTOP_FLOW, flow_id(2)).shares is not None
    assert part(snapshot, "shares:desktop-flow").state is PartState.PARTLY
    assert part(snapshot, "shares:desktop-flow").reason.startswith("1 of 3 could not be read.")


def test_shares_are_given_up_where_all_are_refused(output):
    with serving(Dataverse(flows=500)) as service:
        service.fault = lambda path, count: failure(403, "No") if SHARE in path else None
        snapshot = read(service, output)
    assert len(service.paths("workflows(")) == 20
    assert part(snapshot, "shares:desktop-flow").state is PartState.NOT_READABLE


def test_shares_can_be_left_out(service, output):
    snapshot = read(service, output, with_shares=False)
    assert service.paths(SHARE) == []
    assert part(snapshot, "shares:desktop-flow").state is PartState.NOT_ASKED
    assert {row.shares for row in snapshot.rows} == {None}


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(("after", "total"), [("7", 7.0), ("0", 0.0), (None, 2.0)])
def test_busy_services_are_waited_for(service, output, status, after, total):
    headers = {} if after is None else {"Retry_After": after}
    service.fault = lambda path, count: failure(status, "Slow", **headers) if count == 4 else None
    waits = Waits()
    snapshot = read(service, output, waits=waits)
    assert snapshot.unread == ()
    assert sum(waits.seconds) == total


def test_a_date_says_when_to_come_back(service, output):
    when = datetime.now(UTC) + timedelta(seconds=100)
    date = when.strftime("%a, %d %b %Y %H:%M:%S GMT")
    service.fault = lambda path, count: failure(429, "", Retry_After=date) if count == 2 else None
    waits = Waits()
    read(service, output, waits=waits)
    assert 80 < sum(waits.seconds) <= 100


@pytest.mark.parametrize("after", ["100000", "999999999999999999"])
def test_whoever_asks_to_wait_too_long_stops_it(service, output, after):
    service.fault = lambda path, count: failure(429, "", Retry_After=after) if count > 4 else None
    with pytest.raises(StoppedError, match="come back later"):
        read(service, output)
    assert not output.exists()
    assert journal_path(output).exists()


def test_busy_for_ever_stops_it(service, output):
    service.fault = lambda path, count: failure(503, "") if count > 4 else None
    with pytest.raises(StoppedError):
        read(service, output)
    assert len(service.asked) == 4 + 9


@pytest.mark.parametrize(("status", "asked"), [(500, 4), (502, 4), (504, 4), (400, 1), (418, 1)])
def test_failures_are_tried_again_and_then_told(service, output, status, asked):
    service.fault = lambda path, count: failure(status, "Oops") if "flowmachines?" in path else None
    snapshot = read(service, output)
    assert part(snapshot, "rows:machine").state is PartState.NOT_READABLE
    assert str(status) in part(snapshot, "rows:machine").reason
    assert len(service.paths("flowmachines?")) == asked


@pytest.mark.parametrize(
    "body",
    [
        b"<html>Sign in</html>",
        b"[]",
        b"{}",
        b'{"value": 3}',
        b'{"value": [3]}',
        b"\xff",
        b"[" * 9999,
    ],
)
def test_answers_of_another_form(service, output, body):
    service.fault = lambda path, count: (200, {}, body) if "credentials?" in path else None
    snapshot = read(service, output)
    assert part(snapshot, "rows:credential").state is PartState.NOT_READABLE


@pytest.mark.parametrize("key", ["no-id", "../x", "1); DROP", None, 3])
def test_ids_that_are_none_never_get_into_an_address(service, output, key):
    service.rows["workqueues"][0]["workqueueid"] = key
    snapshot = read(service, output)
    assert part(snapshot, "rows:work-queue").state is PartState.NOT_READABLE
    assert not service.paths("workqueues(")


def test_redirects_are_not_followed(service, output):
    with serving(Dataverse()) as other:
        location = f"{other.url}/api/data/v9.2/organizations"
        service.fault = lambda path, count: (302, {"Location": location}, {})
        with pytest.raises(StoppedError, match="moved"):
            read(service, output)
        assert other.asked == []


def test_a_line_that_is_cut_is_tried_again(service, output):
    service.fault = lambda path, count: (0, {}, None) if count in (3, 9) else None
    assert read(service, output).unread == ()


def test_a_line_that_stays_cut_stops_it(service, output):
    service.fault = lambda path, count: (0, {}, None) if count > 5 else None
    with pytest.raises(StoppedError, match="could not be reached"):
        read(service, output)
    assert not output.exists()


def test_nobody_there(output):
    with serving(Dataverse()) as service:
        pass
    with pytest.raises(StoppedError, match="could not be reached"):
        read(service, output)
    assert not output.exists()


def test_an_expired_token_stops_it_and_a_new_one_goes_on(service, output):
    service.fault = lambda path, count: failure(401, TOKEN) if count == 12 else None
    with pytest.raises(StoppedError, match="401"):
        read(service, output)
    assert not output.exists()
    before = service.paths()
    service.token = f"{TOKEN}new"
    snapshot = read(service, output, token=f"{TOKEN}new", resume=True)
    assert snapshot.unread == ()
    again = service.paths()[len(before) :]
    assert set(again).isdisjoint(before[:11])
    assert again[0] == before[11]
    assert snapshot.started < snapshot.finished
    with serving(Dataverse()) as fresh:
        whole = read(fresh, output)
    assert (snapshot.rows, snapshot.tables) == (whole.rows, whole.tables)
    assert (snapshot.principals, snapshot.parts) == (whole.principals, whole.parts)


def test_what_was_refused_is_asked_for_again(service, output):
    def fault(path, count):
        if "credentials?" in path:
            return failure(403, "Not yet")
        return failure(401, "") if "roles?" in path else None

    service.fault = fault
    with pytest.raises(StoppedError):
        read(service, output)
    service.fault = lambda path, count: None
    assert read(service, output, resume=True).unread == ()


def test_a_line_cut_off_in_the_journal_is_asked_for_again(service, output):
    service.fault = lambda path, count: failure(401, "") if count == 12 else None
    with pytest.raises(StoppedError):
        read(service, output)
    path = journal_path(output)
    path.write_bytes(path.read_bytes()[:-20])
    service.fault = lambda path, count: failure(401, "") if count == 16 else None
    with pytest.raises(StoppedError):
        read(service, output, resume=True)
    service.fault = lambda path, count: None
    assert read(service, output, resume=True).unread == ()


def test_only_the_same_goes_on(service, output):
    with pytest.raises(CollectError, match="nothing to go on"):
        read(service, output, resume=True)
    service.fault = lambda path, count: failure(401, "") if count == 6 else None
    with pytest.raises(StoppedError):
        read(service, output)
    with pytest.raises(CollectError, match="not begun for"):
        read(service, output, resume=True, with_shares=False)
    path = journal_path(output)
    head, _, rest = path.read_text(encoding="ascii").partition("\n")
    old = json.loads(head) | {"started": "2020-01-01T00:00:00+00:00"}
    path.write_text(f"{json.dumps(old)}\n{rest}", encoding="ascii")
    with pytest.raises(CollectError, match="more than a day ago"):
        read(service, output, resume=True)
    path.write_text("no journal", encoding="ascii")
    with pytest.raises(CollectError, match="not begun for"):
        read(service, output, resume=True)
    service.fault = lambda path, count: None
    assert read(service, output).unread == ()


def test_an_older_snapshot_stays_until_the_new_one_is_whole(service, output):
    output.write_bytes(b"older")
    service.fault = lambda path, count: failure(401, "") if count > 6 else None
    with pytest.raises(StoppedError):
        read(service, output)
    assert output.read_bytes() == b"older"


def test_cancelling_keeps_what_was_read(service, output):
    progress = Progress()

    def fault(path, count):
        if count == 8:
            progress.cancel()

    service.fault = fault
    with pytest.raises(CancelledError):
        read(service, output, progress=progress)
    assert not output.exists()
    assert read(service, output, resume=True).unread == ()


def test_nothing_readable_is_no_snapshot(service, output):
    service.fault = lambda path, count: failure(403, "Nobody")
    with pytest.raises(CollectError, match="Nothing of the environment"):
        read(service, output)
    assert list(output.parent.iterdir()) == []


def test_a_folder_that_is_not_there_is_told_before_anything_is_asked(service, tmp_path):
    with pytest.raises(SaveError):
        read(service, tmp_path / "nowhere" / "x.json")
    assert service.asked == []


def test_ten_thousand_flows_throttled_failing_and_gone_on_with(output):
    with serving(Dataverse(flows=10_000)) as service:

        def fault(path, count):
            if count in (5, 6):
                return failure(429, "Too many requests", Retry_After="3")
            if count == 9:
                return failure(503, "Unavailable")
            return failure(401, "Expired") if count == 5_000 else None

        service.fault = fault
        waits = Waits()
        with pytest.raises(StoppedError):
            read(service, output, waits=waits)
        assert sum(waits.seconds) == 3 + 3 + 2
        assert not output.exists()
        service.fault = lambda path, count: None
        snapshot = read(service, output, resume=True)
    assert snapshot.unread == ()
    flows = [row for row in snapshot.rows if row.kind is RowKind.DESKTOP_FLOW]
    assert len({row.id for row in flows}) == 10_000
    assert all(len(row.shares) == 2 for row in flows)
    shared = service.paths("workflows(")
    assert len(set(shared)) == 10_000
    assert len(shared) == 10_001  # the one that was refused was asked for twice
    assert read_snapshot(output) == snapshot
    assert [path.name for path in output.parent.iterdir()] == [output.name]

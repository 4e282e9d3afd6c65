"""Decisions about findings, and the file beside an export that keeps them."""

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from padguard.foundation.errors import ConfigError, SaveError
from padguard.foundation.masked import MASK
from padguard.rules.finding import Finding
from padguard.rules.triage import Decision, Decisions, State, decide
from padguard.session.session import Session
from padguard.session.triage_file import (
    change_decisions,
    parse_decisions,
    read_decisions,
    triage_path,
    write_decisions,
)

TODAY = date(2026, 5, 4)
HEAD = b"format = 1\n"
ROW = b'decisions = [{fingerprint = "3f00", state = "accepted", rule = "PG101", reason = "demo"'


def decision(fingerprint: str, reason: str = "a demo", **more: Any) -> Decision:
    known = Decision(fingerprint, State.ACCEPTED, "PG101", "flow-1", "Desk", "Main › Key", reason)
    return replace(known, **more)


def findings_of(text: str) -> list[Finding]:
    session = Session.from_text(text, "Flow")
    return session.analyse()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "InvoiceDesk.padguard-triage.toml"


@pytest.mark.parametrize(
    ("export", "name"),
    [
        ("InvoiceDesk_1_0_0_1.zip", "InvoiceDesk"),
        ("InvoiceDesk_1_0_0_2.guarded.zip", "InvoiceDesk"),
        ("InvoiceDesk_1_0_0_2.GUARDED.guarded.ZIP", "InvoiceDesk"),
        ("InvoiceDesk_1_0_0_3_managed.zip", "InvoiceDesk"),
        ("PADFramework_1_1_02411_2210.zip", "PADFramework"),
        ("Desk_4.zip", "Desk_4"),
        ("_1_0_0_1.zip", "_1_0_0_1"),
        ("Rechnungen prüfen.robin", "Rechnungen prüfen"),
        ("Flow.guarded.txt", "Flow"),
    ],
)
def test_all_versions_of_an_export_share_a_file(tmp_path: Path, export: str, name: str) -> None:
    assert triage_path(tmp_path / export) == tmp_path / f"{name}.padguard-triage.toml"


def test_the_file_of_a_folder_lies_beside_it(tmp_path: Path) -> None:
    for name in ("My.Desk", "InvoiceDesk_1_0_0_1.guarded"):
        (tmp_path / name).mkdir()
    assert triage_path(tmp_path / "My.Desk").name == "My.Desk.padguard-triage.toml"
    assert (
        triage_path(tmp_path / "InvoiceDesk_1_0_0_1.guarded")
        == tmp_path / "InvoiceDesk.padguard-triage.toml"
    )


def test_saving_suggests_a_name_that_finds_the_same_file(sample: Path) -> None:
    session = Session.open(sample)
    assert triage_path(session.suggested_path()) == triage_path(sample)


def test_no_file_keeps_no_decisions(path: Path) -> None:
    assert read_decisions(path) == {}


def test_what_is_written_is_read_again(path: Path) -> None:
    kept = Decisions(
        [
            decision("ff01", date=TODAY, until=date(2027, 1, 1)),
            Decision("3f00", State.FALSE_POSITIVE, "PG103", date=TODAY),
            Decision("0a00", State.BASELINE, "PG201", "flow-1", "Größe „密“", "Main"),
            decision("3f01", reason='two\nlines, "quotes", \\ and \x07 bells'),
        ]
    )
    write_decisions(path, kept)
    assert read_decisions(path) == kept
    data = path.read_bytes()
    assert b"\r" not in data
    assert data.startswith(b"# PAD Guard keeps here")
    lines = [line for line in data.decode("utf-8").splitlines() if "fingerprint = " in line]
    assert [re.findall(r'"(.*?)"', line)[0] for line in lines] == ["0a00", "3f00", "3f01", "ff01"]
    write_decisions(path, read_decisions(path))
    assert path.read_bytes() == data


@given(
    reason=st.text(min_size=1).filter(str.strip),
    name=st.text(),
    about=st.text(),
    until=st.none() | st.dates(),
)
def test_any_words_take_one_line_and_come_back(
    tmp_path_factory: pytest.TempPathFactory,
    reason: str,
    name: str,
    about: str,
    until: date | None,
) -> None:
    path = tmp_path_factory.mktemp("kept") / "x.toml"
    kept = decision("3f00", reason, flow_name=name.strip(), about=about.strip(), until=until)
    write_decisions(path, Decisions([kept]))
    assert sum("3f00" in line for line in path.read_text("utf-8").split("\n")) == 1
    (read,) = read_decisions(path).values()
    if not read.masked and MASK not in read.about:
        assert read == replace(kept, reason=reason.strip())


def test_a_decision_about_a_finding_names_no_row_and_no_secret(sample: Path) -> None:
    session = Session.open(sample)
    findings = session.analyse()
    secrets = [finding.secret for finding in findings if finding.secret]
    names = {flow.id: flow.name for flow in session.flows}
    for finding in findings:
        made = decide(
            finding,
            State.FALSE_POSITIVE,
            flow_name=names.get(finding.place.flow_id, ""),
            today=TODAY,
            secrets=secrets,
        )
        assert made.about or made.flow_name
        assert not re.search(r"\b(row|line) \d", made.about)
        assert not [one for one in secrets if one.reveal() in f"{made.about}{made.reason}"]
        assert made.rule == finding.rule


def test_secrets_in_reasons_are_masked_and_told(path: Path) -> None:
    (finding,) = findings_of("SET Password TO $'''pomelo'''\n")
    reasons = {
        "the password is Kx8!pomelo, agreed with IT": f"the password is {MASK}, agreed with IT",
        "pomelo is made up": f"{MASK} is made up",
        "see https://wiki/x?token=4f9Qz7Lm2Rw8": f"see https://wiki/x?token={MASK}",
    }
    for reason, masked in reasons.items():
        made = decide(
            finding, State.ACCEPTED, flow_name="Flow", today=TODAY, reason=reason, secrets=()
        )
        assert (made.reason, made.masked) == (masked, True)
    made = decide(finding, State.ACCEPTED, flow_name="Flow", today=TODAY, reason="the password box")
    assert (made.reason, made.masked) == ("the password box", False)
    write_decisions(path, Decisions([decision("3f00", "the password is Kx8!pomelo")]))
    assert b"pomelo" not in path.read_bytes()


def test_a_short_secret_is_masked_as_a_word_only() -> None:
    (finding,) = findings_of("SET Password TO $'''4711'''\n")
    made = decide(
        finding, State.ACCEPTED, flow_name="F", today=TODAY, reason="4711 of ticket 147110"
    )
    assert made.reason == f"{MASK} of ticket 147110"


def test_a_secret_typed_into_the_file_is_masked_when_it_is_read() -> None:
    row = ROW.replace(b"demo", b"the password is Kx8!pomelo")
    (read,) = parse_decisions(HEAD + row + b"}]\n", "x").values()
    assert read.masked
    assert "pomelo" not in repr(read)


def test_to_accept_takes_a_reason() -> None:
    (finding,) = findings_of("SET Password TO $'''Kx8!pomelo'''\n")
    with pytest.raises(ValueError, match="takes a reason"):
        decide(finding, State.ACCEPTED, flow_name="Flow", today=TODAY, reason="  ")
    with pytest.raises(ValueError, match="never"):
        decide(finding, State.OPEN, flow_name="Flow", today=TODAY, reason="x")


def test_the_last_day_of_an_acceptance_still_counts() -> None:
    (finding,) = findings_of("SET Password TO $'''Kx8!pomelo'''\n")
    kept = Decisions([decision(finding.fingerprint, until=TODAY)])
    assert kept.state_of(finding, TODAY) is State.ACCEPTED
    assert kept.expired(TODAY) == []
    tomorrow = date(2026, 5, 5)
    assert kept.state_of(finding, tomorrow) is State.OPEN
    assert [one.fingerprint for one in kept.expired(tomorrow)] == [finding.fingerprint]


def test_decisions_are_made_anew_never_changed() -> None:
    (finding,) = findings_of("SET Password TO $'''Kx8!pomelo'''\n")
    none = Decisions(extra={"kept": 1})
    one = none.with_decision(decision(finding.fingerprint))
    other = one.with_decision(decision(finding.fingerprint, state=State.FALSE_POSITIVE))
    assert (len(none), len(one), len(other)) == (0, 1, 1)
    assert one.state_of(finding, TODAY) is State.ACCEPTED
    assert other.state_of(finding, TODAY) is State.FALSE_POSITIVE
    assert other.without(finding.fingerprint) == {}
    assert other.without(finding.fingerprint).extra == {"kept": 1}


def test_unused_are_only_those_that_could_have_been_found() -> None:
    (finding,) = findings_of("SET Password TO $'''Kx8!pomelo'''\n")
    kept = Decisions(
        [
            decision(finding.fingerprint, flow_id=""),
            decision("0001"),
            decision("0002", flow_id="elsewhere"),
            decision("0003", rule="PG301"),
            decision("0004", flow_id=""),
        ]
    )
    unused = kept.unused([finding], {"flow-1"}, {"PG101", "PG102"})
    assert [one.fingerprint for one in unused] == ["0001"]
    unused = kept.unused([finding], {"flow-1", ""}, {"PG101", "PG102"})
    assert [one.fingerprint for one in unused] == ["0001", "0004"]


def test_fingerprints_survive_edits_elsewhere() -> None:
    text = "SET A TO 1\nSET Password TO $'''Kx8!pomelo'''\n"
    edited = (
        f"# new\nWAIT 1\nIF A = 1 THEN\nEND\n{text}SET B TO 2\nFUNCTION New GLOBAL\nEND FUNCTION\n"
    )
    (before,) = findings_of(text)
    after = next(one for one in findings_of(edited) if one.rule == before.rule)
    assert after.place.action != before.place.action
    assert Decisions([decision(before.fingerprint)]).state_of(after, TODAY) is State.ACCEPTED


def test_what_a_later_version_wrote_is_kept(path: Path) -> None:
    path.write_bytes(
        b'format = 1\nteam = "desk"\nowners.it = ["a", 1]\n'
        + ROW
        + b', by = "ana", more = {x = [1.5, true]}}]\n[later]\nwhen = 2026-01-01\n'
    )
    write_decisions(path, read_decisions(path).with_decision(decision("0a00")))
    again = read_decisions(path)
    assert again["3f00"].extra == {"by": "ana", "more": {"x": [1.5, True]}}
    assert again.extra == {
        "team": "desk",
        "owners": {"it": ["a", 1]},
        "later": {"when": date(2026, 1, 1)},
    }
    assert list(again) == ["0a00", "3f00"]


def test_windows_line_ends_and_a_byte_order_mark_are_read() -> None:
    data = b"\xef\xbb\xbf" + (HEAD + ROW + b"}]\n").replace(b"\n", b"\r\n")
    assert list(parse_decisions(data, "x")) == ["3f00"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "format = 1"),
        (b"select = []\n", "format = 1"),
        (b"format = true\n", "format = 1"),
        (b"format = 2\n", "newer version"),
        (b"format = 1\ndecisions = [{]\n", "line 2, character 15"),
        (b"format = 1\ndecisions = [\n", "line 3"),
        (b"format = 1\ndecisions = 1\n", "list"),
        (b"format = 1\ndecisions = " + b"[" * 9000, "line 2"),
        (b"format = 1\n<<<<<<< ours\na = 1\n=======\nb = 1\n>>>>>>> theirs\n", "merge"),
        (b"format = 1\nname = '\xe4'\n", "UTF-8"),
        ("format = 1\n".encode("utf-16"), "UTF-8"),
        (HEAD + b"decisions = [{state = 'accepted'}]", "number 1"),
        (HEAD + ROW.replace(b"accepted", b"open") + b"}]", "accepted, false-positive, baseline"),
        (HEAD + ROW.replace(b"demo", b" ") + b"}]", "without a reason"),
        (HEAD + ROW + b', until = "2026-01-01"}]', "“until”"),
        (HEAD + ROW + b", date = 2026-01-01T10:00:00}]", "“date”"),
        (HEAD + ROW + b", about = 3}]", "“about”"),
        (HEAD + ROW + b'}, {fingerprint = "3f00", state = "false-positive"}]', "two different"),
    ],
)
def test_a_wrong_file_is_refused_and_left_as_it_is(path: Path, data: bytes, told: str) -> None:
    path.write_bytes(data)
    with pytest.raises(ConfigError) as refused:
        read_decisions(path)
    assert told in str(refused.value)
    assert path.name in str(refused.value)
    with pytest.raises(ConfigError):
        write_decisions(path, Decisions([decision("0a00")]))
    with pytest.raises(ConfigError):
        change_decisions(path, lambda kept: kept)
    assert path.read_bytes() == data
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_errors_do_not_quote_the_file(path: Path) -> None:
    path.write_bytes(HEAD + b"decisions = [{reason = Kx8!pomelo}]\n")
    with pytest.raises(ConfigError) as refused:
        read_decisions(path)
    assert "pomelo" not in str(refused.value)


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(SaveError, match="does not exist"):
        write_decisions(tmp_path / "gone" / "x.toml", Decisions([decision("0a00")]))


def test_a_change_starts_from_what_the_file_says_now(path: Path) -> None:
    write_decisions(path, Decisions([decision("0a00")]))
    shown = read_decisions(path)
    write_decisions(path, shown.with_decision(decision("3f00")))  # somebody else, meanwhile
    made = change_decisions(path, lambda kept: kept.with_decision(decision("ff00")))
    assert list(made) == list(read_decisions(path)) == ["0a00", "3f00", "ff00"]


def merged(base: Path, *options: str) -> int:
    """Merge as Git does, ``mine`` and ``theirs`` against ``base``, into ``mine``."""
    git = shutil.which("git")
    if git is None:
        pytest.skip("no git on this machine")
    mine, theirs = base.with_name("mine"), base.with_name("theirs")
    command = [git, "merge-file", "-q", *options, str(mine), str(base), str(theirs)]
    return subprocess.run(command, check=False).returncode


@pytest.mark.parametrize("known", [[], ["1b00"], ["1a00", "3e00", "5f00", "aa00"]])
def test_git_merges_decisions_about_different_findings(tmp_path: Path, known: list[str]) -> None:
    base = Decisions(map(decision, known))
    mine = base.with_decision(decision("3f01")).with_decision(decision("1c00"))
    theirs = base.with_decision(decision("4000", "because of that")).with_decision(decision("1d00"))
    for name, kept in {"base": base, "mine": mine, "theirs": theirs}.items():
        write_decisions(tmp_path / name, kept)
    assert merged(tmp_path / "base") == 0
    both = read_decisions(tmp_path / "mine")
    assert both == Decisions([*mine.values(), *theirs.values()])


def test_git_merges_what_one_takes_back_and_another_adds(tmp_path: Path) -> None:
    base = Decisions(map(decision, ["1a00", "3f00", "aa00"]))
    write_decisions(tmp_path / "base", base)
    write_decisions(tmp_path / "mine", base.without("3f00"))
    write_decisions(tmp_path / "theirs", base.with_decision(decision("4100")))
    assert merged(tmp_path / "base") == 0
    assert list(read_decisions(tmp_path / "mine")) == ["1a00", "4100", "aa00"]


def test_neighbours_merge_as_the_file_advises(tmp_path: Path) -> None:
    write_decisions(tmp_path / "base", Decisions())
    write_decisions(tmp_path / "mine", Decisions([decision("3f02")]))
    write_decisions(tmp_path / "theirs", Decisions([decision("3f01"), decision("3f03")]))
    assert merged(tmp_path / "base", "--union") == 0
    assert list(read_decisions(tmp_path / "mine")) == ["3f01", "3f02", "3f03"]


def test_what_git_could_not_merge_is_explained(tmp_path: Path) -> None:
    write_decisions(tmp_path / "base", Decisions())
    write_decisions(tmp_path / "mine", Decisions([decision("3f01")]))
    write_decisions(tmp_path / "theirs", Decisions([decision("3f01", "another reason")]))
    assert merged(tmp_path / "base") == 1
    with pytest.raises(ConfigError, match="Keep the lines of both sides"):
        read_decisions(tmp_path / "mine")

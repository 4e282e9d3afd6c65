"""One open export from open to save: marks, undo, findings, and what is written."""

import zipfile
from pathlib import Path

import pytest

from padguard.exports.save import render_export
from padguard.flow.model import Sensitivity
from padguard.foundation.errors import EditError
from padguard.session.session import Session

LEAK = (
    "@SENSITIVE: [Password]\r\n@INPUT Password : { 'Description': '', 'FriendlyName': 'Password', "
    "'DefaultValue': '', 'Type': 'String' } \r\n"
    "SET Connection TO $'''Server=sql01;Password=%Password%'''\r\n"
    "Logging.LogMessage Message: Connection LogLevel: Logging.LogLevel.InfoLevel\r\n"
)
EXPORT = "ConstructionFunding_1_0_0_5.zip"


def facts(session: Session) -> set[tuple[str, str, str]]:
    return {(f.rule, f.place.subflow, f.fingerprint) for f in session.findings}


def test_marking_keeps_a_name_once_and_undo_takes_it_back():
    session = Session.from_text(LEAK, "Leak")
    session.apply(*session.marking("", ["connection"], sensitive=True))
    (flow,) = session.flows
    assert flow.script.header.sensitive == ("Password", "Connection")
    assert session.modified
    with pytest.raises(EditError):
        session.marking("", ["Connection"], sensitive=True)
    session.undo()
    assert session.flows[0].script.text == LEAK
    assert not session.modified
    session.redo()
    assert session.flows[0].script.header.sensitive == ("Password", "Connection")


def test_several_variables_are_one_step():
    session = Session.from_text(LEAK, "Leak")
    session.apply(*session.marking("", ["Connection"], sensitive=True))
    session.apply(*session.marking("", ["Password", "Connection"], sensitive=False))
    assert not session.flows[0].script.header.sensitive
    assert "2" in str(session.undo_label)
    session.undo()
    assert session.flows[0].script.header.sensitive == ("Password", "Connection")


@pytest.mark.parametrize(
    ("text", "name"),
    [("SET A TO 1\r\n", "A"), (LEAK, "Missing")],
    ids=["text without a header", "unknown variable"],
)
def test_what_cannot_be_marked_says_why(text: str, name: str):
    session = Session.from_text(text, "Leak")
    with pytest.raises(EditError) as raised:
        session.marking("", [name], sensitive=True)
    assert str(raised.value)


def test_a_credential_cannot_be_unmarked():
    text = "@SENSITIVE: []\r\nVault.GetCredential CredentialName: 'Portal' Credential=> Login\r\n"
    session = Session.from_text(text, "Login")
    (login,) = session.flows[0].variables
    assert login.sensitivity is Sensitivity.CREDENTIAL
    with pytest.raises(EditError, match="Credential"):
        session.marking("", ["Login"], sensitive=False)


def test_findings_follow_every_change():
    session = Session.from_text(LEAK, "Leak")
    assert {f.rule for f in session.analyse()} >= {"PG202", "PG302"}
    connection = next(v for v in session.flows[0].variables if v.name == "Connection")
    assert connection.sensitivity is Sensitivity.EXPOSED
    session.apply(*session.marking("", ["Connection"], sensitive=True))
    assert "PG202" not in {f.rule for f in session.analyse()}
    session.undo()
    assert "PG202" in {f.rule for f in session.analyse()}


def test_what_is_kept_between_analyses_changes_nothing(corpus: Path):
    """After every change the findings are those of a session that starts from the same scripts."""
    path = corpus / "solutions" / "PADFramework_LocalConnectors_1_1_12501_241.zip"
    session = Session.open(path)
    session.analyse()
    for flow in session.flows[:4]:
        names = [v.name for v in flow.variables if v.sensitivity is Sensitivity.EXPOSED][:2]
        if not names:
            continue
        session.apply(*session.marking(flow.id, names, sensitive=True))
        session.analyse()
        fresh = Session.open(path)
        for changed in session.flows:
            if changed.id in session.changed_scripts:
                marked = changed.script.header.sensitive or ()
                known = fresh.flow(changed.id).script.header.sensitive or ()
                new = [name for name in marked if name not in known]
                fresh.apply(*fresh.marking(changed.id, new, sensitive=True))
        fresh.analyse()
        assert facts(session) == facts(fresh)
        states = [[v.sensitivity for v in flow.variables] for flow in session.flows]
        assert states == [[v.sensitivity for v in flow.variables] for flow in fresh.flows]


def test_save_writes_only_what_changed_and_undo_restores_the_bytes(corpus: Path, tmp_path: Path):
    original = corpus / "solutions" / EXPORT
    session = Session.open(original)
    flow = next(flow for flow in session.flows if flow.name.startswith("Woodgrove"))
    session.apply(*session.marking(flow.id, ["LoanNumber"], sensitive=True))
    session.save(tmp_path / "out.zip")
    with zipfile.ZipFile(original) as before, zipfile.ZipFile(tmp_path / "out.zip") as after:
        differing = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert differing == ["customizations.xml"]
    assert not session.modified
    session.undo()
    assert session.modified
    assert render_export(session.export, session.changed_scripts) == original.read_bytes()


def test_the_suggested_path_is_never_the_original(corpus: Path):
    session = Session.open(corpus / "solutions" / EXPORT)
    assert session.suggested_path().name == "ConstructionFunding_1_0_0_5.guarded.zip"
    folder = Session.open(corpus / "unpacked" / "padframework-local")
    assert folder.suggested_path().name == "padframework-local.guarded"

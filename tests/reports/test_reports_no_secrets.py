"""No secret is in clear in any output: formats, logs, representations, texts of errors."""
# ruff: noqa: E501 - a row of Robin is one line, as in the designer

import logging
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from padguard.analysis.inspection import Inspection
from padguard.cli import main as command_line
from padguard.cli.main import commands
from padguard.exports.open import open_export
from padguard.foundation.errors import PadGuardError
from padguard.foundation.log import describe
from padguard.reports.json import JsonWriter, as_json, shown_object
from padguard.reports.model import ExportReport, Failure, Writer
from padguard.reports.sarif import SarifWriter
from padguard.reports.text import Page, TextWriter
from padguard.robin.literals import escape_text
from padguard.rules.finding import Finding
from padguard.rules.registry import RULES
from padguard.session.session import Session

IN_SAMPLE = (
    "Paper-Lantern-17",
    "nfd_demo_4pQ8vL2xW9mZ7tRc1K",
    "Silver-Spoon-26",
    "Winter-Harbour-40",
    "Copper-Kettle-63",
    "Blue-Bicycle-18",
    "Garden-Gate-77",
)
HEADER = """\
@@FlowVersion: '2.1'
@SENSITIVE: [Marked]
@INPUT Marked : {{ 'Description': '{0}', 'FriendlyName': 'Marked', 'DefaultValue': '{0}', 'Type': 'String' }}
@INPUT ApiKey : {{ 'Description': 'The password is {0}', 'FriendlyName': 'Key', 'DefaultValue': '{0}', 'Type': 'String' }}
@OUTPUT Token : {{ 'Description': 'pw: {0}', 'FriendlyName': 'Token', 'DefaultValue': '{0}', 'Type': 'String' }}
"""
PLACES = (
    "SET Password TO $'''{0}'''",
    "SET Marked TO $'''{0}'''",
    "SET Innocent TO $'''{0}'''",
    "SET Settings TO {{ 'user': $'''robot''', 'password': $'''{0}''' }}",
    "SET Settings TO {{ $'''{0}''': $'''value''' }}",
    "SET Row['{0}'] TO $'''x'''",
    "SET Row['password'] TO $'''{0}'''",
    "SET Words TO [$'''one''', $'''{0}''']",
    "SET Text TO $'''Server=sql01;User Id=robot;Password={0};'''",
    "SET Text TO $'''https://robot:{0}@example.com/?token={0}'''",
    "SET Text TO $'''Authorization: Bearer {0}'''",
    "SET Text TO $'''{{\\\"password\\\": \\\"{0}\\\"}}'''",
    "FTP.OpenConnection Host: $'''h''' Port: 21 Username: $'''{0}''' Password: $'''{0}''' Connection=> Ftp",
    "FTP.OpenConnection Host: $'''h''' Port: 21 Username: $'''u''' Password: P'{0}' Connection=> Ftp",
    "FTP.OpenConnection Host: $'''h''' Password: $'''{0}''' Nonsense Connection=> Ftp",
    "Unknown.DoSomething Password: $'''{0}''' Text: $'''{0}''' Result=> Result",
    "Display.ShowMessageDialog.ShowMessage Title: $'''{0}''' Message: $'''pw {0}''' ButtonPressed=> B",
    "MouseAndKeyboard.SendKeys.FocusAndSendKeys TextToSend: $'''robot{{Tab}}{0}{{Return}}''' DelayBetweenKeystrokes: 10",
    "Scripting.RunPowershellScript.RunScript Script: $'''$p = ConvertTo-SecureString '{0}' -AsPlainText''' ScriptOutput=> Out",
    "System.RunApplication.RunApplication ApplicationPath: $'''net.exe''' CommandLineArguments: $'''use x: /user:bob {0}''' ProcessId=> Id",
    "DISABLE SET Password TO $'''{0}'''",
    "# the password is {0}",
    "/* password: {0} */",
    "**REGION password: {0}\n**ENDREGION",
    "LABEL 'password: {0}'\nGOTO 'password: {0}'",
    "IF Password = $'''{0}''' THEN\nEND",
    "SWITCH Password\n    CASE = $'''{0}'''\nEND",
    "CALL Login Password: $'''{0}'''",
    "@@password: '{0}'\nSET X TO 1",
    "THROW ERROR $'''{0}'''",
    "EXIT Code: 1 ErrorMessage: $'''{0}'''",
    "SET Password TO $'''{0}",
    "SET Password TO '{0}' '{0}'",
    "SET Password TO $'''abc''' $'''{0}'''",
    "SET Password TO %'{0}'%",
    "SET Password TO $'''it is '''{0}'''",
    "SET Password TO 'abc'{0}'",
    "SET Password TO $'''%abc {0}%'''",
    "this is nothing: '{0}'",
    "FTP.OpenConnection Password: $'''%'{0}' + Marked%'''",
)  # fmt: skip
"""Where makers leave secrets; some lines are broken, as in a damaged export."""

SECRETS = st.text(
    "abcdefghkmnpqrstuvwxyzABCDEFGH23456789!#$+-_.:;äß密", min_size=6, max_size=20
).map(lambda middle: f"zQ7{middle}v9K")


def writers() -> Iterator[Writer]:
    yield JsonWriter()
    yield SarifWriter(Path.cwd())
    yield TextWriter(Page(), every_gap=True)


def written(report: ExportReport) -> str:
    """Return the report in all formats, with the characters that JSON escapes."""
    parts = [writer.add(report) + writer.end([]) for writer in writers()]
    parts.insert(0, as_json(shown_object("x", report.inspection.export, report.inspection.flows)))
    # Lines of text are joined, so that a secret is found across a line break too.
    wrapped = "".join(parts[-1].split())
    return "\n".join([*parts, *(part.encode().decode("unicode-escape") for part in parts), wrapped])


def represented(session: Session, report: ExportReport) -> str:
    """Return the representations of all that a crash or a log may show."""
    inspection = report.inspection
    things = [
        session,
        session.export,
        session.export.desktop_flows,
        session.export.cloud_flows,
        session.export.environment_variables,
        inspection,
        inspection.hits,
        report,
        report.gaps,
        list(report.findings),
        *inspection.flows,
    ]
    for flow in inspection.flows:
        things += [flow.script, flow.script.header, flow.variables, flow.actions, flow.subflows]
        things += [action.statement for action in flow.actions]
    for travel in inspection.travels:
        things += [travel.destined, travel.secret_inputs]
    return "\n".join(map(repr, things))


def holds(shown: str, *secrets: str) -> list[str]:
    """Return the secrets that a text holds, in any case."""
    folded = shown.casefold()
    return [secret for secret in secrets if secret.casefold() in folded]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    secret=SECRETS, places=st.lists(st.sampled_from(PLACES), min_size=1, max_size=6, unique=True)
)
def test_planted_secrets_stay_masked(
    secret: str, places: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    text = (HEADER + "\n".join(places) + "\n").format(escape_text(secret))
    session = Session.from_text(text, "Flow")
    report = ExportReport("Flow", session.inspect(), session.findings, session.selection.rules())
    shown = written(report) + represented(session, report) + caplog.text
    assert not holds(shown, secret, escape_text(secret))
    assert text.count(escape_text(secret)) >= 5


@pytest.mark.parametrize("place", PLACES)
def test_every_place_is_masked(place: str) -> None:
    secret = "zQ7pomelo!v9K"
    session = Session.from_text((HEADER + place + "\n").format(secret), "Flow")
    report = ExportReport("Flow", session.inspect(), session.findings, session.selection.rules())
    assert report.findings
    assert not holds(written(report), secret)
    assert not holds(represented(session, report), secret)


@pytest.mark.parametrize("output_format", ["text", "json", "sarif"])
def test_secrets_of_the_sample_stay_masked(sample: Path, output_format: str) -> None:
    result = CliRunner().invoke(commands, ["scan", str(sample), "--format", output_format, "-v"])
    assert result.exit_code == 1
    unwrapped = "".join(result.output.split())
    assert not holds(unwrapped, *IN_SAMPLE)


@pytest.mark.parametrize("output_format", ["text", "json", "sarif"])
def test_show_secrets_shows_them(sample: Path, output_format: str) -> None:
    arguments = ["scan", str(sample), "--format", output_format, "--show-secrets"]
    printed = CliRunner().invoke(commands, arguments).stdout
    unwrapped = "".join(printed.split())
    assert holds(unwrapped, *IN_SAMPLE) == list(IN_SAMPLE)


def test_the_window_and_logs_never_show_them(
    sample: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    session = Session.open(sample)
    report = ExportReport("x", session.inspect(), session.findings, session.selection.rules())
    shown = represented(session, report) + caplog.text
    assert not holds(shown, *IN_SAMPLE)


def test_default_of_the_sensitive_input_in_a_real_export(corpus: Path) -> None:
    path = corpus / "solutions" / "ConstructionFunding_1_0_0_5.zip"
    session = Session.open(path)
    defaults = [
        declaration.default.strip("'")
        for flow in session.flows
        for declaration in flow.script.header.inputs
        if declaration.default and declaration.name in ("Username", "Password")
    ]
    assert len(defaults) == 2
    report = ExportReport("x", session.inspect(), session.findings, session.selection.rules())
    shown = written(report) + represented(session, report)
    assert holds("".join(flow.script.text for flow in session.flows), *defaults) == defaults
    assert not holds(shown, *defaults)


def damaged(sample: Path, target: Path, position: int) -> None:
    """Write the sample with the member of its scripts cut off at a position."""
    with zipfile.ZipFile(sample) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            data = source.read(name)
            copy.writestr(name, data[:position] if name == "customizations.xml" else data)


def test_errors_of_damaged_exports_do_not_quote_them(sample: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(sample) as archive:
        text = archive.read("customizations.xml").decode()
    told: list[str] = []
    for secret in IN_SAMPLE:
        position = text.find(secret)
        if position < 0:
            continue
        path = tmp_path / f"{position}.zip"
        damaged(sample, path, len(text[: position + len(secret)].encode()))
        try:
            session = Session.open(path)
        except PadGuardError as error:
            told += [str(error), repr(error), describe(error), repr(error.__cause__)]
        else:
            told += [str(problem.message) for problem in session.problems]
    assert told
    assert not holds("\n".join(told), *IN_SAMPLE)


def test_a_crash_within_a_rule_quotes_nothing(
    sample: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    script = open_export(sample).desktop_flows[0].script

    def check(inspection: Inspection) -> Iterator[Finding]:
        message = f"unexpected: {script}"
        raise ValueError(message)

    broken = tuple(replace(rule, check=check) for rule in RULES)
    monkeypatch.setattr("padguard.rules.engine.RULES", broken)
    monkeypatch.setattr("sys.argv", ["padguard", "scan", str(sample)])
    with pytest.raises(SystemExit) as ended:
        command_line.run_command()
    assert ended.value.code == 3
    printed = capsys.readouterr()
    assert "ValueError" in printed.err
    assert not holds(printed.out + printed.err, *IN_SAMPLE)


def test_failures_are_told_in_every_format() -> None:
    for writer in writers():
        ended = writer.end([Failure("missing.zip", "It cannot be read.")])
        assert "missing.zip" in ended
        assert "It cannot be read." in ended

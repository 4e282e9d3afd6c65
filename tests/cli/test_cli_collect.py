"""``padguard collect`` as a person meets it."""

import json
import os
import signal
import subprocess
import sys
from functools import partial

import pytest
from click.testing import CliRunner
from tests.collecting.dataverse import NEVER, TOKEN, Dataverse, failure, serving
from tests.governance.policy_files import flat

import padguard.collecting.run as run_module
from padguard.cli.main import commands
from padguard.governance.snapshot_reading import policies_of, read_snapshot


@pytest.fixture
def service():
    with serving(Dataverse()) as found:
        yield found


@pytest.fixture
def impatient(monkeypatch):
    """Let nothing that runs in this process wait."""
    monkeypatch.setattr(run_module, "collect", partial(run_module.collect, sleep=lambda _: None))


def run(*arguments, token=TOKEN, **environment):
    variables = {"PADGUARD_TOKEN": token, **environment}
    return CliRunner().invoke(commands, ["collect", *map(str, arguments)], env=variables)


def start(service, folder, *arguments):
    command = [sys.executable, "-m", "padguard", "collect", "--url", service.url, *arguments]
    environment = {**os.environ, "PADGUARD_TOKEN": TOKEN, "PADGUARD_HOME": str(folder / "home")}
    return subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def test_a_snapshot_is_written(service, tmp_path):
    output = tmp_path / "contoso.json"
    result = run("--url", service.url, "-o", output)
    assert result.exit_code == 0, result.output
    assert str(output) in result.stderr
    assert result.stdout == ""
    assert len(read_snapshot(output).rows) == 7


def test_without_output_it_is_named_after_the_host(service, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("--url", service.url).exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["127.0.0.1.environment.json"]


def test_the_token_may_be_in_another_variable(service, tmp_path):
    arguments = ("--url", service.url, "-o", tmp_path / "x.json")
    names = ("--token-env", "NONE", "--token-env", "MINE")
    assert run(*arguments, token="").exit_code == 3
    assert run(*arguments, *names, token="", MINE=TOKEN).exit_code == 0


@pytest.mark.parametrize(
    "url", ["http://contoso.example", "contoso", "https://a.example/main.aspx"]
)
def test_wrong_addresses(url, tmp_path):
    result = run("--url", url, "-o", tmp_path / "x.json")
    assert result.exit_code == 2
    assert "--url" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_could_not_be_read_is_told(service, tmp_path):
    words = "missing prvReadcredential\x1b[31m"
    service.fault = lambda path, count: failure(403, words) if "credentials?" in path else None
    result = run("--url", service.url, "-o", tmp_path / "x.json")
    assert result.exit_code == 3
    assert "rows:credential" in result.stderr
    assert "\x1b" not in result.stderr
    assert (tmp_path / "x.json").exists()


def test_stopped_and_gone_on_with(service, tmp_path):
    output = tmp_path / "x.json"
    service.fault = lambda path, count: failure(401, "Expired") if count == 9 else None
    result = run("--url", service.url, "-o", output)
    assert result.exit_code == 3
    assert "401" in result.stderr
    assert "--resume" in result.stderr
    assert not output.exists()
    result = run("--url", service.url, "-o", output, "--resume")
    assert (result.exit_code, len(read_snapshot(output).rows)) == (0, 7)


def test_policies_come_from_a_file(service, tmp_path):
    file = tmp_path / "policies.json"
    file.write_text(json.dumps({"value": [flat(), flat()]}), encoding="utf-16")
    output = tmp_path / "x.json"
    result = run("--url", service.url, "-o", output, "--policies", file)
    assert result.exit_code == 0, result.stderr
    assert len(policies_of(read_snapshot(output))) == 2
    assert run("--url", service.url, "-o", file, "--policies", file).exit_code == 2
    file.write_text("{}", encoding="utf-8")
    asked = len(service.asked)
    assert run("--url", service.url, "-o", output, "--policies", file).exit_code == 3
    assert len(service.asked) == asked


@pytest.mark.parametrize("when", range(1, 24, 2))
@pytest.mark.parametrize("status", [200, 401, 403, 500, 0])
def test_the_token_is_nowhere(impatient, tmp_path, when, status):
    """A service that repeats the token wherever it can must not get it into anything."""

    def fault(path, count):
        if count < when:
            return None
        told = f"You sent Bearer {TOKEN}."
        headers = {"X-Echo": TOKEN, "WWW_Authenticate": f"Bearer {TOKEN}"}
        body = {"value": [{"name": TOKEN}], "error": {"message": told}}
        return status, headers, body

    with serving(Dataverse()) as service:
        service.fault = fault
        result = run("--url", service.url, "-o", tmp_path / "x.json", "-v")
    assert TOKEN not in result.output
    assert TOKEN not in repr(result.exception)
    for path in tmp_path.rglob("*"):
        assert TOKEN.encode() not in path.read_bytes()
        assert NEVER.encode() not in path.read_bytes()


def test_as_a_program_it_leaves_no_trace_of_the_token(service, tmp_path):
    service.fault = lambda path, count: failure(401, TOKEN) if count == 8 else None
    process = start(service, tmp_path, "-o", "x.json", "--verbose")
    out, err = process.communicate(timeout=60)
    assert process.returncode == 3
    assert b"--resume" in err
    everything = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(TOKEN.encode() in text for text in (out, err, *everything))


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C cannot be sent to one process there")
def test_ctrl_c_keeps_what_was_read(service, tmp_path):
    started: list[subprocess.Popen[bytes]] = []

    def fault(path, count):
        if count == 9:
            started[0].send_signal(signal.SIGINT)
            return failure(429, "Wait", Retry_After="200")
        return None

    service.fault = fault
    process = start(service, tmp_path, "-o", "x.json")
    started.append(process)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"--resume" in err
    assert b"Traceback" not in err
    assert not (tmp_path / "x.json").exists()
    result = run("--url", service.url, "-o", tmp_path / "x.json", "--resume")
    assert result.exit_code == 0

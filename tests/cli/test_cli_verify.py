"""``padguard verify``: the proof on real exports, and that it can fail."""

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from padguard.cli import verify as command
from padguard.cli.main import commands

NOT_ROBIN = {"10-capstone-sales-ops.robin", "system-info-screen.txt"}
"""Scripts of the corpus with a line that the designer would not take either."""


def run(*arguments: object, text: str | bytes | None = None) -> Result:
    return CliRunner().invoke(
        commands, ["verify", *(str(argument) for argument in arguments)], input=text
    )


def test_every_export_of_the_corpus_is_the_same(corpus: Path) -> None:
    paths = [*sorted((corpus / "solutions").glob("*.zip")), *(corpus / "unpacked").iterdir()]
    result = run(*paths)
    assert result.exit_code == 0
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert len(lines) == len(paths) > 8
    for line, path in zip(lines, paths, strict=True):
        assert line.startswith(f"{path}: the same to the byte; ")


def test_every_script_of_the_corpus_is_the_same(corpus: Path) -> None:
    files = [path for path in sorted((corpus / "scripts").rglob("*")) if path.is_file()]
    result = run(*files)
    lines = result.stdout.splitlines()
    assert len(lines) == len(files) > 50
    assert all(": the same to the byte; 1 flows, " in line for line in lines)
    told = {line.split(": ")[1] for line in result.stderr.splitlines()}
    assert {Path(path).name for path in told} <= NOT_ROBIN
    assert result.exit_code == 3


def test_verbose_counts_each_flow(sample: Path) -> None:
    result = run("-v", sample)
    assert result.exit_code == 0
    assert "Invoice Desk: Notify: 29 of 29 statements understood" in result.stderr


def test_what_is_not_understood_is_told_with_its_line() -> None:
    result = run("-", text="SET A TO 1\nSET B TO TO\n")
    assert result.exit_code == 3
    assert "standard input: the same to the byte; 1 flows, 1 of 2" in result.stdout
    assert "line 2" in result.stderr


def test_a_difference_is_found(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = sample.read_bytes()
    monkeypatch.setattr(command, "render_export", lambda *_: data[:100] + b"?" + data[101:])
    result = run(sample)
    assert result.exit_code == 3
    assert "NOT the same; saving it unchanged would change byte 100" in result.stdout
    monkeypatch.setattr(command, "render_export", lambda *_: data + b"!")
    assert f"would change byte {len(data)}" in run(sample).stdout


def test_lost_text_is_found(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "rebuilt", lambda flow: flow.script.text.replace("a", "", 1))
    result = run(sample)
    assert result.exit_code == 3
    assert "NOT the same" in result.stdout


def test_other_encoding_is_no_difference_but_told(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "other.zip"
    with zipfile.ZipFile(sample) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            data = source.read(name)
            if name == "customizations.xml":
                start = data.index(b"<Inputs>")
                end = data.index(b"</Inputs>", start)
                data = data[:start] + data[start:end].replace(b'"', b"&quot;") + data[end:]
            copy.writestr(name, data)
    result = run(target)
    assert result.exit_code == 0
    assert "the same to the byte" in result.stdout
    assert "customizations.xml is not encoded as the designer does it" in result.stderr
    assert run("--quiet", target).stderr == ""


def test_what_cannot_be_opened_ends_with_3(tmp_path: Path) -> None:
    path = tmp_path / "broken.zip"
    path.write_bytes(b"PK\3\4 and then nothing")
    result = run(path)
    assert result.exit_code == 3
    assert result.stdout == ""
    assert result.stderr.startswith("padguard: ")
    assert "broken.zip" in result.stderr

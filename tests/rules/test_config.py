"""padguard.toml decides, and says clearly what in it cannot be understood."""

import pytest

from padguard.analysis.options import Options, Thresholds
from padguard.catalog.roles import Channel
from padguard.foundation.errors import ConfigError
from padguard.foundation.paths import resources_dir
from padguard.rules.engine import Selection
from padguard.rules.finding import Severity
from padguard.session.config import config_for, find_config, load_config


@pytest.fixture
def written(tmp_path):
    """Return what writes a configuration file and reads it."""

    def write(text):
        path = tmp_path / "padguard.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return load_config(path)

    return write


def test_nothing_decides_nothing(written):
    assert written("")[:2] == (Options(), Selection())
    assert config_for(None)[:2] == (Options(), Selection())


def test_the_example_file():
    config = load_config(resources_dir() / "padguard.example.toml")
    assert config.selection.severities == {"PG204": Severity.LOW, "PG710": Severity.INFO}
    assert "PG703" not in {rule.id for rule in config.selection.rules()}
    assert "PG709" not in {rule.id for rule in config.selection.rules()}
    assert config.options.thresholds == Thresholds()
    assert config.options.sinks == {("contoso.ticket.create", "description"): Channel.QUEUE}
    assert config.options.secrets == {("contoso.portal.signin", "phrase")}
    assert config.options.sources == {("contoso.safe.getphrase", "phrase")}
    assert config.options.is_secret_name("VAULT PHRASE")
    assert config.options.is_ordinary_name("tokencount")


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ("selct = ['PG1']", "selct", "select, ignore"),
        ("select = 'PG1'", "select", "list of texts"),
        ("select = [1]", "select", "list of texts"),
        ("select = ['']", "select", "list of texts"),
        ("ignore = ['PG9']", "ignore", "PG9"),
        ("secret-names = [true]", "secret-names", "list of texts"),
        ("severities = 3", "severities", "[severities]"),
        ("[severities]\nPG204 = 'awful'", "severities.PG204", "critical, high, medium, low, info"),
        ("[severities]\nPG204 = 1", "severities.PG204", "critical"),
        ("[severities]\nPG999 = 'low'", "severities", "PG999"),
        ("[thresholds]\nwaits = 0", "thresholds.waits", "whole number"),
        ("[thresholds]\nwaits = true", "thresholds.waits", "whole number"),
        ("[thresholds]\nwaits = 1.5", "thresholds.waits", "whole number"),
        ("[thresholds]\nwait = 5", "thresholds.wait", "waits"),
        ("[sinks]\naction = 'A.B'", "sinks", "[[sinks]]"),
        ("[[sinks]]\naction = 'A.B'\ninput = 'C'", "sinks.channel", "screen, log"),
        (
            "[[sinks]]\naction = 'A.B'\ninput = 'C'\nchannel = 'typed'",
            "sinks.channel",
            "screen, log",
        ),
        ("[[sinks]]\ninput = 'C'\nchannel = 'log'", "sinks.action", "missing"),
        ("[[secrets]]\naction = 'AB'\ninput = 'C'", "secrets.action", "Module.Action"),
        ("[[secrets]]\naction = 'A.B'\ninput = ''", "secrets.input", "text"),
        ("[[secrets]]\naction = 'A.B'\ninput = 'C'\noutput = 'D'", "secrets.output", "action"),
        (
            "[[sources]]\naction = 'Text.Trim'\noutput = 'TrimedText'",
            "sources.output",
            "TrimedText",
        ),
        (
            "[[secrets]]\naction = 'Text.Trim'\ninput = 'Txt'",
            "secrets.input",
            "Text.Trim has no input",
        ),
    ],
)
def test_what_cannot_be_understood_is_named(text, key, expected, written):
    with pytest.raises(ConfigError) as caught:
        written(text)
    message = str(caught.value)
    assert f"“{key}”" in message
    assert expected in message
    assert "padguard.toml" in message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("select = [", "line 1"),
        ("a = 1\na = 2", "padguard.toml"),
        (b"\xff\xfe", "UTF-8"),
        ("#" * 1_000_001, "too large"),
        ("x = " + "[" * 5000, "padguard.toml"),
    ],
)
def test_damaged_files(text, expected, written):
    with pytest.raises(ConfigError, match=expected):
        written(text)


def test_a_byte_order_mark_does_no_harm(written):
    assert written(b"\xef\xbb\xbfselect = ['PG1']").selection.select == ("PG1",)


def test_the_file_beside_the_export_comes_first(tmp_path, own_home):
    export = tmp_path / "exports" / "Solution.zip"
    export.parent.mkdir()
    export.touch()
    assert find_config(export) is None
    own = own_home / "padguard.toml"
    own.write_text("select = ['PG1']")
    assert find_config(export) == find_config(None) == own
    beside = export.with_name("padguard.toml")
    beside.write_text("select = ['PG2']")
    assert config_for(export).selection.select == ("PG2",)
    assert config_for(export).path == beside
    assert config_for(None).selection.select == ("PG1",)


def test_a_folder_may_hold_its_own(tmp_path):
    (tmp_path / "padguard.toml").write_text("select = ['PG2']")
    unpacked = tmp_path / "unpacked"
    unpacked.mkdir()
    assert config_for(unpacked).selection.select == ("PG2",)
    (unpacked / "padguard.toml").write_text("select = ['PG3']")
    assert config_for(unpacked).selection.select == ("PG3",)


def test_own_names_take_effect(findings, written):
    config = written("secret-names = ['Kontrollwort']\nordinary-names = ['MasterPassword']")
    script = (
        "SET Kontrollwort TO $'''lantern'''\n"
        "SET MasterPassword TO $'''harbour'''\n"
        "SET Address TO $'''https://example.com/?kontrollwort=Vx4lantern'''\n"
    )
    found = findings(script, select=["PG1"], options=config.options)
    assert {f.secret.reveal() for f in found if f.secret} == {"lantern", "Vx4lantern"}
    plain = findings(script, select=["PG1"])
    assert {f.secret.reveal() for f in plain if f.secret} == {"harbour"}


def test_severities_and_thresholds_take_effect(findings, written):
    config = written("[severities]\nlong-wait = 'critical'\n[thresholds]\nwait-seconds = 5")
    (found,) = findings("WAIT 6", options=config.options, selection=config.selection)
    assert (found.rule, found.severity) == ("PG710", Severity.CRITICAL)
    assert findings("WAIT 6") == []

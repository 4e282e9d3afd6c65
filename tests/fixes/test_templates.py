"""What is learned of Get credential, from an invented action of the shape that actions have."""

from pathlib import Path

import pytest
from tests.fixes.invented import ROW, TEMPLATES

from padguard.exports.open import open_text
from padguard.fixes.template import Retrieval, Template, Templates, check_template
from padguard.fixes.template_learning import learn, learn_from_text
from padguard.flow.build import build_flow
from padguard.foundation.errors import ConfigError, EditError
from padguard.robin.literals import decode_text
from padguard.robin.parser import parse
from padguard.session.session import Session
from padguard.session.template_store import (
    load_templates,
    save_templates,
    store_file,
    templates_for,
    templates_from_file,
)

LEARNED = (
    "Vault.GetCredential CredentialName: $'''{credential}''' Timeout: 0 Credential=> {variable}"
)


@pytest.mark.parametrize(
    "text",
    [
        ROW,
        f"SET A TO 1\r\nIF A = 1 THEN\r\n    {ROW}END\r\n",
        f"{ROW}ON ERROR REPEAT 2 TIMES WAIT 3\r\nEND\r\n",
        f"DISABLE {ROW}",
        f"@@copilotGeneratedAction: 'False'\r\n{ROW}",
        ROW.replace("\r\n", "  # sign in\n"),
    ],
    ids=["alone", "in a block", "with error handling", "disabled", "by Copilot", "with a comment"],
)
def test_a_row_is_learned_without_what_is_local_to_its_place(text: str):
    assert learn_from_text(text, Retrieval.CREDENTIAL) == Template(LEARNED)


def test_lines_of_the_designer_belong_to_the_row():
    text = f"    @@'InputSummaryValue:Credential': 'Portal'\r\n@@kept: 'yes'\r\n{ROW}"
    template = learn_from_text(text, Retrieval.CREDENTIAL)
    assert template.render("It's", "Other").splitlines() == [
        r"@@'InputSummaryValue:Credential': 'It\'s'",
        "@@kept: 'yes'",
        r"Vault.GetCredential CredentialName: $'''It\'s''' Timeout: 0 Credential=> Other",
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("SET A TO 1\r\n", "not in this text"),
        (ROW.replace("Timeout: 0", "Store: 'Safe'"), "CredentialName, Store"),
        (ROW.replace("$'''Portal'''", "Name"), "variable Name"),
        (ROW.replace("$'''Portal'''", "5"), "no fixed text"),
        (ROW.replace("Portal", "5c0f2f0e-3d0b-4d57-9a43-7f3b3c1d9a10"), "by an id"),
        (ROW.replace("\r\n", " Store=> Safe\r\n"), "exactly one variable"),
        (f"@@note: 'Portal of 2'\r\n{ROW}", "note"),
        (ROW.replace("Portal", r"Por\tal"), "could not be written again"),
    ],
)
def test_what_cannot_be_learned_says_why(text: str, says: str):
    with pytest.raises(EditError, match=says):
        learn_from_text(text, Retrieval.CREDENTIAL)


def test_a_person_may_say_which_input_holds_the_name():
    text = ROW.replace("Timeout: 0", "Store: 'Safe'")
    template = learn_from_text(text, Retrieval.CREDENTIAL, input_name="credentialname")
    assert "Store: 'Safe'" in template.text
    with pytest.raises(EditError, match="Shop"):
        learn_from_text(text, Retrieval.CREDENTIAL, input_name="Shop")


def test_an_environment_variable_is_known_by_being_the_only_row():
    text = "Vault.GetVariable Name: $'''Portal''' Value=> Secret\r\n"
    assert learn_from_text(text, Retrieval.ENVIRONMENT) == TEMPLATES.environment
    with pytest.raises(EditError, match="exactly one"):
        learn_from_text(text + ROW, Retrieval.ENVIRONMENT)


@pytest.mark.parametrize("name", ["It's 100 %", 'a "b"', "C:\\x\\", "凭据", "a{variable}b"])
@pytest.mark.parametrize("quotes", ["$'''{credential}'''", "{credential}", "'{credential}'"])
def test_names_are_escaped_as_their_quotes_ask_for(name: str, quotes: str):
    template = Template(f"Vault.GetCredential Name: {quotes} Credential=> {{variable}}")
    check_template(template)
    script = parse(template.render(name, "Login"))
    assert not script.diagnostics
    literal = script.clause_text(script.statements[0], script.statements[0].clauses[0])
    value = decode_text(literal)
    assert (value.replace("%%", "%") if literal.startswith("$") else value) == name


@pytest.mark.parametrize("name", ["", " ", "a\r\nb"])
def test_a_name_is_one_line(name: str):
    with pytest.raises(EditError):
        Template(LEARNED).render(name, "Login")


@pytest.mark.parametrize(
    "text",
    [
        "",
        LEARNED.replace("{credential}", "Portal"),
        LEARNED.replace("{variable}", "Login"),
        f"{LEARNED}\nSET A TO 1",
        f"DISABLE {LEARNED}\nWAIT 1",
        LEARNED.replace("=> {variable}", ": {variable}"),
        LEARNED.replace("$'''{credential}'''", "$'''{credential}"),
    ],
)
def test_an_edited_template_is_checked(text: str):
    with pytest.raises(EditError):
        check_template(Template(text))


def test_an_opened_export_shows_it_with_the_version_of_the_product(sample: Path):
    session = Session.open(sample)
    stored = session.export.desktop_flows[0]
    flow = build_flow(stored.id, stored.name, stored.script + ROW)
    found = templates_for(session.export, [flow], Templates(credential=Template("other")))
    assert found.credential == Template(LEARNED, stored.metadata["clientversion"])


def test_a_flow_without_it_shows_nothing():
    assert learn(build_flow("", "", "SET A TO 1")) == Templates()
    assert Session(open_text("SET A TO 1", "x")).templates == Templates()
    assert Session(open_text(ROW, "x")).templates.credential == Template(LEARNED)


def test_templates_are_kept(own_home: Path):
    assert load_templates() == Templates()
    save_templates(TEMPLATES)
    assert load_templates() == TEMPLATES
    save_templates(Templates(environment=TEMPLATES.environment))
    assert load_templates().credential is None
    assert store_file().parent == own_home


def test_a_template_of_several_lines_is_kept():
    kept = Templates(credential=Template(f"@@kept: 'yes'\n{LEARNED}", "2.60"))
    save_templates(kept)
    assert load_templates() == kept


@pytest.mark.parametrize(
    "text", ["[credential", "[credential]\n", "[credential]\ntext = 'SET A TO 1'\n"]
)
def test_a_damaged_file_is_left_as_it_is(text: str):
    store_file().write_text(text, encoding="utf-8", newline="")
    with pytest.raises(ConfigError, match=r"templates\.toml"):
        load_templates()
    with pytest.raises(ConfigError):
        save_templates(TEMPLATES)
    assert store_file().read_text(encoding="utf-8") == text


def test_a_wrong_template_is_not_kept():
    with pytest.raises(EditError):
        save_templates(Templates(credential=Template("SET A TO 1")))
    assert not store_file().exists()


def test_a_file_holds_the_row_or_what_is_kept(tmp_path: Path):
    row = tmp_path / "row.txt"
    row.write_text(ROW, encoding="utf-16", newline="")
    assert templates_from_file(row).credential == Template(LEARNED)
    save_templates(TEMPLATES)
    assert templates_from_file(store_file()) == TEMPLATES
    empty = tmp_path / "empty.toml"
    empty.write_text("", encoding="utf-8")
    for path in (empty, tmp_path / "missing.txt"):
        with pytest.raises(ConfigError, match=path.name):
            templates_from_file(path)

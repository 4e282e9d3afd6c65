"""Names for credentials and their variables; many secrets mended in one go."""

import pytest
from tests.fixes.invented import HEADER, session_of

from padguard.fixes.fix import Applicability
from padguard.fixes.retrieval_names import (
    LONGEST_VARIABLE,
    name_for_hit,
    row_hits,
    usual_variable_name,
    variable_name,
)
from padguard.flow.build import build_flow
from padguard.session.mending import Wish


def suggested(text: str) -> str:
    inspection = session_of(HEADER + text).inspection
    assert inspection is not None
    return name_for_hit(inspection, next(row_hits(inspection)), ())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("SET SapPassword TO $'''Wren-41-nest'''\r\n", "Sap"),
        ("SET contraseña_banco TO $'''Wren-41-nest'''\r\n", "Banco"),
        ("SET ApiKeyPortal TO $'''ghp41nestWren82Swan'''\r\n", "Portal"),
        ("SET Password TO $'''Wren-41-nest'''\r\n", "Nightly import"),
        (
            (
                "Database.Connect.Connect ConnectionString: $'''Data Source=dwh01;User ID=a;"
                "Password=Wren-41-nest;''' Connection=> Sql\r\n"
            ),
            "dwh01",
        ),
        (
            (
                "Web.DownloadFromWeb.Download Url: $'''https://bob:Wren-41-nest@prices.example''' "
                "WebPageText=> Page\r\n"
            ),
            "prices.example",
        ),
    ],
)
def test_a_credential_is_called_after_what_it_is_for(text: str, name: str):
    assert suggested(text) == name


@pytest.mark.parametrize(
    ("credential", "name"),
    [
        ("Portal", "PortalCredential"),
        ("SAP P01", "SAPP01Credential"),
        ("sftp.very-long.example.com", "SftpVeryLongExaCredential"),
        ("店舗7", "店舗7Credential"),
        ("7 %", "Credential"),
        ("Bank credential", "BankCredential"),
    ],
)
def test_a_variable_is_called_after_its_credential(credential: str, name: str):
    assert usual_variable_name(credential) == name
    assert len(name) <= LONGEST_VARIABLE


def test_names_of_variables_are_free():
    flow = build_flow("", "", "SET portalcredential TO 1\r\nSET PortalCredential2 TO 2\r\n")
    assert variable_name(flow, "", "Portal") == "PortalCredential3"
    assert variable_name(flow, "Mine", "Portal") == "Mine"


def test_many_secrets_are_mended_in_one_go_each_with_its_own_credential():
    texts = [f"SET Password{n} TO $'''Wren-{n}-nest'''\r\n" for n in range(5)]
    session = session_of(HEADER + "".join(texts))
    session.mend_all(Wish(lambda _: True, frozenset({Applicability.REVIEW}), "replace-secret"))
    text = session.flows[0].script.text
    assert "Wren" not in text
    assert text.count("Vault.GetCredential") == 5
    written = [line.split("'''")[1] for line in text.splitlines() if line.startswith("Vault")]
    assert len(set(written)) == 5
    session.undo()
    assert session.flows[0].script.text == HEADER + "".join(texts)


def test_the_secrets_that_leave_are_told_with_the_credential_that_takes_each():
    body = "SET Password1 TO $'''Wren-1-nest'''\r\nSET Password2 TO $'''Wren-2-nest'''\r\n"
    session = session_of(HEADER + body)
    for _ in range(2):
        finding = next(found for found in session.findings if found.rule == "PG102")
        fix = next(fix for fix in session.fixes(finding) if fix.id == "replace-secret")
        assert fix.plan is not None
        (removed,) = fix.plan.removed
        session.apply(fix.title, fix.plan)
        session.analyse()
        number = removed.secret.reveal()[5]
        lines = session.flows[0].script.text.splitlines()
        line = next(line for line in lines if line.startswith(f"SET Password{number} "))
        variable = line.split(" TO ")[1].removesuffix(".Password")
        row = next(line for line in lines if line.endswith(f"=> {variable}"))
        assert f"'''{removed.credential}'''" in row

"""The checklist leads from the secret to a flow without it, by what the pages say."""

import re

import pytest

from padguard.session.handoff_checklist import OWN_STEP, Store, handoff_checklist


@pytest.mark.parametrize("store", Store)
def test_the_steps_come_in_order_and_name_the_credential(store):
    texts = [str(step.text) for step in handoff_checklist("FTP login", store)]
    order = ["Create the credential “FTP login”", "Check that", "Share “FTP login”"]
    order += ["Change the secret", "Remove the exports", "Remove the run history"]
    order += ["Delete the hand-off of “FTP login”"]
    places = [next(i for i, text in enumerate(texts) if text.startswith(s)) for s in order]
    assert places == sorted(places)
    assert places[-1] == len(texts) - 1
    assert not any(re.search(r"[{}]", text) for text in texts)


@pytest.mark.parametrize("store", Store)
def test_every_step_cites_its_page(store):
    for step in handoff_checklist("FTP login", store)[:-1]:
        assert re.search(r"\.md \(\d\d/\d\d/\d{4}\)$", step.source), step
    assert handoff_checklist("FTP login", store)[-1].source == OWN_STEP


@pytest.mark.parametrize("store", Store)
def test_every_page_is_one_of_the_reference(store, reference):
    facts = (reference / "domain.md").read_text(encoding="utf-8")
    for step in handoff_checklist("FTP login", store)[:-1]:
        cited = re.search(r"([\w-]+\.md) \((\S+)\)$", step.source)
        assert cited is not None
        name, date = cited.groups()
        assert any(
            name in line and re.search(rf"{re.escape(name)},? {date}", line)
            for line in facts.splitlines()
        ), step.source


def test_each_store_has_its_own_way():
    def told(store):
        return " ".join(str(step.text) for step in handoff_checklist("FTP login", store))

    vault, cyberark = told(Store.AZURE_KEY_VAULT), told(Store.CYBERARK)
    assert "two environment variables" in vault
    assert "CyberArk" not in vault
    assert "object" in cyberark
    assert "Key Vault" not in cyberark

"""The registry is complete, in order, and every rule explains itself."""

import re

import pytest

from padguard.reports.explanation import HEADINGS, sections
from padguard.rules.registry import RULES, rule

MUST_SAY = {"What it finds", "Why it matters", "Fixes", "Source"}
NO_RULE = {
    "PG711": "the eleventh check, for unsafe passwords, is PG101",
}


def test_ids_and_names_are_unique_and_in_order():
    ids = [one.id for one in RULES]
    assert ids == sorted(set(ids))
    assert len({one.slug for one in RULES}) == len(RULES)
    for one in RULES:
        assert re.fullmatch(r"PG\d{3}", one.id)
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", one.slug)


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.id)
def test_every_rule_explains_itself(one):
    headings = [found.heading for found in sections(one)]
    assert set(headings) >= MUST_SAY
    assert headings == sorted(headings, key=HEADINGS.index)
    assert ("Example" in headings) == ("Fixed" in headings)
    assert one.explanation.lstrip().startswith(f"{one.id}: ")
    first = one.explanation.strip().partition("\n")[0]
    assert first.endswith(".")


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.id)
def test_a_rule_is_a_file_named_after_it(one):
    module = one.check.__module__.rpartition(".")[2]
    assert module == f"{one.id.lower()}_{one.slug.replace('-', '_')}"


def test_every_rule_of_these_chapters_exists():
    chapters = {
        "PG1": range(101, 110),
        "PG2": range(201, 209),
        "PG3": range(301, 308),
        "PG4": range(401, 405),
        "PG5": range(501, 504),
        "PG6": range(601, 602),
        "PG7": range(701, 712),
    }
    wanted = {f"PG{number}" for numbers in chapters.values() for number in numbers}
    assert {one.id for one in RULES} >= wanted - NO_RULE.keys()
    assert {one.id for one in RULES}.isdisjoint(NO_RULE)


def test_rules_are_found_by_number_and_name():
    assert rule("pg101") is rule("hardcoded-secret-argument") is RULES[0]
    assert rule("PG999") is None

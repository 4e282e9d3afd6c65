"""The examples in the explanations of the rules are true."""

import pytest

from padguard.reports.explanation import section
from padguard.rules.registry import RULES

WITHOUT_EXAMPLE = {
    "PG109": "screenshots are files beside the scripts",
    "PG205": "it takes two flows",
    "PG206": "it takes a cloud flow",
    "PG401": "it lists what a flow needs",
    "PG402": "what is missing is no row",
    "PG403": "connections are a payload beside the script",
    "PG404": "it takes a snapshot",
    "PG501": "it takes a policy",
    "PG502": "it takes a policy",
    "PG503": "it takes a policy",
    "PG601": "it takes tables or a snapshot",
    "PG704": "it takes 26 inputs",
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_example_is_found(rule, findings):
    example = section(rule, "Example")
    assert bool(example) != (rule.id in WITHOUT_EXAMPLE)
    if example:
        assert rule.id in {finding.rule for finding in findings(example)}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_fixed_example_is_clean(rule, findings):
    fixed = section(rule, "Fixed")
    assert bool(fixed) != (rule.id in WITHOUT_EXAMPLE)
    if fixed:
        assert rule.id not in {finding.rule for finding in findings(fixed)}

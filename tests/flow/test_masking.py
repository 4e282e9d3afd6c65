"""What of a script is masked: found secrets, values where secrets belong, all that is not known."""

import pytest

from padguard.flow.build import build_flow
from padguard.flow.masking import action_spans, masked_spans, merged
from padguard.flow.words import summary
from padguard.foundation.masked import MASK

HEADER = "@SENSITIVE: [Token]\n"
CONNECTION = "SET Line TO $'''Server=sql01;Password=Kx8!pomelo;User=%User%'''\n"
TYPED = (
    "WebAutomation.PopulateTextField.PopulateTextField BrowserInstance: Browser "
    "Control: appmask['Page']['Name'] Text: $'''Invoice''' Mode: "
    "WebAutomation.PopulateTextMode.Replace UnfocusAfterPopulate: False\n"
)


def flow_of(text, *secrets):
    flow = build_flow("f", "Flow", HEADER + text)
    found = []
    for secret in secrets:
        start = flow.script.text.index(secret)
        found.append((start, start + len(secret)))
    flow.secrets = tuple(found)
    return flow


def line_of(flow, action=0):
    return "".join(piece.text for piece in summary(flow, flow.actions[action]).segments)


def test_only_the_secret_part_of_a_text_is_masked():
    flow = flow_of(CONNECTION, "Kx8!pomelo")
    assert line_of(flow).endswith(f"'Server=sql01;Password={MASK};User=User'")


@pytest.mark.parametrize("secret", ["8!pome", "Password=Kx8!pomelo;User=%User%", "%User%"])
def test_a_secret_may_cross_the_pieces_of_a_text(secret):
    flow = flow_of(CONNECTION, secret)
    line = line_of(flow)
    assert line.count(MASK) == 1
    assert secret not in line
    assert "pomelo" not in line or secret == "%User%"


def test_remarks_are_masked():
    flow = flow_of("# the password is Qx7!quince\n", "Qx7!quince")
    assert line_of(flow) == f"the password is {MASK}"


def test_typed_texts_that_are_no_secrets_are_shown():
    assert "Invoice" in line_of(flow_of(TYPED))


def test_values_of_marked_variables_are_masked_whole():
    flow = flow_of("SET Token TO $'''abc'''\n")
    assert line_of(flow).endswith(f"'{MASK}'")


def test_as_long_as_nobody_has_looked_every_text_is_masked():
    flow = build_flow("f", "Flow", HEADER + CONNECTION + "# remark\n" + TYPED)
    assert flow.secrets is None
    shown = "".join(line_of(flow, action) for action in range(3))
    assert "sql01" not in shown
    assert "remark" not in shown
    assert "Invoice" not in shown


def test_spans_are_in_order_and_apart():
    assert merged([(5, 9), (1, 3), (8, 12), (3, 4), (6, 7)]) == [(1, 3), (3, 4), (5, 12)]
    flow = flow_of(CONNECTION, "Kx8!pomelo", "8!pom")
    assert len(action_spans(flow, flow.actions[0])) == 1
    assert masked_spans(flow) == action_spans(flow, flow.actions[0])

"""What single rows do with values: carry, show, overwrite, gain, use."""

import pytest

from padguard.analysis.effects import effect_of
from padguard.analysis.options import Options
from padguard.catalog.roles import Channel
from padguard.flow.build import build_flow

HTTP = (
    "Web.InvokeWebService.InvokeWebService Url: U Method: Web.Method.Post "
    "CustomHeaders: H RequestBody: B Response=> R"
)
CASES = {
    "SET A TO B": ("B>A", "-A"),
    "SET A TO $'''x%B%y%C.Name2%'''": ("B>A", "C>A", "-A"),
    "SET A TO (B + 1) * C": ("B>A", "C>A", "-A"),
    "SET A TO B = C": ("-A",),
    "SET A TO NOT(B)": ("-A",),
    "SET A TO Contains(B, C, True)": ("-A",),
    "SET A TO B.Length + C.Count": ("-A",),
    "SET A TO B[C]": ("B>A", "-A"),
    "SET A TO { 'x': B, 'y': [C] }": ("B>A", "C>A", "-A"),
    "SET A['x'] TO B": ("B>A",),
    "SET A[B] TO C": ("C>A",),
    "DISABLE SET A TO B": (),
    "IF A = B THEN": (),
    "LOOP I FROM A TO B STEP 1": ("-I",),
    "LOOP FOREACH I IN A": ("A>I", "-I"),
    "ERROR => E": ("-E",),
    "EXIT Code: A ErrorMessage: B": ("B!log",),
    "CALL Sub": (),
    "Text.Trim Text: A TrimOption: Text.TrimOption.Both TrimmedText=> R": ("A>R", "-R"),
    "Acme.Unknown One: A Two: B Out=> R Other=> S": (
        "A>R",
        "A>S",
        "B>R",
        "B>S",
        "-R",
        "-S",
    ),
    "Variables.AddItemToList Item: A List: L": ("A>L", "L>L"),
    "Variables.ClearList List: L": ("-L",),
    "Clipboard.SetText Text: A": ("A!clipboard",),
    "Logging.LogMessage Message: $'''x%A%''' LogLevel: Logging.LogLevel.Info": ("A!log",),
    HTTP: ("U!http", "B!http", "-R"),
    "FTP.OpenConnection Host: A Port: 21 Username: B Password: C Connection=> F": ("C?", "-F"),
    "Display.InputDialog Message: A InputType: Display.InputType.Password UserInput=> R": (
        "A!screen",
        "-R",
        "+R",
    ),
    "Display.InputDialog Message: A InputType: Display.InputType.SingleLine UserInput=> R": (
        "A!screen",
        "-R",
    ),
    "Vault.GetCredential CredentialName: A Credential=> R": ("-R", "+R"),
}


def described(text, options):
    """Return an effect in short: carried >, shown !, used as secret ?, overwritten -, gained +."""
    flow = build_flow("", "", f"@SENSITIVE: []\n{text}\n")
    effect = effect_of(flow, flow.actions[0], options)
    return {
        *(f"{use.variable.name}>{to.name}" for use in effect.carried for to in effect.targets),
        *(f"{shown.use.variable.name}!{shown.channel.value}" for shown in effect.shown),
        *(f"{use.variable.name}?" for use in effect.purposes),
        *(f"-{variable.name}" for variable in effect.overwritten),
        *(f"+{gain.variable.name}" for gain in effect.gains),
    }


@pytest.mark.parametrize("text", CASES)
def test_what_a_row_does(text):
    assert described(text, Options()) == set(CASES[text])


def test_own_sources_sinks_and_secrets():
    options = Options(
        sinks={("acme.do", "shout"): Channel.LOG, ("text.trim", "text"): Channel.FILE},
        secrets=frozenset({("acme.do", "key")}),
        sources=frozenset({("acme.do", "token")}),
    )
    row = "ACME.Do Shout: A Key: B Other: C Token=> R Rest=> S"
    found = described(row, options)
    assert {"A!log", "B?", "+R"} <= found
    assert "+S" not in found
    assert "B>R" not in found
    assert described(
        "Text.Trim Text: A TrimOption: Text.TrimOption.Both TrimmedText=> R", options
    ) == {"A>R", "A!file", "-R"}


def test_own_sources_sinks_and_secrets_take_effect(story):
    options = Options(
        sinks={("acme.show", "what"): Channel.SCREEN},
        secrets=frozenset({("acme.open", "key")}),
        sources=frozenset({("acme.get", "value")}),
    )
    told = story(
        """
        @SENSITIVE: []
        Acme.Get Value=> Found
        Acme.Show What: Found
        SET Text TO $'''lantern'''
        Acme.Open Key: Text
        """,
        options,
    )
    assert {variable.name for variable in told.travel.trace.holdings} == {"Found", "Text"}
    assert len(told.travel.trace.exposures) == 1
    assert [hit.value.reveal() for hit in told.travel.destined] == ["lantern"]

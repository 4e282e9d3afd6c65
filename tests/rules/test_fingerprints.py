"""A fingerprint stays what it is while the flow is edited elsewhere."""

from hypothesis import given
from hypothesis import strategies as st

HEADER = "@SENSITIVE: [Pw]\n@INPUT Pw : { 'FriendlyName': 'Pw', 'Type': 'String' }\n"
BODY = """SET ApiKey TO $'''q8Zr-77Lm-pomelo'''
FTP.OpenConnection Host: $'''h''' Port: 21 Password: $'''Kx8!pomelo''' Connection=> Ftp
SET Text TO $'''x%Pw%'''
Logging.LogMessage Message: Text LogLevel: Logging.LogLevel.InfoLevel
IF A = 1 THEN
    WAIT 900
    Logging.LogMessage Message: Pw LogLevel: Logging.LogLevel.InfoLevel
END
# the password is Kx8!pomelo
Display.ShowMessageDialog.ShowMessage Message: $'''%Pw%'''
Display.ShowMessageDialog.ShowMessage Message: $'''%Pw%'''
""".splitlines(keepends=True)
OTHERS = [
    "WAIT 1\n",
    "# a remark\n",
    "SET Count TO 1\n",
    "Text.Trim Text: Town TrimOption: Text.TrimOption.Both TrimmedText=> Town\n",
    "LOOP FOREACH Item IN Items\nWAIT 2\nEND\n",
    "**REGION Work\n**ENDREGION\n",
    "\n",
    "CALL Elsewhere\n",
]


def fingerprints(found):
    return {(finding.rule, finding.fingerprint) for finding in found}


@given(
    st.lists(
        st.tuples(st.integers(min_value=0, max_value=len(BODY)), st.sampled_from(OTHERS)),
        min_size=1,
        max_size=6,
    )
)
def test_rows_inserted_elsewhere_change_none(findings, inserted):
    lines = list(BODY)
    for place, row in sorted(inserted, reverse=True):
        lines.insert(place, row)
    before = findings(HEADER + "".join(BODY))
    after = findings(HEADER + "".join(lines))
    assert len(before) > 10
    assert fingerprints(before) == fingerprints(after)
    assert len(fingerprints(before)) == len(before)


SECRETS = st.text(
    st.sampled_from("abcdefghkmnpqrstwxyzABCDEFGH23456789!?+#"), min_size=9, max_size=20
)


@given(SECRETS, SECRETS)
def test_other_secrets_have_other_fingerprints(findings, one, other):
    def of(secret):
        return fingerprints(findings(f"SET Password TO $'''x{secret}7'''", select=["PG102"]))

    assert (of(one) == of(other)) == (one == other)


@given(SECRETS)
def test_a_fingerprint_says_nothing_of_the_secret(findings, secret):
    (found,) = findings(f"SET Password TO $'''x{secret}7'''", select=["PG102"])
    assert len(found.fingerprint) == 24
    assert set(found.fingerprint) <= set("0123456789abcdef")
    assert secret not in repr(found)


def test_flows_and_subflows_are_told_apart(findings):
    row = "WAIT 900\n"
    script = f"{row}FUNCTION Sub GLOBAL\n{row}END FUNCTION\n"
    found = findings({"one": script, "two": script}, select=["PG710"])
    assert len(fingerprints(found)) == 4

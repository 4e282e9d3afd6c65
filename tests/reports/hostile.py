"""An export whose names and texts try to get out of a report of it."""

from tests.evaluation.exporting import make_export
from tests.evaluation.model import Case, CloudPart, DesktopPart, ElementPart, VariablePart
from tests.governance.policy_files import flat, read

from padguard.reports.model import ExportReport
from padguard.session.session import Session

NAMES = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    '" onmouseover="alert(1)" x=\'',
    "</title></style><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    '=HYPERLINK("http://evil.example","click")',
    "gpj\u202eexe.txt",
    "nul\x00bell\x07esc\x1b[31m",
    "lone\ud800surrogate",
    "]]><!-- &amp; &#60;b&#62;",
    "`code` ``two`` **bold** [link](http://evil.example) @everyone #1 | cell",
    "one\r\n\r\n# two\u2028three",
    "url(http://evil.example/x.png)",
    "x" * 10_000,
)

SECRET = "Vy4!quince-Rd"
FLOW = "11111111-2222-3333-4444-555555555555"
SCRIPT = """\
@SENSITIVE: []
SET Password TO $'''{secret}'''
SET Copy TO Password
# {name} password: {secret}
Display.ShowMessageDialog.ShowMessage Title: $'''t''' Message: Copy ButtonPressed=> Pressed
Unknown.DoSomething Text: Password Result=> Result
External.RunFlow FlowId: '66666666-2222-3333-4444-555555555555'
**FUNCTION '{name}' GLOBAL
    SET Token TO Password
**END FUNCTION
"""


def hostile_report(name: str) -> ExportReport:
    """Return an export in which everything that has a name is called so."""
    session = Session(make_export(_case(name)))
    session.policing.policies = read(flat(name, blocked="Display"))
    inspection = session.inspect()
    return ExportReport(name, inspection, session.findings, session.selection.rules())


def _case(name: str) -> Case:
    line = " ".join(name.split()).replace("'", "").replace("\x00", "")
    return Case(
        *("hostile", "hostile", "hostile", "", "secret", "en", "", False, False),
        flows=(DesktopPart(FLOW, name, SCRIPT.format(name=line, secret=SECRET)),),
        elements=(
            ElementPart(
                name, name, name, name, (("Name", f"password: {SECRET}"),), screenshot=True
            ),
        ),
        cloud_flows=(CloudPart("c", name, name, (("Password", SECRET),)),),
        environment=(
            VariablePart(name, "Text", SECRET, SECRET),
            VariablePart("Pwd", "Text", SECRET),
        ),
        expect=(),
        decoys=(),
        either=(),
    )

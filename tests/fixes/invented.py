"""An invented Get credential: how the designer really writes it is not known.

Nothing of it is in the product; it only has the shape that any action has.
"""

from padguard.fixes.case import Choices
from padguard.fixes.fix import Fix
from padguard.fixes.template import Template, Templates
from padguard.session.session import Session

ROW = "Vault.GetCredential CredentialName: $'''Portal''' Timeout: 0 Credential=> Login\r\n"
TEMPLATES = Templates(
    credential=Template(
        "Vault.GetCredential CredentialName: $'''{credential}''' Timeout: 0 Credential=> {variable}"
    ),
    environment=Template("Vault.GetVariable Name: $'''{credential}''' Value=> {variable}"),
)
HEADER = "@SENSITIVE: []\r\n"


def input_line(name: str, default: str = "''", kind: str = "String") -> str:
    """Return the line that declares an input, as the designer writes it."""
    return (
        f"@INPUT {name} : {{ 'Description': '', 'FriendlyName': '{name}', "
        f"'DefaultValue': {default}, 'Type': '{kind}' }} \r\n"
    )


def session_of(text: str, templates: Templates = TEMPLATES) -> Session:
    """Return an analysed session of a script, with templates."""
    session = Session.from_text(text, "Nightly import")
    session.templates = templates
    session.analyse()
    return session


def fix_of(session: Session, rule: str, recipe: str, **choices: object) -> Fix:
    """Return what a recipe makes of the first finding of a rule."""
    chosen = Choices(**choices)  # type: ignore[arg-type]  # names and types are the test's own
    finding = next(finding for finding in session.findings if finding.rule == rule)
    return next(fix for fix in session.fixes(finding, chosen) if fix.id == recipe)


def fixed_text(session: Session, rule: str, recipe: str, **choices: object) -> str:
    """Return the script after a fix, which must be possible."""
    fix = fix_of(session, rule, recipe, **choices)
    assert fix.plan is not None, str(fix.reason)
    session.apply(fix.title, fix.plan)
    session.analyse()
    return session.flows[0].script.text

"""Guides for sensitive data that becomes visible, and for credentials sent in clear."""

from collections.abc import Callable
from typing import Final

from padguard.analysis.trace import Exposure
from padguard.catalog.roles import Channel
from padguard.fixes.case import Case
from padguard.fixes.guided import Do, Guide
from padguard.fixes.pages import CLIPBOARD, EMAIL, FTP, SECURE_DATA, VARIABLES
from padguard.foundation.messages import mark


def _shown_by(*channels: Channel) -> Callable[[Case], bool]:
    def fits(case: Case) -> bool:
        subject = case.finding.subject
        return isinstance(subject, Exposure) and subject.shown.channel in channels

    return fits


GUIDES: Final = (
    Guide(
        "guide-say-without",
        ("PG301", "PG302"),
        mark("fixes", "Say what happened without {name}"),
        (
            Do(
                mark(
                    "fixes",
                    "Open row {row} of {subflow} and change “{parameter}”: name the account, the "
                    "credential or the step in place of {name}.",
                ),
                here=True,
                source=VARIABLES,
            ),
            Do(
                mark(
                    "fixes",
                    "If somebody needs the value itself, share the credential with them; they "
                    "need not learn it from the flow.",
                ),
                source=SECURE_DATA,
            ),
        ),
    ),
    Guide(
        "guide-clipboard",
        ("PG303",),
        mark("fixes", "Do without the clipboard, or clear it afterwards"),
        (
            Do(
                mark(
                    "fixes",
                    "See where {name} is pasted after row {row} of {subflow}, and use Populate "
                    "text field in window or Populate text field on web page there: they take "
                    "{name} directly. Then delete row {row}.",
                ),
                here=True,
            ),
            Do(
                mark(
                    "fixes",
                    "If the clipboard is the only way, add Clear clipboard contents right after "
                    "the row that pastes.",
                ),
                here=True,
                source=CLIPBOARD,
            ),
            Do(
                mark(
                    "fixes",
                    "Other programs can still read it until then: accept this finding and note "
                    "why there is no other way.",
                )
            ),
        ),
        _shown_by(Channel.CLIPBOARD),
    ),
    Guide(
        "guide-system-variable",
        ("PG303",),
        mark("fixes", "Hand it over without an environment variable of Windows"),
        (
            Do(
                mark(
                    "fixes",
                    "See which program reads the variable that row {row} of {subflow} sets. Let it "
                    "read the secret from the Windows credential manager, and delete the row.",
                ),
                here=True,
            ),
            Do(
                mark(
                    "fixes",
                    "If there is no other way, add Delete Windows environment variable with the "
                    "same name and type right after the last row that needs it, and accept this "
                    "finding with that reason.",
                ),
                here=True,
            ),
        ),
        _shown_by(Channel.ENVIRONMENT),
    ),
    Guide(
        "guide-written-down",
        ("PG303",),
        mark("fixes", "Write down something else than {name}"),
        (
            Do(
                mark(
                    "fixes",
                    "Open row {row} of {subflow} and change “{parameter}”: write the name of the "
                    "account or of the credential. Whoever reads it can retrieve the secret with "
                    "Get credential.",
                ),
                here=True,
                source=SECURE_DATA,
            ),
            Do(
                mark(
                    "fixes",
                    "If another program needs the value in a file, write it where only the account "
                    "of the robot can read, and add Delete file(s) right after it was read.",
                ),
                here=True,
            ),
            Do(mark("fixes", "Delete what earlier runs wrote, and change the secret.")),
        ),
        _shown_by(Channel.FILE, Channel.DOCUMENT),
    ),
    Guide(
        "guide-sent-out",
        ("PG304",),
        mark("fixes", "Send a reference in place of {name}"),
        (
            Do(
                mark(
                    "fixes",
                    "Open row {row} of {subflow} and change “{parameter}”: send the name of the "
                    "credential, of the account or of the work item.",
                ),
                here=True,
                source=VARIABLES,
            ),
            Do(
                mark(
                    "fixes",
                    "Whoever receives it retrieves the secret there, in a desktop flow with Get "
                    "credential.",
                ),
                source=SECURE_DATA,
            ),
            Do(
                mark(
                    "fixes", "Delete what was sent until now where you can, and change the secret."
                )
            ),
        ),
        _shown_by(Channel.MAIL, Channel.QUEUE, Channel.CONNECTOR, Channel.DIRECTORY, Channel.AI),
    ),
    Guide(
        "guide-sign-in-to-service",
        ("PG304",),
        mark("fixes", "Sign in where the service expects it"),
        (
            Do(
                mark(
                    "fixes",
                    "Look up in the documentation of the service how it takes credentials. Most "
                    "take a header (Authorization) or user name and password.",
                )
            ),
            Do(
                mark(
                    "fixes",
                    "Open row {row} of {subflow}, take {name} out of “{parameter}” and give it in "
                    "the headers or as the password of the action. Addresses and bodies are kept "
                    "in logs of servers.",
                ),
                here=True,
            ),
            Do(
                mark(
                    "fixes",
                    "If the service takes it in no other way, accept this finding with that "
                    "reason.",
                )
            ),
        ),
        _shown_by(Channel.HTTP),
    ),
    Guide(
        "guide-command-line",
        ("PG305",),
        mark("fixes", "Let the program read the secret itself"),
        (
            Do(
                mark(
                    "fixes",
                    "Look up whether the program that row {row} of {subflow} starts can read the "
                    "secret from the Windows credential manager, or sign in with the Windows "
                    "account that runs it.",
                ),
                here=True,
            ),
            Do(
                mark(
                    "fixes",
                    "Change “{parameter}” so that {name} no longer stands in it: other programs of "
                    "the machine can read command lines.",
                ),
                here=True,
            ),
            Do(mark("fixes", "Change the secret: command lines are kept in logs of the machine.")),
        ),
        _shown_by(Channel.COMMAND_LINE),
    ),
    Guide(
        "guide-script",
        ("PG305",),
        mark("fixes", "Keep the secret out of the text of the script"),
        (
            Do(
                mark(
                    "fixes",
                    "Change “{parameter}” in row {row} of {subflow}: let the script read the "
                    "secret itself, from the Windows credential manager or the key vault, in place "
                    "of having {name} written into its text.",
                ),
                here=True,
            ),
            Do(
                mark(
                    "fixes",
                    "For a database, sign in through the connection and leave secrets out of the "
                    "statement.",
                )
            ),
            Do(
                mark(
                    "fixes",
                    "If {name} is no secret itself but only made from one, set what is needed in a "
                    "variable of its own, before the secret comes in.",
                )
            ),
        ),
        _shown_by(Channel.SCRIPT),
    ),
    Guide(
        "guide-transport",
        ("PG306",),
        mark("fixes", "Find an encrypted way with whoever runs the server"),
        (
            Do(mark("fixes", "Ask which encrypted way the server offers, and on which port.")),
            Do(
                mark(
                    "fixes",
                    "Open row {row} of {subflow}. Use an address with https, for files Open secure "
                    "FTP connection with SFTP or FTPS, for mail Enable SSL.",
                ),
                here=True,
                source=FTP,
            ),
            Do(
                mark("fixes", "Leave Accept untrusted certificates off."),
                here=True,
                source=EMAIL,
            ),
            Do(mark("fixes", "Change the credential: it has been sent in clear.")),
        ),
    ),
    Guide(
        "guide-screenshot-row",
        ("PG307",),
        mark("fixes", "Take the screenshot while nothing secret is on the screen"),
        (
            Do(
                mark(
                    "fixes",
                    "Move row {row} of {subflow} to where the secret is not on the screen yet, or "
                    "no longer.",
                ),
                here=True,
            ),
            Do(
                mark("fixes", "If nobody needs the picture, delete the row."),
                here=True,
            ),
            Do(mark("fixes", "Delete the pictures that earlier runs took.")),
        ),
        lambda case: case.action is not None,
    ),
)

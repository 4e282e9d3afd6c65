"""Guides for components that are missing or personal, and for policies."""

from collections.abc import Callable
from typing import Final

from padguard.fixes.case import Case
from padguard.fixes.guided import Do, Guide
from padguard.fixes.pages import CONNECTIONS, DLP, ERRORS, SECURE_DATA
from padguard.foundation.messages import Message, mark
from padguard.rules import pg404_overshared as overshared


def _says(*messages: Message) -> Callable[[Case], bool]:
    """Return what tells whether a finding says one of some sentences."""
    texts = {message.text for message in messages}
    return lambda case: case.finding.message.text in texts


GUIDES: Final = (
    Guide(
        "guide-add-component",
        ("PG402",),
        mark("fixes", "Have it travel with the flow"),
        (
            Do(
                mark(
                    "fixes",
                    "In the portal, open Solutions and your solution, add what is missing, and "
                    "export it again.",
                )
            ),
            Do(
                mark(
                    "fixes",
                    "If it shall not travel, see that it is in the environment under the same id "
                    "before this export is imported, and accept this finding with that reason.",
                )
            ),
        ),
        each=Do(mark("fixes", "See row {row} of {subflow} in {flow}: it refers to it."), here=True),
    ),
    Guide(
        "guide-service-account",
        ("PG403",),
        mark("fixes", "Connect with an account made for the automation"),
        (
            Do(
                mark(
                    "fixes",
                    "Have an account made that belongs to the automation and has only the rights "
                    "that it needs, and make a connection with it.",
                )
            ),
            Do(
                mark(
                    "fixes",
                    "In the portal, open the flow, then Details. Under Connection references, "
                    "select Manage and choose that connection.",
                ),
                source=CONNECTIONS,
            ),
            Do(mark("fixes", "Export again: the address of the person is gone.")),
        ),
    ),
    Guide(
        "guide-read-all",
        ("PG404",),
        mark("fixes", "Make nobody co-owner by a role"),
        (
            Do(
                mark(
                    "fixes",
                    "Ask the administrator of the environment who needs this security role, and "
                    "take it from everybody else.",
                ),
                source=SECURE_DATA,
            ),
            Do(
                mark(
                    "fixes",
                    "Or have its privilege Read on the table Process reduced, so that it no longer "
                    "reaches all rows.",
                ),
                source=SECURE_DATA,
            ),
            Do(mark("fixes", "Where it must stay, accept this finding and note who has it.")),
        ),
        _says(overshared.READ_ALL, overshared.READ_ALL_SOMEBODY),
    ),
    Guide(
        "guide-owner",
        ("PG404",),
        mark("fixes", "Assign it to an agreed owner"),
        (
            Do(
                mark(
                    "fixes",
                    "Have the row assigned to an agreed owner; that takes the privilege Assign on "
                    "it.",
                ),
                source=SECURE_DATA,
            ),
            Do(mark("fixes", "Or add the owner to agreed-owners in the file with your answers.")),
        ),
        _says(overshared.FLOW_OWNER, overshared.COMPONENT_OWNER),
    ),
    Guide(
        "guide-everybody",
        ("PG404",),
        mark("fixes", "Share it with those who need it"),
        (
            Do(
                mark(
                    "fixes",
                    "Open Manage access, take the organisation out, and share with people or teams "
                    "instead.",
                ),
                source=SECURE_DATA,
            ),
        ),
        _says(overshared.FLOW_EVERYBODY, overshared.COMPONENT_EVERYBODY),
    ),
    Guide(
        "guide-lacking",
        ("PG404",),
        mark("fixes", "Give access to those who need it"),
        (
            Do(
                mark(
                    "fixes",
                    "See whether a security role or a team gives them access to it already; then "
                    "accept this finding.",
                ),
            ),
            Do(
                mark(
                    "fixes",
                    "Else share the component with them; the access checklist says where to click.",
                ),
                source=SECURE_DATA,
            ),
        ),
        _says(overshared.LACKING),
    ),
    Guide(
        "guide-policy",
        ("PG501",),
        mark("fixes", "Do without the action, or ask for it"),
        (
            Do(
                mark(
                    "fixes",
                    "See whether another action does the same as row {row} of {subflow} and is "
                    "allowed, and replace the row.",
                ),
                here=True,
                source=DLP,
            ),
            Do(
                mark(
                    "fixes",
                    "If nobody needs the row, disable or delete it in the designer and save: the "
                    "flow is checked again then.",
                ),
                here=True,
                source=DLP,
            ),
            Do(
                mark(
                    "fixes",
                    "Else ask the administrator of the environment to allow this one action, and "
                    "say what it is for.",
                ),
                source=DLP,
            ),
        ),
    ),
    Guide(
        "guide-mixed-groups",
        ("PG502",),
        mark("fixes", "Keep Business and Non-business apart"),
        (
            Do(
                mark(
                    "fixes",
                    "Move the rows of one class to a desktop flow of their own, or delete them.",
                ),
                source=DLP,
            ),
            Do(
                mark(
                    "fixes",
                    "Else ask the administrator of the environment to put the groups into the "
                    "same class.",
                ),
                source=DLP,
            ),
        ),
        each=Do(mark("fixes", "See row {row} of {subflow} in {flow} ({action})."), here=True),
    ),
    Guide(
        "guide-not-evaluated",
        ("PG503",),
        mark("fixes", "Find out whether it is allowed"),
        (
            Do(
                mark(
                    "fixes",
                    "Open {flow} in the designer of the environment where it shall run, and see "
                    "whether the errors pane complains about row {row} of {subflow}.",
                ),
                here=True,
                source=ERRORS,
            ),
            Do(
                mark(
                    "fixes",
                    "Ask the administrator which group the action belongs to and how the policies "
                    "class it.",
                ),
                source=DLP,
            ),
        ),
    ),
)

"""Guides for what stands outside of scripts: variables, cloud flows, UI elements, screenshots."""

from typing import Final

from padguard.analysis.cloud import CloudRun
from padguard.analysis.holdings import Holding
from padguard.fixes.case import Case
from padguard.fixes.guided import Do, Guide
from padguard.fixes.pages import (
    CUSTOM_FORMS,
    FLOW_SIZE,
    KEY_VAULT,
    SECURE_DATA,
    SENSITIVE_INPUT,
    UI_ELEMENTS,
    VARIABLES,
)
from padguard.foundation.messages import Message, mark
from padguard.rules.callers import CLOUD_ACTION
from padguard.rules.pg107_secret_outside_script import ELEMENT, VARIABLE

CHANGE_IT: Final = Do(
    mark("fixes", "Change the secret where it is used: it has travelled with the export.")
)
REMOVE_UNUSED: Final = Do(
    mark(
        "fixes",
        "On the tab UI elements, select the dots icon next to Sort and then Remove unused UI "
        "elements.",
    ),
    source=UI_ELEMENTS,
)


def _lies_at(case: Case, where: Message) -> bool:
    return case.finding.place.where is not None and case.finding.place.where.text == where.text


GUIDES: Final = (
    Guide(
        "guide-secret-variable",
        ("PG107",),
        mark("fixes", "Replace it by an environment variable of type Secret"),
        (
            Do(
                mark("fixes", "Put a new secret into Azure Key Vault."),
                source=KEY_VAULT,
            ),
            Do(
                mark(
                    "fixes",
                    "In Solutions, open your solution and select New, More, Environment variable. "
                    "Choose Secret as its data type and Azure Key Vault as its secret store.",
                ),
                source=KEY_VAULT,
            ),
            Do(
                mark(
                    "fixes",
                    "Where “{where}” was read, read the new one: in cloud flows with Perform an "
                    "unbound action (RetrieveEnvironmentVariableSecretValue), in desktop flows "
                    "with Get credential or Retrieve environment variable.",
                ),
                source=SECURE_DATA,
            ),
            Do(mark("fixes", "Empty “{where}”, default and value, or delete it.")),
            CHANGE_IT,
        ),
        lambda case: _lies_at(case, VARIABLE),
    ),
    Guide(
        "guide-cloud-literal",
        ("PG107",),
        mark("fixes", "Have the cloud flow pass no secret"),
        (
            Do(
                mark(
                    "fixes",
                    "Best of all, let the desktop flow retrieve the secret itself with Get "
                    "credential, and remove the input.",
                ),
                source=SECURE_DATA,
            ),
            Do(
                mark(
                    "fixes",
                    "If it has to be passed, keep it in an environment variable of type Secret and "
                    "retrieve it in the cloud flow with Perform an unbound action "
                    "(RetrieveEnvironmentVariableSecretValue), with Secure Outputs on.",
                ),
                source=KEY_VAULT,
            ),
            Do(
                mark(
                    "fixes",
                    "{where}: take the text out, pass what was retrieved, and turn on Secure "
                    "Inputs in the settings of the action.",
                ),
                source=SENSITIVE_INPUT,
            ),
            CHANGE_IT,
        ),
        lambda case: _lies_at(case, CLOUD_ACTION),
    ),
    Guide(
        "guide-form-field",
        ("PG107",),
        mark("fixes", "Empty the field of the form"),
        (
            Do(
                mark("fixes", "Open row {row} of {subflow} and select Custom form designer."),
                here=True,
                source=CUSTOM_FORMS,
            ),
            Do(
                mark("fixes", "Select the field, clear its Default value, and save the form."),
                here=True,
                source=CUSTOM_FORMS,
            ),
            CHANGE_IT,
        ),
        lambda case: case.action is not None,
    ),
    Guide(
        "guide-element-text",
        ("PG107",),
        mark("fixes", "Take the secret out of the UI element"),
        (
            Do(
                mark(
                    "fixes",
                    "Select the tab UI elements, right-click {where} and select Edit selector. "
                    "Have the selectors look for something else than the secret.",
                ),
                source=UI_ELEMENTS,
            ),
            Do(
                mark(
                    "fixes",
                    "If the secret is in its name, right-click it and rename it. Or capture the "
                    "element again while nothing secret is on the screen, and use the new one.",
                ),
                source=UI_ELEMENTS,
            ),
            REMOVE_UNUSED,
            CHANGE_IT,
        ),
        lambda case: _lies_at(case, ELEMENT),
    ),
    Guide(
        "guide-screenshots",
        ("PG109",),
        mark("fixes", "Look at the screenshots, and take out what should not travel"),
        (
            Do(
                mark(
                    "fixes",
                    "Capture the elements again whose screenshots show what others should not "
                    "see, while nothing of that is on the screen.",
                ),
                source=UI_ELEMENTS,
            ),
            REMOVE_UNUSED,
            Do(
                mark(
                    "fixes",
                    "Or take all screenshots out of the solution; the flow runs as before. In the "
                    "portal, open Solutions and your solution, select all items named Desktop flow "
                    "ui element screenshot (no others), then Remove, Remove from this solution.",
                ),
                source=FLOW_SIZE,
            ),
        ),
        each=Do(mark("fixes", "Look at it: {where}.")),
    ),
    Guide(
        "guide-flow-elsewhere",
        ("PG205",),
        mark("fixes", "Mark the input in the flow that is not in this export"),
        (
            Do(
                mark("fixes", "See in row {row} of {subflow} which desktop flow it runs."),
                here=True,
            ),
            Do(
                mark(
                    "fixes",
                    "Open that flow in the designer. In the variables pane, right-click the input "
                    "that gets {name}, select Edit, select Mark as sensitive, and save.",
                ),
                source=VARIABLES,
            ),
            Do(
                mark(
                    "fixes",
                    "Export both flows in one solution and open that: the value is then followed "
                    "through both.",
                )
            ),
        ),
        lambda case: not isinstance(case.finding.subject, Holding),
    ),
    Guide(
        "guide-secure-caller",
        ("PG206",),
        mark("fixes", "Turn on secure inputs and outputs in the cloud flow"),
        (
            Do(
                mark("fixes", "{where}: in the top right corner of the action, select (…)."),
                source=SENSITIVE_INPUT,
            ),
            Do(mark("fixes", "Select Settings."), source=SENSITIVE_INPUT),
            Do(
                mark("fixes", "Turn on Secure Inputs and Secure Outputs, and select Done."),
                source=SENSITIVE_INPUT,
            ),
        ),
        lambda case: isinstance(case.finding.subject, CloudRun),
    ),
)

"""Guides for the checks of sturdiness: what to change so that a flow is easier to trust."""

from typing import Final

from padguard.fixes.case import Case
from padguard.fixes.guided import Do, Guide
from padguard.fixes.pages import ERRORS, VARIABLES
from padguard.flow.model import Variable, VariableKind
from padguard.foundation.messages import mark


def _is_interface(case: Case) -> bool:
    subject = case.finding.subject
    return isinstance(subject, Variable) and subject.kind is not VariableKind.FLOW


GUIDES: Final = (
    Guide(
        "guide-recursion",
        ("PG701",),
        mark("fixes", "Break the circle of calls"),
        (
            Do(
                mark(
                    "fixes",
                    "Put what shall be repeated into a Loop condition that ends, and delete the "
                    "call in row {row} of {subflow}.",
                ),
                here=True,
            ),
        ),
        each=Do(
            mark("fixes", "Look at row {row} of {subflow}, which calls the next one."), here=True
        ),
    ),
    Guide(
        "guide-rename",
        ("PG702",),
        mark("fixes", "Give {name} a shorter name"),
        (
            Do(
                mark(
                    "fixes",
                    "In the variables pane, right-click {name} and select Rename. The new name is "
                    "put in wherever the variable is used.",
                ),
                source=VARIABLES,
            ),
            Do(
                mark(
                    "fixes",
                    "Take a name that no other variable has: the designer would merge the two.",
                ),
                source=VARIABLES,
            ),
        ),
        lambda case: not _is_interface(case),
    ),
    Guide(
        "guide-rename-input",
        ("PG702",),
        mark("fixes", "Give {name} a shorter name, and let callers use the old one"),
        (
            Do(
                mark(
                    "fixes",
                    "In the variables pane, right-click {name} and select Edit. Change Variable "
                    "name and leave External name as it is: callers know it by that.",
                ),
                source=VARIABLES,
            ),
            Do(
                mark(
                    "fixes",
                    "Take a name that no other variable has: the designer would merge the two.",
                ),
                source=VARIABLES,
            ),
        ),
        _is_interface,
    ),
    Guide(
        "guide-default",
        ("PG703",),
        mark("fixes", "Give {name} a default, or make it optional"),
        (
            Do(
                mark("fixes", "In the variables pane, right-click {name} and select Edit."),
                source=VARIABLES,
            ),
            Do(
                mark(
                    "fixes",
                    "Fill in a Default value that does no harm when the flow is tried out, or "
                    "select Mark as optional, and save.",
                ),
                source=VARIABLES,
            ),
        ),
    ),
    Guide(
        "guide-fewer-inputs",
        ("PG704",),
        mark("fixes", "Pass fewer values"),
        (
            Do(
                mark(
                    "fixes",
                    "See which inputs of {flow} belong together, and pass them as one input of "
                    "the type Custom object.",
                ),
                source=VARIABLES,
            ),
            Do(
                mark(
                    "fixes",
                    "If the flow does several things, move some of them with their inputs to a "
                    "desktop flow of their own.",
                )
            ),
            Do(mark("fixes", "Change whatever runs {flow}.")),
        ),
    ),
    Guide(
        "guide-error-block",
        ("PG705",),
        mark("fixes", "Note the error, and go on"),
        (
            Do(
                mark("fixes", "Open On block error in row {row} of {subflow}."),
                here=True,
                source=ERRORS,
            ),
            Do(
                mark(
                    "fixes",
                    "Select New rule, then Set variable to note that something went wrong, or Run "
                    "subflow to report it.",
                ),
                here=True,
                source=ERRORS,
            ),
            Do(
                mark(
                    "fixes",
                    "Ask for that variable behind the block, and read the error there with Get "
                    "last error.",
                ),
                here=True,
                source=ERRORS,
            ),
        ),
    ),
    Guide(
        "guide-nesting",
        ("PG706",),
        mark("fixes", "Make the conditions flatter"),
        (
            Do(
                mark(
                    "fixes",
                    "Join the condition in row {row} of {subflow} with those around it by AND, "
                    "where nothing else stands between them.",
                ),
                here=True,
            ),
            Do(mark("fixes", "Where one value is compared again and again, use Switch and Case.")),
            Do(mark("fixes", "Move the innermost rows to a subflow and run that there.")),
        ),
    ),
    Guide(
        "guide-incomplete-if",
        ("PG707",),
        mark("fixes", "Complete the condition"),
        (
            Do(
                mark(
                    "fixes",
                    "See what shall happen when the condition in row {row} of {subflow} is met, "
                    "and add it.",
                ),
                here=True,
            ),
            Do(
                mark(
                    "fixes",
                    "If only its Else does something, turn the condition round, move the rows up "
                    "and delete the Else.",
                ),
                here=True,
            ),
            Do(mark("fixes", "If nothing depends on it, delete it down to its End."), here=True),
        ),
    ),
    Guide(
        "guide-endless",
        ("PG708",),
        mark("fixes", "Give the loop an end"),
        (
            Do(
                mark(
                    "fixes",
                    "See what the loop in row {row} of {subflow} waits for, and have that looked "
                    "up anew in every round.",
                ),
                here=True,
            ),
            Do(
                mark("fixes", "Count the rounds, and leave with Exit loop after a number of them."),
                here=True,
            ),
        ),
    ),
    Guide(
        "guide-waits",
        ("PG709",),
        mark("fixes", "Wait for what you really wait for"),
        (
            Do(
                mark(
                    "fixes",
                    "Replace most of them by actions that wait for something: Wait for window, "
                    "Wait for web page content, Wait for file, Wait for process.",
                )
            ),
        ),
        each=Do(mark("fixes", "Row {row} of {subflow} waits for a fixed time."), here=True),
    ),
    Guide(
        "guide-long-wait",
        ("PG710",),
        mark("fixes", "Do not keep the machine waiting"),
        (
            Do(
                mark(
                    "fixes",
                    "Replace row {row} of {subflow} by an action that waits for something: a "
                    "window, a file, the content of a web page.",
                ),
                here=True,
            ),
            Do(
                mark(
                    "fixes",
                    "If it waits for a time of day, end the flow there and have a cloud flow with "
                    "a schedule start what follows.",
                ),
                here=True,
            ),
        ),
    ),
)

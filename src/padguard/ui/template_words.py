"""What the dialog says of the actions that retrieve secrets."""

from typing import Final

from padguard.fixes.template import Retrieval, Template
from padguard.foundation.messages import Message, mark
from padguard.ui.template_reading import Anatomy
from padguard.ui.words import translate

LESSONS: Final[dict[Retrieval, Message]] = {
    Retrieval.CREDENTIAL: mark(
        "templates",
        "Microsoft does not say how Get credential is written, and PAD Guard never guesses. So "
        "show it once:\n"
        "1. In the designer, add the action Get credential to any flow, and choose a credential by "
        "its name.\n"
        "2. Select its row and press Ctrl+C.\n"
        "3. Come back and press the button, or Ctrl+V.",
    ),
    Retrieval.ENVIRONMENT: mark(
        "templates",
        "Microsoft does not say how Retrieve environment variable is written, and PAD Guard never "
        "guesses. So show it once:\n"
        "1. In the designer, add the action Retrieve environment variable to any flow, and type "
        "the name of a variable.\n"
        "2. Select only its row and press Ctrl+C.\n"
        "3. Come back and press the button, or Ctrl+V.",
    ),
}
RECOGNISED: Final = mark("templates", "Recognised. Look at it below and keep it.")
WHAT_IS_WHAT: Final = mark(
    "templates",
    "The name stands in the input {inputs}. What is retrieved comes from the output {output}.",
)
PREVIEW: Final = mark("templates", "So it would be written for “{name}”:")

UNKNOWN: Final = mark(
    "templates",
    "Not known yet. Until it is, such a fix takes two steps: you add the action in the designer "
    "where PAD Guard says, and PAD Guard does the rest when you open the flow again.",
)
NOT_KEPT: Final = mark(
    "templates", "Not kept yet. Keep it, and the fixes of all exports can use it."
)
KEPT: Final = mark("templates", "Kept in your settings, for all exports.")
SHOWN: Final = mark(
    "templates",
    "Learned from this export: its fixes use it. Keep it, so that other exports can use it, too.",
)
KEPT_AND_SHOWN: Final = mark(
    "templates", "Learned from this export, and kept in your settings for all others."
)
KEPT_BUT_SHOWN: Final = mark(
    "templates",
    "This export shows the action itself, a little differently, and its fixes use that. Below is "
    "what is kept in your settings for other exports.",
)
VERSION: Final = mark("templates", "It comes from version {version} of the designer.")
NO_VERSION: Final = mark("templates", "Which version of the designer it comes from is not known.")


def status_words(kept: Template | None, shown: Template | None) -> str:
    """Return what is known of an action, and where it is known from.

    Args:
        kept: What is kept in the settings.
        shown: What the open export shows itself.
    """
    known = kept or shown
    if known is None:
        return translate(UNKNOWN)
    if kept is None:
        where = SHOWN
    elif shown is None:
        where = KEPT
    else:
        where = KEPT_AND_SHOWN if kept.text == shown.text else KEPT_BUT_SHOWN
    version = VERSION(version=known.product) if known.product else NO_VERSION
    return "\n".join((translate(where), translate(version)))


def anatomy_words(parts: Anatomy) -> str:
    """Return what is what in a template."""
    inputs = ", ".join(parts.inputs)
    return translate(WHAT_IS_WHAT(inputs=inputs, output=parts.output))

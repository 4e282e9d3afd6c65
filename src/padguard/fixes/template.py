"""How the designer writes the actions that retrieve secrets, as learned from what it wrote."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Template:
    """The text of an action that retrieves a secret.

    Attributes:
        text: Robin text in which ``{credential}`` stands for the name of what is retrieved and
            ``{variable}`` for the variable that gets it.
        product: Version of the product that wrote it, or "".
    """

    text: str
    product: str = ""


@dataclass(frozen=True, slots=True)
class Templates:
    """What is known of Get credential and of Retrieve environment variable; None: not learned."""

    credential: Template | None = None
    environment: Template | None = None

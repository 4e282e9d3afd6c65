"""What a person may decide about the analysis: own names, own sources and sinks, thresholds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from padguard.analysis.secrets.vocabulary import Vocabulary, standard
from padguard.catalog.roles import Channel, InputRole


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What the checks of sturdiness allow; the defaults are those of the product's flow checker.

    Attributes:
        name_length: Characters of a variable's name.
        inputs_and_outputs: Inputs and outputs of a flow, together.
        nesting: Levels of If within each other.
        waits: Rows of a flow that wait for a fixed time.
        wait_seconds: How long such a row may wait.

    Source: Microsoft Learn, "Flow checker (preview)" for desktop flows, 4 June 2025.
    """

    name_length: int = 25
    inputs_and_outputs: int = 25
    nesting: int = 5
    waits: int = 10
    wait_seconds: int = 600


@dataclass(frozen=True)
class Options:
    """What a person decided; the default is to decide nothing.

    Attributes:
        secret_names: Names that say that their value is a secret.
        ordinary_names: Names that do not, whatever they look like.
        sinks: Channel by action id and input, both in lower case: ``("module.action", "text")``.
        secrets: Inputs that take a secret, likewise.
        sources: Outputs that are sensitive by their nature, likewise.
        thresholds: From where on the checks of sturdiness speak.
    """

    secret_names: frozenset[str] = frozenset()
    ordinary_names: frozenset[str] = frozenset()
    sinks: Mapping[tuple[str, str], Channel] = field(default_factory=dict)
    secrets: frozenset[tuple[str, str]] = frozenset()
    sources: frozenset[tuple[str, str]] = frozenset()
    thresholds: Thresholds = field(default_factory=Thresholds)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words that say what is secret, with a person's own."""
        if not self.secret_names and not self.ordinary_names:
            return standard()
        return standard().extended(self.secret_names, self.ordinary_names)

    def is_secret_name(self, name: str) -> bool:
        """Tell whether a person said that a name means a secret, whatever its case."""
        return name.casefold() in self.secret_names

    def is_ordinary_name(self, name: str) -> bool:
        """Tell whether a person said that a name means no secret, whatever its case."""
        return name.casefold() in self.ordinary_names

    def input_role(self, action_id: str, name: str) -> InputRole | None:
        """Return the role that a person gave to an input, or None."""
        key = (action_id.casefold(), name.casefold())
        if key in self.secrets:
            return InputRole(secret=True)
        channel = self.sinks.get(key)
        return InputRole(carries=True, channel=channel) if channel else None

    def is_source(self, action_id: str, name: str) -> bool:
        """Tell whether a person said that an output is sensitive by its nature."""
        return (action_id.casefold(), name.casefold()) in self.sources

    def takes_secrets(self, action_id: str) -> bool:
        """Tell whether a person said of any input of an action that it takes a secret."""
        folded = action_id.casefold()
        return any(known == folded for known, _ in self.secrets)

"""What a person may decide about the analysis: own names, own sources and sinks, thresholds."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from padguard.catalog.roles import Channel, InputRole


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on the checks of sturdiness speak; defaults as in the product's flow checker."""

    name_length: int = 40
    inputs_and_outputs: int = 20
    nesting: int = 5
    waits: int = 10
    wait_seconds: int = 60


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

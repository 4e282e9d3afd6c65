"""The texts of an export that can be changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts of an export, or some of them; what is not named is as it was opened.

    Attributes:
        scripts: Scripts by id of desktop flow.
        cloud: JSON texts by id of cloud flow.
        flags: Settings in the Metadata of desktop flows: by id of flow, by name.
    """

    scripts: Mapping[str, str] = field(default_factory=dict, repr=False)
    cloud: Mapping[str, str] = field(default_factory=dict, repr=False)
    flags: Mapping[str, Mapping[str, bool]] = field(default_factory=dict)

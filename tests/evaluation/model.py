"""What a labelled case of the evaluation set consists of."""

from dataclasses import dataclass, field

KINDS = ("secret", "decoy", "leak", "nonleak")
BY_VARIABLE = frozenset({"PG105", "PG201", "PG202", "PG203", "PG204", "PG207", "PG208"})
"""Rules that make one finding per variable: their labels say which variable, not which row."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a reviewer says of one place.

    Attributes:
        rules: The rule that the reviewer expects first; any of the others will do as well.
        part: Name of the flow, cloud flow, or environment variable.
        subflow: Name of the subflow, empty outside of a script and on a declaration.
        row: The designer's row, or None on a declaration and outside of a script.
        variable: The variable (or the cloud flow's argument), or empty.
        group: Labels of one group stand for one finding, which may be made at any of them.
        why: Why the reviewer says so, mostly of decoys.
    """

    rules: tuple[str, ...]
    part: str
    subflow: str
    row: int | None
    variable: str
    group: str
    why: str


@dataclass(frozen=True, slots=True)
class DesktopPart:
    """A desktop flow of a case; ``id`` is what other flows of the case call it by."""

    id: str
    name: str
    script: str = field(repr=False)
    screenshots_on_error: bool = False
    power_fx: bool = False


@dataclass(frozen=True, slots=True)
class ElementPart:
    """A UI element of a desktop flow.

    ``attributes`` are those of its selector; ``screenshot`` tells whether one travels with it.
    """

    flow: str
    screen: str
    name: str
    type_name: str
    attributes: tuple[tuple[str, str], ...]
    screenshot: bool


@dataclass(frozen=True, slots=True)
class CloudPart:
    """A cloud flow with one action that calls a desktop flow.

    ``arguments`` are its inputs by external name, literals or ``@`` expressions; ``reads`` the
    outputs that a later action uses; ``secure`` holds "inputs" and "outputs" where they are on.
    """

    id: str
    name: str
    calls: str
    arguments: tuple[tuple[str, str], ...] = field(repr=False)
    reads: tuple[str, ...] = ()
    secure: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VariablePart:
    """An environment variable; ``type`` is the portal's word: Text, Number, JSON, Secret."""

    schema_name: str
    type: str
    default: str | None = field(default=None, repr=False)
    value: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled case: what travels in the export, and what should be found in it.

    Attributes:
        id: Unique in the whole set.
        family: Its folder, which names the rule or the kind of carrier.
        group: Its file, without the suffix.
        about: What it is about.
        kind: "secret" or "decoy" for PG1xx, "leak" or "nonleak" for PG2xx and PG3xx.
        language: Of the maker, as in ISO 639-1.
        domain: What the flow works with.
        hard: Whether a simple rule is expected to get it wrong.
        bare: Whether the script is text copied from the designer, without a header.
        flows: The first is what the case is about.
        expect: What a careful reviewer expects; anything else that is found is wrong, but for
            what ``either`` names.
        decoys: Where a simple rule would find something, and should not.
        either: Findings that count neither way.
    """

    id: str
    family: str
    group: str
    about: str
    kind: str
    language: str
    domain: str
    hard: bool
    bare: bool
    flows: tuple[DesktopPart, ...]
    elements: tuple[ElementPart, ...]
    cloud_flows: tuple[CloudPart, ...]
    environment: tuple[VariablePart, ...]
    expect: tuple[Label, ...]
    decoys: tuple[Label, ...]
    either: tuple[Label, ...]

    @property
    def is_export(self) -> bool:
        """Whether the case needs an export: its script alone does not say it all."""
        more = self.flows[1:] or self.elements or self.cloud_flows or self.environment
        return bool(more) or self.flows[0].screenshots_on_error

"""The forms of actions: what each takes, what it gives, and where it belongs."""

from dataclasses import dataclass
from typing import Literal

from padguard.catalog.names import readable

FormKind = Literal["Action", "Condition", "Wait", "While"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """An input of an action.

    Attributes:
        name: As the script writes it.
        type: The product's type name (``String``, ``List`1<FileObject>``), or None where it is
            not known.
        label: The field's name in the designer, else words made from ``name``.
        required: Whether the designer insists on it; False also where that is not known.
        default: What the designer fills in, as text, or None.
        enum: The values it may take, if it is an enumeration; empty where they are not known.
            None for every other type.
        secret: Whether it accepts an encrypted value, by its type or by the documentation.
        may_hold_secret: Whether makers may put a secret here; a judgement.
    """

    name: str
    type: str | None
    label: str
    required: bool = False
    default: str | None = None
    enum: tuple[str, ...] | None = None
    secret: bool = False
    may_hold_secret: bool = False

    def enum_value(self, value: str) -> str | None:
        """Return the value of the enumeration that is spelt so, whatever the case, or None."""
        folded = value.lower()
        return next((known for known in self.enum or () if known.lower() == folded), None)


@dataclass(frozen=True, slots=True)
class Output:
    """A result of an action. Where the script omits it, nothing is written anywhere.

    ``variable`` is the name that the designer proposes for the variable, or None.
    """

    name: str
    type: str | None
    variable: str | None = None

    @property
    def label(self) -> str:
        """Words made from the name."""
        return readable(self.name)


@dataclass(frozen=True, slots=True)
class ActionForm:
    """One form of an action: an id with its own set of parameters.

    Attributes:
        id: As the product writes it (``Excel.LaunchExcel.Launch``).
        kind: Whether it stands alone, in ``IF (…)``, in ``WAIT (…)`` or in ``LOOP WHILE (…)``.
        module: Display name of its module.
        title: What the designer calls the action; the forms of one action share it.
        dlp_group: ``DesktopFlow.X``, the operation group of data loss prevention, or None.
        roles: What it does with sensitive data (``sink:email``, ``secret-consumer`` …).
        inputs: What it takes.
        outputs: What it gives.
        needs_ui_element: Whether it refers to a captured UI element.
        observed_only: Whether it is known from exports alone: its parameters may be incomplete.
    """

    id: str
    kind: FormKind
    module: str
    title: str
    dlp_group: str | None
    roles: tuple[str, ...]
    inputs: tuple[Parameter, ...]
    outputs: tuple[Output, ...]
    needs_ui_element: bool = False
    observed_only: bool = False

    def input(self, name: str) -> Parameter | None:
        """Return the input of that name, whatever the case, or None."""
        folded = name.lower()
        return next((known for known in self.inputs if known.name.lower() == folded), None)

    def output(self, name: str) -> Output | None:
        """Return the output of that name, whatever the case, or None."""
        folded = name.lower()
        return next((known for known in self.outputs if known.name.lower() == folded), None)

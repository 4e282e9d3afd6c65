"""The components as rows that sort and filter, and below each the places that refer to it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, Qt

from padguard.foundation.messages import mark
from padguard.governance.access_facts import ACCESS
from padguard.governance.components import Component, ComponentType, Presence, Use
from padguard.governance.inventory import Inventory
from padguard.ui.views import components_words as words
from padguard.ui.views.components_words import PRESENCE_LOOKS, TYPE_ICONS, Look
from padguard.ui.views.tips import plain_tip
from padguard.ui.views.two_levels import Index, TwoLevels
from padguard.ui.words import translate

ItemRole = Qt.ItemDataRole

TYPE, NAME, PRESENCE, USED, TABLE, MANAGED, USER, CO_OWNER, SOURCES = range(9)
LOOK_ROLE = ItemRole.UserRole

TITLES = (
    mark("components", "Component"),
    mark("components", "Name"),
    mark("components", "Where it is"),
    mark("components", "Used"),
    mark("components", "Dataverse table"),
    mark("components", "Where access is managed"),
    mark("components", "What a user needs"),
    mark("components", "What a co-owner needs"),
    mark("components", "Sources"),
)
USE = mark("components", "Used at")
SWITCHED_OFF = mark("components", "Switched off")
USE_LOOK = Look("use", "muted")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which components are shown: with a text in them, of some kinds, somewhere (none: all)."""

    text: str = ""
    types: frozenset[ComponentType] = frozenset()
    presences: frozenset[Presence] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.text or self.types or self.presences)


class ComponentsModel(TwoLevels):
    """Shows components; the index of a place carries the number of its component, from 1.

    Words are made when they are first wanted.
    """

    TITLES = TITLES

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._inventory: Inventory | None = None
        self._filter = Filter()
        self._column = TYPE
        self._order = Qt.SortOrder.AscendingOrder
        self._words: dict[str, tuple[str, ...]] = {}
        self._rows: list[Component] = []

    @property
    def shown(self) -> list[Component]:
        """The components that pass the filter, in the order they are shown in."""
        return self._rows

    def show(self, inventory: Inventory | None) -> None:
        """Show other components, or none."""
        self._inventory = inventory
        self._words = {}
        self._renew()

    def set_filter(self, wanted: Filter) -> None:
        """Show only some of the components."""
        self._filter = wanted
        self._renew()

    def component(self, index: Index) -> Component | None:
        """Return the component that an index, or the place at an index, belongs to."""
        if not index.isValid():
            return None
        number = index.internalId()
        return self._rows[number - 1 if number else index.row()]

    def use(self, index: Index) -> Use | None:
        """Return the place that an index shows, or None for a component."""
        if not index.isValid() or not index.internalId():
            return None
        return self._rows[index.internalId() - 1].used_by[index.row()]

    def index_of(self, key: str) -> QModelIndex:
        """Return the index of a component, or an invalid one where it is not shown."""
        for row, component in enumerate(self._rows):
            if component.key == key:
                return self.createIndex(row, 0, 0)
        return QModelIndex()

    def count(self) -> int:
        """Return how many rows the first level has."""
        return len(self._rows)

    def count_below(self, row: int) -> int:
        """Return how many rows there are below one of the first level."""
        return len(self._rows[row].used_by)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the components."""
        self._column, self._order = column, order
        self._renew()

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> object:
        """Return what a row shows."""
        component, inventory = self.component(index), self._inventory
        if component is None or inventory is None:
            return None
        use = self.use(index)
        if use is not None:
            return self._use_data(use, inventory, index.column(), role)
        column = index.column()
        match role:
            case ItemRole.DisplayRole:
                return self._texts(component)[column]
            case ItemRole.ToolTipRole:
                return plain_tip(self._texts(component)[column])
            case ItemRole.AccessibleTextRole if column == TYPE:
                return words.spoken(component, inventory)
            case _ if role == LOOK_ROLE and column == TYPE:
                return Look(TYPE_ICONS[component.type], "text")
            case _ if role == LOOK_ROLE and column == PRESENCE:
                return PRESENCE_LOOKS[component.presence]
        return None

    def _use_data(self, use: Use, inventory: Inventory, column: int, role: int) -> object:
        if role in (ItemRole.DisplayRole, ItemRole.ToolTipRole):
            texts = {
                TYPE: translate(USE),
                NAME: words.use_words(use, inventory),
                PRESENCE: translate(SWITCHED_OFF) if use.disabled else "",
                USED: use.detail,
            }
            text = texts.get(column, "")
            return text if role == ItemRole.DisplayRole else plain_tip(text)
        if role == ItemRole.AccessibleTextRole and column == TYPE:
            return words.use_words(use, inventory)
        return USE_LOOK if role == LOOK_ROLE and column == TYPE else None

    def _texts(self, component: Component) -> tuple[str, ...]:
        """Return the texts of a component's columns."""
        known = self._words.get(component.key)
        if known is None and self._inventory is not None:
            access = ACCESS[component.type]
            known = self._words[component.key] = (
                words.type_word(component),
                words.title(component),
                words.presence_word(component),
                words.used_words(component, self._inventory),
                words.table_words(component),
                translate(access.managed),
                translate(access.user),
                translate(access.co_owner),
                words.source_titles(component),
            )
        return known or ("",) * len(TITLES)

    def _renew(self) -> None:
        """Work out anew what is shown."""
        self.beginResetModel()
        components = self._inventory.components if self._inventory else ()
        needles = self._filter.text.casefold().split()
        self._rows = [one for one in components if self._passes(one, needles)]
        self._rows.sort(key=self._sort_key(), reverse=self._order is Qt.SortOrder.DescendingOrder)
        self.endResetModel()

    def _passes(self, component: Component, needles: list[str]) -> bool:
        wanted = self._filter
        if wanted.types and component.type not in wanted.types:
            return False
        if wanted.presences and component.presence not in wanted.presences:
            return False
        if not needles:
            return True
        names = self._inventory.flows if self._inventory else {}
        flows = (names.get(flow_id, "") for flow_id in component.flow_ids)
        folded = "\n".join((*self._texts(component), component.id, *flows)).casefold()
        return all(needle in folded for needle in needles)

    def _sort_key(self) -> Callable[[Component], tuple[object, ...]]:
        column = self._column
        if column == TYPE:  # the inventory is in this order
            return lambda one: (_TYPES[one.type],)
        if column == PRESENCE:
            return lambda one: (_PRESENCES[one.presence],)
        if column == USED:
            return lambda one: (len(one.used_by), len(one.flow_ids))
        return lambda one: (self._texts(one)[column].casefold(),)


_TYPES = {kind: place for place, kind in enumerate(ComponentType)}
_PRESENCES = {
    presence: place
    for place, presence in enumerate(
        (
            Presence.MISSING,
            Presence.RUN_TIME,
            Presence.UNKNOWN,
            Presence.OUTSIDE,
            Presence.IN_EXPORT,
        )
    )
}

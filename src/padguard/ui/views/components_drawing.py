"""How the dependency graph is drawn: the faces of its nodes, the lines of its edges."""

from collections.abc import Callable
from functools import partial

from padguard.foundation.messages import Message, mark
from padguard.governance.components import (
    PRESENCE_WORDS,
    TYPE_WORDS,
    Component,
    ComponentType,
    Presence,
)
from padguard.governance.graph import FLOW, Edge, Graph, Node
from padguard.governance.inventory import Inventory
from padguard.ui.theme import Theme
from padguard.ui.views import components_words as words
from padguard.ui.views.components_words import PRESENCE_LOOKS, TYPE_ICONS
from padguard.ui.views.graph_items import Face, Line, Shape
from padguard.ui.words import translate

MOST_ROWS = 8
"""How many rows the tool tip of an edge names."""

NEAR_END = 0.72
"""Where the sign of a line stands that has a line in the other direction beside it."""

DESKTOP_FLOW = mark("components", "Desktop flow")
RUNS_ITSELF = mark("components", "Runs itself")
TWO = mark("components", "{first} · {second}")
RECURSION = mark(
    "components",
    "It runs itself, directly or through other flows. Make sure that it ends.",
)
CIRCLE = mark("components", "This link is part of a circle of flows that run each other.")
OFF = mark("components", "Only rows that are switched off say so.")
NEEDS = mark("components", "{start} needs {end}")
CLICK = mark("components", "Click to go there.")
CLICK_AGAIN = mark("components", "Click to go there, click again for the next of {count} places.")
SPOKEN = mark("components", "{title}, {detail}")
_QUIET = frozenset({Presence.IN_EXPORT, Presence.OUTSIDE})


def face_of(node: Node, inventory: Inventory) -> Face:
    """Return how a node looks: desktop flows have a bar, what is missing has a dashed frame."""
    component = node.component
    title = translate(node.title)
    detail = translate(_detail(node))
    lines = [title, detail]
    if component is not None:
        lines.append(words.used_words(component, inventory))
    if node.recursive:
        lines.append(translate(RECURSION))
    lines.append(_click(len(component.rows) if component and node.kind != FLOW else 1))
    return Face(
        title,
        detail,
        _icon(node),
        _colour(node),
        "\n".join(line for line in lines if line),
        translate(SPOKEN(title=title, detail=detail)),
        Shape.BARRED if node.kind == FLOW else Shape.PLAIN,
        dashed=_is_absent(component) and node.kind != FLOW,
        sign=_sign(node),
    )


def line_of(edge: Edge, graph: Graph, inventory: Inventory) -> Line:
    """Return how an edge looks: part of a circle thick with a sign, switched off dashed."""
    return Line(
        edge.start,
        edge.end,
        edge,
        _tip(edge, graph, inventory),
        edge.count,
        sign="recursive" if edge.recursive else "",
        colour=partial(_role, "medium") if edge.recursive else None,
        heavy=edge.recursive,
        dashed=edge.disabled,
        sign_at=NEAR_END if (edge.end, edge.start) in graph.pairs else 0.5,
    )


def _detail(node: Node) -> Message:
    kind = DESKTOP_FLOW if node.kind == FLOW else TYPE_WORDS[ComponentType(node.kind)]
    if node.recursive:
        return TWO(first=kind, second=RUNS_ITSELF)
    component = node.component
    if component is None or component.presence in _QUIET:
        return kind
    return TWO(first=kind, second=PRESENCE_WORDS[component.presence])


def _icon(node: Node) -> str:
    return "flow" if node.kind == FLOW else TYPE_ICONS[ComponentType(node.kind)]


def _is_absent(component: Component | None) -> bool:
    return component is not None and component.presence not in _QUIET


def _sign(node: Node) -> str:
    if node.recursive:
        return "recursive"
    component = node.component
    if component is None or component.presence in _QUIET:
        return ""
    return PRESENCE_LOOKS[component.presence].icon


def _colour(node: Node) -> Callable[[Theme], str]:
    if node.recursive:
        return partial(_role, "medium")
    component = node.component
    if component is not None and component.presence not in _QUIET:
        return PRESENCE_LOOKS[component.presence].colour
    return partial(_role, "accent" if node.kind == FLOW else "muted")


def _role(role: str, theme: Theme) -> str:
    colour: str = getattr(theme, role)
    return colour


def _tip(edge: Edge, graph: Graph, inventory: Inventory) -> str:
    start, end = graph.by_key[edge.start], graph.by_key[edge.end]
    lines = [translate(NEEDS(start=start.title, end=end.title))]
    used = edge.uses[: edge.count]  # rows come first, and what else says so counts without any
    lines += (words.use_words(use, inventory) for use in used[:MOST_ROWS])
    if len(used) > MOST_ROWS:
        lines.append("…")
    if edge.recursive:
        lines.append(translate(CIRCLE))
    if edge.disabled:
        lines.append(translate(OFF))
    lines.append(_click(edge.count))
    return "\n".join(lines)


def _click(count: int) -> str:
    return translate(CLICK_AGAIN(count=count) if count > 1 else CLICK)

"""What the nodes and edges of the data flow are called, and which icon and colour they have."""

from PySide6.QtCore import QCoreApplication

from padguard.analysis.graph import Edge, EdgeKind, Graph, Node, NodeKind, Spot, Step
from padguard.analysis.trace import SourceKind
from padguard.catalog.icons import icon_name
from padguard.catalog.roles import Channel
from padguard.catalog.statements import statement_title
from padguard.catalog.summary import action_title
from padguard.foundation.messages import Message, mark
from padguard.robin.tree import Kind
from padguard.ui.sensitivity import look
from padguard.ui.theme import Theme
from padguard.ui.words import translate

MARKED_INPUT = mark("data flow", "Marked input")
MARKED_VARIABLE = mark("data flow", "Marked variable")
SECRET_INPUT = mark("data flow", "Input for a secret")
HARD_CODED = mark("data flow", "Hard-coded secret")
BELONGS = mark("data flow", "Used where it belongs")
OUTSIDE = mark("data flow", "To a flow outside")
AT_START = mark("data flow", "Given at the start")
ROW = mark("data flow", "{subflow}, row {row}")
ROWS = mark("data flow", "{count} rows")
ROW_AND_TITLE = mark("data flow", "{row} · {title}")
DETAIL_AND_FLOW = mark("data flow", "{detail} · {flow}")
HEADER = mark("data flow", "Start of the flow")

CHANNELS = {
    Channel.SCREEN: (mark("data flow", "On the screen"), "message"),
    Channel.LOG: (mark("data flow", "In the log"), "log"),
    Channel.FILE: (mark("data flow", "In a file"), "file"),
    Channel.CLIPBOARD: (mark("data flow", "On the clipboard"), "clipboard"),
    Channel.MAIL: (mark("data flow", "In a mail"), "mail"),
    Channel.HTTP: (mark("data flow", "In a web request"), "http"),
    Channel.QUEUE: (mark("data flow", "In a work queue"), "queue"),
    Channel.CONNECTOR: (mark("data flow", "To a connector"), "connector"),
    Channel.COMMAND_LINE: (mark("data flow", "On a command line"), "terminal"),
    Channel.SCRIPT: (mark("data flow", "In a script"), "script"),
    Channel.DOCUMENT: (mark("data flow", "In a document"), "text"),
    Channel.DIRECTORY: (mark("data flow", "In a directory"), "directory"),
    Channel.AI: (mark("data flow", "To an AI service"), "cognitive"),
    Channel.ENVIRONMENT: (mark("data flow", "In an environment variable"), "system"),
    Channel.TYPED: (mark("data flow", "Typed into a field"), "keyboard"),
}

SOURCE_TIPS = {
    SourceKind.MARKED: mark("data flow", "{name} is marked as sensitive and gets a value here."),
    SourceKind.INPUT: mark("data flow", "{name} is an input that carries a secret."),
    SourceKind.SECRET: mark("data flow", "A secret is written into {name} as plain text."),
    SourceKind.RESULT: mark("data flow", "What this action gives is sensitive by its nature."),
}
END_TIPS = {
    NodeKind.SINK: mark("data flow", "A sensitive value becomes visible here."),
    NodeKind.PURPOSE: mark("data flow", "This is what the secret is for: no problem."),
    NodeKind.OUTSIDE: mark(
        "data flow",
        "The value is passed to a flow that is not in this export. Open an export that holds both "
        "flows to see where it goes on.",
    ),
}

STEPS = {
    EdgeKind.GIVEN: mark("data flow", "{end} gets a sensitive value"),
    EdgeKind.SET: mark("data flow", "{end} is set from {start}"),
    EdgeKind.CARRIED: mark("data flow", "“{title}” puts {start} into {end}"),
    EdgeKind.PASSED: mark("data flow", "{start} is passed to the input {end}"),
    EdgeKind.RETURNED: mark("data flow", "{start} is given back and stored in {end}"),
    EdgeKind.SHOWN: mark("data flow", "“{title}” makes {start} visible"),
    EdgeKind.USED: mark("data flow", "“{title}” uses {start}, which is what it is for"),
    EdgeKind.LEFT: mark("data flow", "{start} is passed to a flow that is not in this export"),
}
LOSES_MASK = mark(
    "data flow", "The mask is lost here: {start} is masked in the designer, what follows is not."
)
CLICK = mark("data flow", "Click to go there.")
CLICK_AGAIN = mark("data flow", "Click to go there, click again for the next of {count} rows.")
SPOKEN = mark("data flow", "{title}, {detail}. {flow}")


def action_words(action: str | Kind | None) -> str:
    """Return what the designer calls an action, by its id or kind of statement."""
    if isinstance(action, Kind):
        return translate(statement_title(action))
    return action_title(action, _translate) if action else ""


def spot_words(spot: Spot) -> str:
    """Return where a place is: its subflow and row, or that it is the start of the flow."""
    if spot.action < 0:
        return translate(HEADER)
    return translate(ROW(subflow=spot.subflow, row=spot.row))


def title(node: Node) -> str:
    """Return what a node is called: the name of a variable, what a source or an end is."""
    if node.kind is NodeKind.VARIABLE:
        return node.name
    if node.kind is NodeKind.SOURCE:
        return _source_title(node)
    if node.kind is NodeKind.OUTSIDE:
        return translate(OUTSIDE)
    return translate(CHANNELS[node.channel][0] if node.channel else BELONGS)


def _source_title(node: Node) -> str:
    if node.source is SourceKind.RESULT:
        return action_words(node.action)
    if node.source is SourceKind.SECRET:
        return translate(HARD_CODED)
    if node.source is SourceKind.INPUT:
        return translate(SECRET_INPUT)
    return translate(MARKED_INPUT if node.action is None else MARKED_VARIABLE)


def detail(node: Node, *, is_link: bool = False) -> str:
    """Return what else there is to say of a node, in few words; of a link also its flow."""
    if is_link:
        return translate(DETAIL_AND_FLOW(detail=detail(node), flow=node.flow_name))
    if node.sensitivity is not None:
        return translate(look(node.sensitivity).word)
    spot = node.spots[0]
    if len(node.spots) > 1:
        return translate(ROWS(count=len(node.spots)))
    if node.kind is NodeKind.SOURCE:
        return spot_words(spot) if spot.action >= 0 else translate(AT_START)
    return translate(ROW_AND_TITLE(title=action_words(node.action), row=spot_words(spot)))


def icon_of(node: Node) -> str:
    """Return the name of the icon of a node."""
    if node.sensitivity is not None:
        return look(node.sensitivity).icon
    if node.kind is NodeKind.SOURCE:
        if node.source is SourceKind.RESULT and node.action is not None:
            return icon_name(node.action)
        if node.source is SourceKind.SECRET:
            return "text"
        return "input" if node.action is None else "marked"
    if node.kind is NodeKind.OUTSIDE:
        return "flow"
    return CHANNELS[node.channel][1] if node.channel else "key"


def colour_of(node: Node, theme: Theme) -> str:
    """Return the colour of a node in a theme."""
    if node.sensitivity is not None:
        return look(node.sensitivity).colour(theme)
    return {
        NodeKind.SOURCE: theme.accent,
        NodeKind.SINK: theme.high,
        NodeKind.PURPOSE: theme.marked,
    }.get(node.kind, theme.unknown)


def step_words(graph: Graph, edge: Edge, step: Step) -> str:
    """Return what happens to a value at one row."""
    start, end = graph.nodes[edge.start], graph.nodes[edge.end]
    words = STEPS[step.kind]
    return translate(words(start=title(start), end=title(end), title=action_words(step.action)))


def node_tip(node: Node) -> str:
    """Return what a tool tip says of a node."""
    lines = [title(node), detail(node), node.flow_name, translate(_what(node))]
    several = len(node.spots) > 1
    lines.append(translate(CLICK_AGAIN(count=len(node.spots)) if several else CLICK))
    return "\n".join(dict.fromkeys(lines))


def _what(node: Node) -> Message:
    if node.sensitivity is not None:
        return look(node.sensitivity).tip
    if node.source is not None:
        return SOURCE_TIPS[node.source](name=node.name)
    return END_TIPS[node.kind]


def edge_tip(graph: Graph, edge: Edge) -> str:
    """Return what a tool tip says of an edge: each of its rows, the first ones."""
    most = 8
    lines = [
        f"{step_words(graph, edge, step)} ({spot_words(step.spot)})" for step in edge.steps[:most]
    ]
    if len(edge.steps) > most:
        lines.append("…")
    if edge.loses_mask:
        lines.append(translate(LOSES_MASK(start=title(graph.nodes[edge.start]))))
    several = len(edge.steps) > 1
    lines.append(translate(CLICK_AGAIN(count=len(edge.steps)) if several else CLICK))
    return "\n".join(lines)


def spoken(node: Node) -> str:
    """Return a node as a screen reader says it."""
    return translate(SPOKEN(title=title(node), detail=detail(node), flow=node.flow_name))


def _translate(context: str, text: str) -> str:
    return QCoreApplication.translate(context, text)

"""The one table of everything a person can do: words, keys, icons, and when it can be done."""

from dataclasses import dataclass
from enum import Enum, auto

from padguard.foundation.messages import Message, mark


class When(Enum):
    """What must be so for an action to be possible."""

    ALWAYS = auto()
    OPEN = auto()  # an export is open
    MODIFIED = auto()  # it differs from what was saved
    UNDO = auto()
    REDO = auto()
    BACK = auto()
    FORWARD = auto()
    MARK = auto()  # what is selected has a variable whose mark can be changed
    ANALYSE = auto()  # an export is open, and no analysis of it is under way
    FINDINGS = auto()  # something was found
    FINDING = auto()  # a finding is looked at


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing that a person can do.

    Attributes:
        id: By which the code speaks of it.
        text: As menus and the command palette show it.
        tip: One sentence that says what it does.
        short: As the button on the toolbar shows it.
        keys: Key sequences in Qt's portable form; menus show the first.
        icon: Name in resources/icons, or empty.
        when: What must be so for it to be possible.
        checkable: Whether it is something to switch on and off, or to choose among others.
    """

    id: str
    text: Message
    tip: Message
    short: Message
    keys: tuple[str, ...] = ()
    icon: str = ""
    when: When = When.ALWAYS
    checkable: bool = False


ACTIONS = (
    ActionSpec(
        "open",
        mark("actions", "&Open…"),
        mark("actions", "Open a solution zip or a file with Robin text"),
        mark("actions", "Open"),
        keys=("Ctrl+O",),
        icon="open",
    ),
    ActionSpec(
        "open-folder",
        mark("actions", "Open &folder…"),
        mark("actions", "Open the folder of an unpacked solution"),
        mark("actions", "Open folder"),
        keys=("Ctrl+Shift+O",),
        icon="folder-open",
    ),
    ActionSpec(
        "paste",
        mark("actions", "&Paste from designer"),
        mark("actions", "Open the actions that you copied in the designer with Ctrl+C"),
        mark("actions", "Paste"),
        keys=("Ctrl+Shift+V",),
        icon="clipboard-paste",
    ),
    ActionSpec(
        "sample",
        mark("actions", "&Try the sample"),
        mark("actions", "Open a small export that comes with PAD Guard, to look around in"),
        mark("actions", "Sample"),
        icon="sample",
    ),
    ActionSpec(
        "save",
        mark("actions", "&Save"),
        mark("actions", "Save a guarded copy beside the original"),
        mark("actions", "Save"),
        keys=("Ctrl+S",),
        icon="save",
        when=When.MODIFIED,
    ),
    ActionSpec(
        "save-as",
        mark("actions", "Save &as…"),
        mark("actions", "Save under a name that you choose"),
        mark("actions", "Save as"),
        keys=("Ctrl+Shift+S",),
        icon="save-as",
        when=When.OPEN,
    ),
    ActionSpec(
        "close",
        mark("actions", "&Close"),
        mark("actions", "Close this export and go back to the start page"),
        mark("actions", "Close"),
        keys=("Ctrl+W",),
        icon="close",
    ),
    ActionSpec(
        "quit",
        mark("actions", "E&xit"),
        mark("actions", "Close all windows of PAD Guard"),
        mark("actions", "Exit"),
        keys=("Ctrl+Q",),
        icon="quit",
    ),
    ActionSpec(
        "undo",
        mark("actions", "&Undo"),
        mark("actions", "Take back the last change"),
        mark("actions", "Undo"),
        keys=("Ctrl+Z",),
        icon="undo",
        when=When.UNDO,
    ),
    ActionSpec(
        "redo",
        mark("actions", "&Redo"),
        mark("actions", "Do again what was taken back"),
        mark("actions", "Redo"),
        keys=("Ctrl+Y", "Ctrl+Shift+Z"),
        icon="redo",
        when=When.REDO,
    ),
    ActionSpec(
        "mark",
        mark("actions", "&Mark as sensitive"),
        mark("actions", "Select a variable, or a row that uses one, to mark it as sensitive"),
        mark("actions", "Mark as sensitive"),
        keys=("Ctrl+M",),
        icon="marked",
        when=When.MARK,
    ),
    ActionSpec(
        "find",
        mark("actions", "&Find…"),
        mark("actions", "Search in the view that you are working in"),
        mark("actions", "Find"),
        keys=("Ctrl+F",),
        icon="search",
        when=When.OPEN,
    ),
    ActionSpec(
        "show-flow",
        mark("actions", "&Flow"),
        mark("actions", "Show the actions as in the designer"),
        mark("actions", "Flow"),
        keys=("Ctrl+1",),
        icon="flow",
        when=When.OPEN,
    ),
    ActionSpec(
        "show-script",
        mark("actions", "&Script"),
        mark("actions", "Show the flow as Robin text"),
        mark("actions", "Script"),
        keys=("Ctrl+2",),
        icon="script",
        when=When.OPEN,
    ),
    ActionSpec(
        "show-dataflow",
        mark("actions", "&Data flow"),
        mark("actions", "Draw how sensitive values travel through the flows"),
        mark("actions", "Data flow"),
        keys=("Ctrl+3",),
        icon="dataflow",
        when=When.OPEN,
    ),
    ActionSpec(
        "show-explorer",
        mark("actions", "&Explorer"),
        mark("actions", "Show or hide the tree of flows, variables and subflows"),
        mark("actions", "Explorer"),
        keys=("Ctrl+E",),
        icon="explorer",
        when=When.OPEN,
        checkable=True,
    ),
    ActionSpec(
        "show-findings",
        mark("actions", "Fi&ndings"),
        mark("actions", "Show or hide the list of findings"),
        mark("actions", "Findings"),
        keys=("Ctrl+J",),
        icon="findings",
        when=When.OPEN,
        checkable=True,
    ),
    ActionSpec(
        "show-guide",
        mark("actions", "&Guide"),
        mark("actions", "Show or hide what is to be known of one finding"),
        mark("actions", "Guide"),
        keys=("Ctrl+I",),
        icon="guide",
        when=When.OPEN,
        checkable=True,
    ),
    ActionSpec(
        "presentation",
        mark("actions", "P&resentation mode"),
        mark("actions", "Reveal no secret while others look at your screen"),
        mark("actions", "Presentation mode"),
        icon="presentation-mode",
        checkable=True,
    ),
    ActionSpec(
        "next-pane",
        mark("actions", "Ne&xt pane"),
        mark("actions", "Move the keyboard to the next part of the window"),
        mark("actions", "Next pane"),
        keys=("F6",),
        icon="next-pane",
    ),
    ActionSpec(
        "previous-pane",
        mark("actions", "&Previous pane"),
        mark("actions", "Move the keyboard to the previous part of the window"),
        mark("actions", "Previous pane"),
        keys=("Shift+F6",),
        icon="previous-pane",
    ),
    ActionSpec(
        "theme-system",
        mark("actions", "Theme: as the &system"),
        mark("actions", "Follow the colours that the system is set to"),
        mark("actions", "System"),
        icon="theme",
        checkable=True,
    ),
    ActionSpec(
        "theme-light",
        mark("actions", "Theme: &light"),
        mark("actions", "Dark text on light ground"),
        mark("actions", "Light"),
        icon="theme",
        checkable=True,
    ),
    ActionSpec(
        "theme-dark",
        mark("actions", "Theme: &dark"),
        mark("actions", "Light text on dark ground"),
        mark("actions", "Dark"),
        icon="theme",
        checkable=True,
    ),
    ActionSpec(
        "theme-high-contrast",
        mark("actions", "Theme: &high contrast"),
        mark("actions", "Strong colours on black"),
        mark("actions", "High contrast"),
        icon="theme",
        checkable=True,
    ),
    ActionSpec(
        "back",
        mark("actions", "&Back"),
        mark("actions", "Go back to the place you looked at before"),
        mark("actions", "Back"),
        keys=("Alt+Left",),
        icon="back",
        when=When.BACK,
    ),
    ActionSpec(
        "forward",
        mark("actions", "&Forward"),
        mark("actions", "Go to the place that you came back from"),
        mark("actions", "Forward"),
        keys=("Alt+Right",),
        icon="forward",
        when=When.FORWARD,
    ),
    ActionSpec(
        "previous-finding",
        mark("actions", "&Previous finding"),
        mark("actions", "Go to the finding before this one"),
        mark("actions", "Previous finding"),
        keys=("Shift+F8",),
        icon="previous-finding",
        when=When.FINDINGS,
    ),
    ActionSpec(
        "next-finding",
        mark("actions", "&Next finding"),
        mark("actions", "Go to the finding after this one; the worst come first"),
        mark("actions", "Next finding"),
        keys=("F8",),
        icon="next-finding",
        when=When.FINDINGS,
    ),
    ActionSpec(
        "analyse",
        mark("actions", "Ana&lyse again"),
        mark("actions", "Look for secrets and sensitive data in the export as it is now"),
        mark("actions", "Analyse"),
        keys=("F5",),
        icon="analyse",
        when=When.ANALYSE,
    ),
    ActionSpec(
        "rule-help",
        mark("actions", "About this &rule"),
        mark("actions", "Explain the rule that made this finding, with an example"),
        mark("actions", "About this rule"),
        keys=("F1",),
        icon="help",
        when=When.FINDING,
    ),
    ActionSpec(
        "commands",
        mark("actions", "&All commands…"),
        mark("actions", "Find a command by typing a part of its name"),
        mark("actions", "Commands"),
        keys=("Ctrl+Shift+P",),
        icon="commands",
    ),
    ActionSpec(
        "show-log",
        mark("actions", "Show the &log"),
        mark("actions", "Open the folder of the log; it never holds anything of your exports"),
        mark("actions", "Log"),
        icon="log",
    ),
    ActionSpec(
        "about",
        mark("actions", "&About PAD Guard"),
        mark("actions", "Show the version and the licence"),
        mark("actions", "About"),
        icon="info",
    ),
)


@dataclass(frozen=True, slots=True)
class MenuSpec:
    """A menu: its title, and the ids of its actions; an empty id is a line between them.

    An id in brackets is a menu within it: ``[recent]``, ``[theme]``.
    """

    title: Message
    ids: tuple[str, ...]


THEME_IDS = ("theme-system", "theme-light", "theme-dark", "theme-high-contrast")

RECENT_MENU = "[recent]"
THEME_MENU = "[theme]"

SUBMENUS = {
    RECENT_MENU: MenuSpec(mark("actions", "Open &recent"), ()),
    THEME_MENU: MenuSpec(mark("actions", "&Theme"), THEME_IDS),
}

MENUS = (
    MenuSpec(
        mark("actions", "&File"),
        (
            *("open", "open-folder", "paste", RECENT_MENU, "sample", ""),
            *("save", "save-as", "", "close", "quit"),
        ),
    ),
    MenuSpec(mark("actions", "&Edit"), ("undo", "redo", "", "mark", "", "find", "", "analyse")),
    MenuSpec(
        mark("actions", "&View"),
        (
            *("show-flow", "show-script", "show-dataflow", ""),
            *("show-explorer", "show-findings", "show-guide", ""),
            *("next-pane", "previous-pane", "", "presentation", THEME_MENU),
        ),
    ),
    MenuSpec(
        mark("actions", "&Go"),
        ("back", "forward", "", "previous-finding", "next-finding", "", "commands"),
    ),
    MenuSpec(mark("actions", "&Help"), ("rule-help", "", "show-log", "about")),
)

TOOLBAR = (
    *("open", "save", "", "undo", "redo", "", "back", "forward", ""),
    *("previous-finding", "next-finding", "", "mark", "", "find"),
)

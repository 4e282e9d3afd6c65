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
    EXAMINED = auto()  # an analysis of the export came to its end
    FINDINGS = auto()  # something was found
    FINDING = auto()  # a finding is looked at
    FIX = auto()  # a fix is chosen that changes the export
    WAITING = auto()  # a finding is looked at that is neither decided about nor skipped
    DECIDED = auto()  # a finding is looked at that is one of the two


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
        "open-policies",
        mark("actions", "Open pol&icies…"),
        mark("actions", "Open data loss prevention policies to judge the flows by"),
        mark("actions", "Open policies…"),
        icon="policy",
        when=When.OPEN,
    ),
    ActionSpec(
        "open-snapshot",
        mark("actions", "Open s&napshot…"),
        mark("actions", "Open the snapshot of an environment that padguard collect made"),
        mark("actions", "Open snapshot…"),
        icon="environment",
        when=When.OPEN,
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
        "show-posture",
        mark("actions", "P&osture"),
        mark("actions", "Sum up how the whole export stands, and what to do first"),
        mark("actions", "Posture"),
        keys=("Ctrl+7",),
        icon="posture",
        when=When.OPEN,
    ),
    ActionSpec(
        "save-posture",
        mark("actions", "Save posture as P&DF…"),
        mark("actions", "Write how the export stands into a PDF, to be printed or sent"),
        mark("actions", "Save as PDF…"),
        keys=("Ctrl+P",),
        icon="print",
        when=When.EXAMINED,
    ),
    ActionSpec(
        "export-report",
        mark("actions", "Export report as &HTML…"),
        mark("actions", "Write all findings into one page for a browser, without secrets"),
        mark("actions", "Export report…"),
        icon="report",
        when=When.EXAMINED,
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
        "show-components",
        mark("actions", "&Components"),
        mark("actions", "Show what the flows need: child flows, queues, credentials, connections"),
        mark("actions", "Components"),
        keys=("Ctrl+4",),
        icon="components",
        when=When.OPEN,
    ),
    ActionSpec(
        "show-access",
        mark("actions", "&Access checklist"),
        mark("actions", "Show what to share with whom, in which order and where to click"),
        mark("actions", "Access checklist"),
        icon="access",
        when=When.OPEN,
    ),
    ActionSpec(
        "show-dlp",
        mark("actions", "Data &loss prevention"),
        mark("actions", "Judge the flows by policies, and try out what if"),
        mark("actions", "DLP"),
        keys=("Ctrl+5",),
        icon="dlp",
        when=When.OPEN,
    ),
    ActionSpec(
        "show-audit",
        mark("actions", "A&udit"),
        mark("actions", "Show what is audited in the environment, and how to turn on the rest"),
        mark("actions", "Audit"),
        keys=("Ctrl+6",),
        icon="audit",
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
        "show-handoffs",
        mark("actions", "&Hand-offs"),
        mark("actions", "Show or hide the secrets that wait for their credentials"),
        mark("actions", "Hand-offs"),
        keys=("Ctrl+H",),
        icon="hand-off",
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
        "teach-template",
        mark("actions", "&Teach Get credential…"),
        mark("actions", "Show PAD Guard how the designer writes the actions that get secrets"),
        mark("actions", "Teach Get credential…"),
        icon="teach",
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
        "show-fixes",
        mark("actions", "Fixes for the &selection"),
        mark("actions", "Go to the fixes for the finding, row or variable that is selected"),
        mark("actions", "Fixes"),
        keys=("Alt+Return", "Alt+Enter"),
        icon="fix",
        when=When.FINDINGS,
    ),
    ActionSpec(
        "apply-fix",
        mark("actions", "&Apply the fix"),
        mark("actions", "Make the change of the fix that is chosen, and go to the next finding"),
        mark("actions", "Apply"),
        keys=("Alt+A",),
        when=When.FIX,
    ),
    ActionSpec(
        "skip-finding",
        mark("actions", "S&kip the finding"),
        mark("actions", "Leave the finding for later and go to the next one"),
        mark("actions", "Skip"),
        keys=("Alt+K",),
        when=When.WAITING,
    ),
    ActionSpec(
        "accept",
        mark("actions", "Accept &risk…"),
        mark("actions", "Leave the finding as it is, with your reason"),
        mark("actions", "Accept risk…"),
        keys=("Alt+R",),
        when=When.WAITING,
    ),
    ActionSpec(
        "reopen",
        mark("actions", "Re&open the finding"),
        mark("actions", "Take back what was decided about the finding"),
        mark("actions", "Reopen"),
        when=When.DECIDED,
    ),
    ActionSpec(
        "fix-all-safe",
        mark("actions", "Fix all sa&fe…"),
        mark("actions", "Apply all fixes that leave alone what the flows do"),
        mark("actions", "Fix all safe…"),
        keys=("Ctrl+Shift+F",),
        icon="fix-all",
        when=When.FINDINGS,
    ),
    ActionSpec(
        "fix-all-rule",
        mark("actions", "Fix all of this r&ule…"),
        mark("actions", "Apply the fixes of all findings that the same rule made"),
        mark("actions", "Fix all of this rule…"),
        when=When.FINDING,
    ),
    ActionSpec(
        "show-summary",
        mark("actions", "&What was done"),
        mark("actions", "Sum up what was changed, what is left and what you have to do"),
        mark("actions", "What was done"),
        when=When.OPEN,
    ),
    ActionSpec(
        "export-changes",
        mark("actions", "&Export change list…"),
        mark("actions", "Write what was changed and what is left into a file, without secrets"),
        mark("actions", "Export change list…"),
        icon="export",
        when=When.OPEN,
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
            *("open-policies", "open-snapshot", ""),
            *("save", "save-as", "", "save-posture", "export-report", "", "close", "quit"),
        ),
    ),
    MenuSpec(
        mark("actions", "&Edit"),
        ("undo", "redo", "", "mark", "", "find", "", "analyse", "", "teach-template"),
    ),
    MenuSpec(
        mark("actions", "&View"),
        (
            *("show-posture", "show-flow", "show-script", "show-dataflow"),
            *("show-components", "show-access"),
            *("show-dlp", "show-audit", ""),
            *("show-explorer", "show-findings", "show-guide", "show-handoffs", ""),
            *("next-pane", "previous-pane", "", "presentation", THEME_MENU),
        ),
    ),
    MenuSpec(
        mark("actions", "&Go"),
        ("back", "forward", "", "previous-finding", "next-finding", "", "commands"),
    ),
    MenuSpec(
        mark("actions", "Fi&x"),
        (
            *("show-fixes", "apply-fix", "skip-finding", "accept", "reopen", ""),
            *("fix-all-safe", "fix-all-rule", "", "show-summary", "export-changes"),
        ),
    ),
    MenuSpec(mark("actions", "&Help"), ("rule-help", "", "show-log", "about")),
)

TOOLBAR = (
    *("open", "save", "", "undo", "redo", "", "back", "forward", ""),
    *("previous-finding", "next-finding", "", "fix-all-safe", "mark", "", "find"),
)

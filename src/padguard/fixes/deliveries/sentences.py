"""The sentences of the steps in the designer; menus and dialogs are called as its manual does."""

from padguard.fixes.deliveries.header import VariableEdit
from padguard.flow.model import VariableKind
from padguard.foundation.messages import mark

ORDER = mark(
    "fixes",
    "Do the steps in this order. Rows are deleted first, from the last to the first, by the "
    "numbers that they have now; from then on each number is the one that the designer shows when "
    "the steps before it are done.",
)
"""The convention of all row numbers; to be shown above the steps."""

DELETE_ROW = mark(
    "fixes", "In the subflow {subflow}, delete row {row} “{title}” (its number before the change)."
)
DELETE_ROWS = mark(
    "fixes",
    "In the subflow {subflow}, select rows {row} to {last} and delete them (their numbers before "
    "the change).",
)
ADD_ROW = mark(
    "fixes",
    "In the subflow {subflow}, drag the action “{title}” from the actions pane into the flow so "
    "that it becomes row {row}.",
)
ADD_FILLED_ROW = mark(
    "fixes",
    "In the subflow {subflow}, drag the action “{title}” from the actions pane into the flow so "
    "that it becomes row {row}, fill in these fields and select Save:",
)
CLOSING_ROW = mark(
    "fixes",
    "In the subflow {subflow}, see that “{title}” is row {row}. It came with the action that it "
    "closes: drag it there if it stands elsewhere.",
)
CHANGE_ROW = mark(
    "fixes",
    "In the subflow {subflow}, double-click row {row} “{title}”, change these fields and select "
    "Save:",
)
UNCLEAR_ROW = mark(
    "fixes",
    "In the subflow {subflow}, row {row} is not understood. Take it over from the mended export.",
)
ADD_UNCLEAR_ROW = mark(
    "fixes",
    "In the subflow {subflow}, row {row} is to be one that is not understood. Take it over from "
    "the mended export.",
)
HANDLER = mark(
    "fixes",
    "In the subflow {subflow}, double-click row {row} “{title}”, select On error, let it say this "
    "and select Save:",
)
BLOCK_HANDLER = mark(
    "fixes",
    "In the subflow {subflow}, double-click row {row} “{title}”, let what it does on an error say "
    "this and select Save:",
)
NO_HANDLER = mark(
    "fixes",
    "In the subflow {subflow}, double-click row {row} “{title}”, take away all that it does on an "
    "error and select Save.",
)
DISABLE_ROW = mark(
    "fixes",
    "In the subflow {subflow}, right-click row {row} “{title}” and select “Disable action”.",
)
DISABLE_ROWS = mark(
    "fixes",
    "In the subflow {subflow}, select rows {row} to {last}, right-click them and select “Disable "
    "action”.",
)
ENABLE_ROW = mark(
    "fixes", "In the subflow {subflow}, right-click row {row} “{title}” and select “Enable action”."
)
ENABLE_ROWS = mark(
    "fixes",
    "In the subflow {subflow}, select rows {row} to {last}, right-click them and select “Enable "
    "action”.",
)
ADD_SUBFLOW = mark("fixes", "Add a subflow: select + beside the subflows and name it {subflow}.")
DELETE_SUBFLOW = mark("fixes", "Delete the subflow {subflow}.")
OF_VARIABLES = {
    (VariableEdit.ADDED, VariableKind.INPUT): mark(
        "fixes", "In the Variables pane, select + and then Input, fill in these fields and save:"
    ),
    (VariableEdit.ADDED, VariableKind.OUTPUT): mark(
        "fixes", "In the Variables pane, select + and then Output, fill in these fields and save:"
    ),
    (VariableEdit.CHANGED, VariableKind.INPUT): mark(
        "fixes",
        "In the Variables pane, right-click the input “{name}”, select Edit, change these fields "
        "and select Save:",
    ),
    (VariableEdit.CHANGED, VariableKind.OUTPUT): mark(
        "fixes",
        "In the Variables pane, right-click the output “{name}”, select Edit, change these fields "
        "and select Save:",
    ),
    (VariableEdit.REMOVED, VariableKind.INPUT): mark(
        "fixes", "In the Variables pane, right-click the input “{name}” and select Delete."
    ),
    (VariableEdit.REMOVED, VariableKind.OUTPUT): mark(
        "fixes", "In the Variables pane, right-click the output “{name}” and select Delete."
    ),
}
OF_PARAMETERS = {
    (VariableEdit.ADDED, VariableKind.INPUT): mark(
        "fixes", "Give the subflow {subflow} an input “{name}”."
    ),
    (VariableEdit.ADDED, VariableKind.OUTPUT): mark(
        "fixes", "Give the subflow {subflow} an output “{name}”."
    ),
    (VariableEdit.REMOVED, VariableKind.INPUT): mark(
        "fixes", "Take the input “{name}” away from the subflow {subflow}."
    ),
    (VariableEdit.REMOVED, VariableKind.OUTPUT): mark(
        "fixes", "Take the output “{name}” away from the subflow {subflow}."
    ),
}
MARKS = {
    VariableEdit.MARKED: mark(
        "fixes", "In the Variables pane, right-click “{name}” and select “Mark as sensitive”."
    ),
    VariableEdit.UNMARKED: mark(
        "fixes", "In the Variables pane, right-click “{name}” and select “Mark as not sensitive”."
    ),
}
LOCAL_MARKS = {
    VariableEdit.MARKED: mark(
        "fixes",
        "Open the subflow {subflow}. In the Variables pane, right-click “{name}” and select “Mark "
        "as sensitive”.",
    ),
    VariableEdit.UNMARKED: mark(
        "fixes",
        "Open the subflow {subflow}. In the Variables pane, right-click “{name}” and select “Mark "
        "as not sensitive”.",
    ),
}

"""What the window says of secrets that were taken out of flows and wait for their credentials."""

from datetime import timedelta
from pathlib import Path
from typing import Final

from padguard.foundation.masked import MASK
from padguard.foundation.messages import Message, mark
from padguard.session.handoff_checklist import Store, handoff_checklist
from padguard.session.handoff_record import HandOff
from padguard.ui.handoff_taken import Spot, TakenOut
from padguard.ui.views.finding_words import PASTED
from padguard.ui.words import translate

IN_ROW: Final = mark("handoff", "{subflow}, row {row}")
IN_ROW_OF: Final = mark("handoff", "{flow} › {subflow}, row {row}")
IN_DECLARATION: Final = mark("handoff", "default value of {name}")
IN_DECLARATION_OF: Final = mark("handoff", "{flow} › default value of {name}")

LINE: Final = mark("handoff", "“{credential}” – {flows} › {origin} – {mask}")
LINE_WITHOUT_ORIGIN: Final = mark("handoff", "“{credential}” – {flows} – {mask}")
STILL_THERE: Final = mark("handoff", "“{credential}”: {flows} › {origin}")
STILL_THERE_WITHOUT_ORIGIN: Final = mark("handoff", "“{credential}”: {flows}")

ONE_OUT: Final = mark(
    "handoff",
    "A secret was taken out of the flow. PAD Guard can keep it in {keychain} until its credential "
    "is there.",
)
MANY_OUT: Final = mark(
    "handoff",
    "{count} secrets were taken out of the flows. PAD Guard can keep them in {keychain} until "
    "their credentials are there.",
)
ONE_OUT_ONLY: Final = mark("handoff", "A secret was taken out of the flow.")
MANY_OUT_ONLY: Final = mark("handoff", "{count} secrets were taken out of the flows.")
SYSTEM_KEYCHAIN: Final = mark("handoff", "the keychain of this computer")
STILL_IN_FILE: Final = mark(
    "handoff", "What you do not keep is still to be found in the original, {file}."
)
STILL_IN_BACKUP: Final = mark(
    "handoff", "What you do not keep is still to be found in the backup beside {file}."
)
STILL_IN_DESIGNER: Final = mark(
    "handoff", "What you do not keep is still to be found in the designer."
)
NOT_KEPT_FILE: Final = mark(
    "handoff", "Nothing was kept. You find the secrets in the original, {file}, where they stood."
)
NOT_KEPT_BACKUP: Final = mark(
    "handoff",
    "Nothing was kept. You find the secrets in the backup beside {file}, where they stood.",
)
NOT_KEPT_DESIGNER: Final = mark(
    "handoff",
    "Nothing was kept. You find the secrets in the designer, where you copied the rows.",
)

NOW: Final = mark("handoff", "just now")
ONE_MINUTE: Final = mark("handoff", "1 minute")
MINUTES: Final = mark("handoff", "{count} minutes")
ONE_HOUR: Final = mark("handoff", "1 hour")
HOURS: Final = mark("handoff", "{count} hours")
ONE_DAY: Final = mark("handoff", "1 day")
DAYS: Final = mark("handoff", "{count} days")

WAITS: Final = mark("handoff", "not copied yet")
COPIED: Final = mark("handoff", "copied")
MISSING: Final = mark("handoff", "missing in the keychain")

UNTIL: Final = mark("handoff", "Until “{credential}” is there")
STEP: Final = mark("handoff", "{number}. {text}")
STEP_SOURCE: Final = mark("handoff", "   (source: {source})")

TELLING: Final = 4  # characters; anything shorter is found in many a word


def age_words(age: timedelta) -> str:
    """Return for how long something has been waiting, in the largest unit that is full."""
    minutes = int(age.total_seconds()) // 60
    for size, one, many in (
        (24 * 60, ONE_DAY, DAYS),
        (60, ONE_HOUR, HOURS),
        (1, ONE_MINUTE, MINUTES),
    ):
        if count := minutes // size:
            return translate(one if count == 1 else many(count=count))
    return translate(NOW)


def state_words(hand_off: HandOff) -> str:
    """Return whether a secret was copied, or is missing."""
    if hand_off.missing:
        return translate(MISSING)
    return translate(COPIED if hand_off.copied else WAITS)


def flow_words(flows: tuple[str, ...]) -> str:
    """Return the names of flows."""
    return ", ".join(flow or translate(PASTED) for flow in flows)


def origin_words(taken: TakenOut) -> str:
    """Return where a secret stood; with the flow where there are several."""
    several = len(taken.flows) > 1
    return ", ".join(filter(None, (_spot_words(spot, several) for spot in taken.spots)))


def _spot_words(spot: Spot, several: bool) -> str:
    flow = spot.flow or translate(PASTED)
    if spot.row:
        words = IN_ROW_OF if several else IN_ROW
        return translate(words(flow=flow, subflow=spot.subflow, row=spot.row))
    if spot.declaration:
        words = IN_DECLARATION_OF if several else IN_DECLARATION
        return translate(words(flow=flow, name=spot.declaration))
    return ""


def taken_line(taken: TakenOut) -> str:
    """Return a secret in one line: its credential, where it stood, and a mask."""
    return _line(taken, LINE, LINE_WITHOUT_ORIGIN)


def still_line(taken: TakenOut) -> str:
    """Return where a secret that was not kept is to be found."""
    return _line(taken, STILL_THERE, STILL_THERE_WITHOUT_ORIGIN)


def _line(taken: TakenOut, with_origin: Message, without: Message) -> str:
    origin = origin_words(taken)
    several = len(taken.flows) > 1
    words = with_origin if origin and not several else without
    flows = origin if origin and several else flow_words(taken.flows)
    credential, flows, origin = (_masked(text, taken) for text in (taken.credential, flows, origin))
    return translate(words(credential=credential, flows=flows, origin=origin, mask=MASK))


def _masked(text: str, taken: TakenOut) -> str:
    """Return a name without the secret, should it be in there."""
    secret = taken.secret.reveal()
    if len(secret) < TELLING:
        return MASK if text == secret else text
    return text.replace(secret, MASK)


def offer_words(count: int, keychain: str, *, lacking: bool = False) -> str:
    """Return what was taken out, and where it can be kept unless there is nowhere."""
    if lacking:
        return translate(ONE_OUT_ONLY if count == 1 else MANY_OUT_ONLY(count=count))
    where: Message | str = keychain or SYSTEM_KEYCHAIN
    return translate((ONE_OUT if count == 1 else MANY_OUT)(count=count, keychain=where))


def still_there_words(original: Path | None, *, backup: bool) -> str:
    """Return where secrets are to be found, should they not be kept."""
    if original is None:
        return translate(STILL_IN_DESIGNER)
    return translate((STILL_IN_BACKUP if backup else STILL_IN_FILE)(file=original.name))


def not_kept_words(original: Path | None, *, backup: bool) -> str:
    """Return where secrets are to be found that were not kept."""
    if original is None:
        return translate(NOT_KEPT_DESIGNER)
    return translate((NOT_KEPT_BACKUP if backup else NOT_KEPT_FILE)(file=original))


def checklist_text(credential: str, store: Store) -> str:
    """Return the steps until a credential is there as plain text, with their sources."""
    lines = [translate(UNTIL(credential=credential))]
    for number, step in enumerate(handoff_checklist(credential, store), 1):
        lines.append(translate(STEP(number=number, text=step.text)))
        lines.append(translate(STEP_SOURCE(source=step.source)))
    return "\n".join(lines) + "\n"

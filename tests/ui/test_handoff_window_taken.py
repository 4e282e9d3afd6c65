"""What fixes took out is put together: each secret once for its credential, with where it stood."""

from datetime import timedelta

import pytest

from padguard.exports.texts import Texts
from padguard.fixes.plan import Plan, Removed
from padguard.foundation.edits import Edit, apply_edits
from padguard.foundation.masked import MASK, Masked
from padguard.foundation.messages import mark
from padguard.robin.literals import encode_text
from padguard.ui.handoff_taken import Spot, gather
from padguard.ui.journal import Deed
from padguard.ui.views.handoff_words import age_words, origin_words, taken_line

TITLE = mark("test", "Take it out")
NAMES = {"a": "Upload", "b": "夜間バッチ"}
HEAD = "@SENSITIVE: [Key]\r\n@INPUT Key : { 'Description': '', 'DefaultValue': %s }\r\n"


def deed(flow_id, text, start, end, *removed):
    edit = Edit(start, end, "")
    return Deed(
        TITLE,
        Plan(
            before=Texts({flow_id: text}),
            after=Texts({flow_id: apply_edits(text, [edit])}),
            edits={flow_id: (edit,)},
            removed=removed,
        ),
    )


def taken_from(flow_id, text, secret, credential="SAP"):
    """Return a deed that took a secret out of all of a text."""
    return deed(flow_id, text, 0, len(text), Removed(credential, flow_id, Masked(secret)))


def gathered(*deeds):
    wanted = [one for each in deeds for one in each.plan.removed]
    return gather(wanted, deeds, NAMES)


@pytest.mark.parametrize("secret", ["Kx8!pomelo", "a\"b'c\\d", "50%off", "秘密の鍵", "x"])
def test_a_row_is_found_however_the_secret_is_written_there(secret):
    text = f"SET First TO 1\r\nSET Second TO {encode_text(secret)}\r\nSET Third TO 2\r\n"
    start = text.index("SET Second")
    end = text.index("SET Third")
    taken = gathered(deed("a", text, start, end, Removed("SAP", "a", Masked(secret))))
    assert [one.spots for one in taken] == [(Spot("Upload", "Main", 2),)]
    assert secret not in repr(taken)


def test_the_same_letters_elsewhere_are_not_taken_for_it():
    text = "SET First TO $'''Kx8!pomelo'''\r\nSET Second TO $'''Kx8!pomelo'''\r\n"
    start = text.index("SET Second")
    taken = gathered(deed("a", text, start, len(text), Removed("SAP", "a", Masked("Kx8!pomelo"))))
    assert [one.spots for one in taken] == [(Spot("Upload", "Main", 2),)]


def test_a_default_is_called_by_its_input():
    text = HEAD % "'Kx8!pomelo'" + "SET First TO 1\r\n"
    taken = gathered(taken_from("a", text, "Kx8!pomelo"))
    assert [one.spots for one in taken] == [(Spot("Upload", declaration="Key"),)]
    assert origin_words(taken[0]) == "default value of Key"


def test_one_secret_for_one_credential_is_one_entry_with_all_its_flows():
    text = "SET First TO $'''Kx8!pomelo'''\r\n"
    taken = gathered(
        taken_from("a", text, "Kx8!pomelo"),
        taken_from("b", text, "Kx8!pomelo"),
        taken_from("b", text, "Kx8!pomelo", "FTP"),
    )
    assert [(one.credential, one.flows) for one in taken] == [
        ("SAP", ("Upload", "夜間バッチ")),
        ("FTP", ("夜間バッチ",)),
    ]
    assert origin_words(taken[0]) == "Upload › Main, row 1, 夜間バッチ › Main, row 1"
    assert taken_line(taken[0]) == (
        f"“SAP” – Upload › Main, row 1, 夜間バッチ › Main, row 1 – {MASK}"
    )


def test_a_secret_that_is_not_found_has_its_flow_only():
    taken = gathered(taken_from("a", "SET First TO 1\r\n", "Kx8!pomelo"))
    assert taken_line(taken[0]) == f"“SAP” – Upload – {MASK}"


@pytest.mark.parametrize("secret", ["Upload", "x"])
def test_a_name_that_is_the_secret_is_masked(secret):
    text = f"SET First TO $'''{secret}'''\r\n"
    taken = gathered(taken_from("a", text, secret, credential=secret))
    assert taken_line(taken[0]).startswith(f"“{MASK}” – ")
    assert secret not in taken_line(taken[0])


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=60), "1 minute"),
        (timedelta(minutes=59), "59 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=23), "23 hours"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=3, hours=5), "3 days"),
    ],
)
def test_ages_are_told_in_the_largest_unit(age, words):
    assert age_words(age) == words

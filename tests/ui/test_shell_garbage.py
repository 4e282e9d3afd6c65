"""Garbage is collected on the GUI thread, not while a job works, and closed exports are let go."""

import gc
import weakref

import pytest

from padguard.flow.model import Action
from padguard.session.session import Session
from padguard.ui.garbage import GarbageCollector, dismantle


class Circle:
    def __init__(self):
        self.me = self


@pytest.fixture
def collector(qapp, monkeypatch):
    monkeypatch.setattr(gc, "get_threshold", lambda: (1, 1000, 1000))
    made = GarbageCollector(qapp)
    made._timer.stop()
    yield made
    made.deleteLater()


def test_python_collects_nothing_by_itself(collector):
    assert not gc.isenabled()


def test_circles_are_collected_when_there_are_enough(collector):
    circle = weakref.ref(Circle())
    assert circle() is not None
    collector.check()
    assert circle() is None


def test_nothing_is_collected_while_a_job_works(collector):
    busy = [True]
    collector.wait_while(lambda: busy[0])
    circle = weakref.ref(Circle())
    collector.check()
    assert circle() is not None
    busy[0] = False
    collector.check()
    assert circle() is None


def actions_alive():
    gc.unfreeze()
    return sum(isinstance(found, Action) for found in gc.get_objects())


def test_closed_exports_are_let_go_though_they_were_set_aside(collector, sample):
    gc.collect()
    before = actions_alive()
    session = Session.open(sample)
    assert actions_alive() > before
    collector.settle()
    dismantle(session.flows)
    del session
    assert actions_alive() == before

"""Jobs run on a worker thread, one after the other, and end on the GUI thread."""

import threading

import pytest

from padguard.foundation.errors import CancelledError
from padguard.foundation.messages import mark
from padguard.ui.jobs import Jobs

DOING = mark("test", "Step {n}")


@pytest.fixture
def jobs(qapp):
    made = Jobs()
    yield made
    made.stop()


def unwanted(error):
    raise AssertionError(error)


def test_result_comes_on_the_gui_thread(jobs, qtbot):
    threads = []
    got: list[object] = []

    def work(progress):
        threads.append(threading.current_thread())
        return 42

    def done(result):
        threads.append(threading.current_thread())
        got.append(result)

    jobs.start("Work", work, done, unwanted)
    assert jobs.current is not None
    qtbot.waitUntil(lambda: got == [42])
    assert threads[0] is not threading.main_thread()
    assert threads[1] is threading.main_thread()
    assert jobs.current is None


def test_error_comes_on_the_gui_thread(jobs, qtbot):
    got: list[object] = []
    jobs.start("Work", lambda _: 1 / 0, unwanted, got.append)
    qtbot.waitUntil(lambda: bool(got))
    assert isinstance(got[0], ZeroDivisionError)


def test_jobs_run_in_the_order_they_were_started(jobs, qtbot):
    order: list[int] = []
    for number in range(5):
        jobs.start(str(number), lambda _, number=number: number, order.append, unwanted)
    qtbot.waitUntil(lambda: len(order) == 5)
    assert order == [0, 1, 2, 3, 4]


def test_progress_and_cancel(jobs, qtbot):
    go_on = threading.Event()
    got: list[object] = []

    def work(progress):
        progress.step(3, 10, DOING(n=3))
        go_on.wait(10)
        progress.step(4, 10)

    jobs.start("Long work", work, unwanted, got.append)
    qtbot.waitUntil(lambda: jobs.current.step.done == 3)
    assert jobs.current.title == "Long work"
    assert str(jobs.current.step.doing) == "Step 3"
    jobs.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: bool(got))
    assert isinstance(got[0], CancelledError)


def test_a_waiting_job_that_is_cancelled_never_starts(jobs, qtbot):
    go_on = threading.Event()
    ran: list[int] = []
    ended: list[object] = []
    jobs.start("First", lambda _: go_on.wait(10), ended.append, unwanted)
    second = jobs.start("Second", lambda _: ran.append(1), unwanted, ended.append)
    second.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: len(ended) == 2)
    assert not ran


def test_nobody_is_called_back_after_stop(qapp, qtbot):
    jobs = Jobs()
    go_on = threading.Event()
    finished = threading.Event()

    def work(progress):
        go_on.wait(10)
        finished.set()

    jobs.start("Work", work, unwanted, unwanted)
    jobs.stop()
    go_on.set()
    assert finished.wait(10)
    qtbot.wait(50)
    assert jobs.current is None

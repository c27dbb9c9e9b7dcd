"""The wait for the cluster is one for all questions of a search, and only waiting counts."""

import time

from search.engines.elasticsearch.patience import Patience, patience, shared
from search.together import ask


class Together:
    answers_together = True


def test_questions_of_one_search_share_its_patience_in_whatever_thread_they_are_asked():
    with shared(5):
        own = patience(9)
        with shared(7):
            assert patience(9) is own
        assert ask(Together(), lambda: patience(9)).result() is own
    assert patience(9) is not own


def test_what_waits_at_the_same_time_waits_once():
    wait = Patience(5)
    with wait.spent():
        with wait.spent():
            time.sleep(0.1)
        assert 4.5 < wait.left <= 4.9
        time.sleep(0.1)
    assert 4.5 < wait.left <= 4.8


def test_what_is_done_between_questions_is_no_wait():
    wait = Patience(5)
    time.sleep(0.1)
    with wait.spent():
        pass
    time.sleep(0.1)
    assert wait.left > 4.9

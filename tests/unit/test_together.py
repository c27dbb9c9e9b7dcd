"""Questions asked together: beside each other where the engine allows it, and no error is lost."""

import threading

import pytest

from search.engines.base import EngineUnavailable
from search.together import answered, ask


class Together:
    answers_together = True


class Alone:
    answers_together = False


def test_an_engine_that_allows_it_is_asked_beside_the_own_thread():
    assert ask(Together(), threading.get_ident).result() != threading.get_ident()


def test_the_database_is_asked_in_the_own_thread():
    assert ask(Alone(), threading.get_ident).result() == threading.get_ident()


def test_what_a_question_raises_is_raised_where_the_answer_is_wanted():
    def question():
        raise EngineUnavailable("gone")

    answer = ask(Together(), question)
    with pytest.raises(EngineUnavailable, match="gone"):
        answer.result()


def test_an_answer_that_is_there_already_is_given_at_once():
    assert answered(3).result() == 3

"""Start, save, submit, expire, extend, regrade in any order: what must hold always holds."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from itertools import count

import pytest
from django.db import transaction
from hypothesis import HealthCheck
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from courses.learning.models import Answer, Attempt, Certificate, OtherAnswer, PaperOption
from courses.learning.services.allowances import More, grant
from courses.learning.services.answers import accept_late, choose_other
from courses.learning.services.attempts import AttemptClosed, close_overdue, settle
from courses.learning.services.grading import marks, regrade
from courses.quizzes.grading import score
from courses.quizzes.models import Key, Option
from partnership.lib.errors import Refusal
from tests.courses.learning.seats import EXAM, START, Seat
from tests.properties import examples

QUESTIONS = ("single", "number", "multiple")


class Sittings(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.seat = Seat(*QUESTIONS, starts=False, **{**EXAM, "attempts_allowed": 4})
        self.seat.learner.name_confirmed_at = START
        self.seat.learner.save()
        self.seat.attempt = None
        self.at, self.numbers = START, count()
        self.papers, self.stands, self.kept = {}, {}, set()
        self.is_key_turned = self.had_certificate = False

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @rule(minutes=st.sampled_from([0, 1, 9, 25, 45]))
    def time_passes(self, minutes):
        self.at += timedelta(minutes=minutes, seconds=1)

    @rule()
    def start(self):
        with suppress(Refusal):
            attempt = self.seat.start(self.at)
            assert self.papers.setdefault(attempt.pk, self.paper(attempt)) == self.paper(attempt)

    @precondition(lambda self: self.seat.attempt)
    @rule(
        n=st.integers(0, len(QUESTIONS) - 1),
        what=st.sampled_from(["right", "empty", "other"]),
        is_stale=st.booleans(),
        device=st.sampled_from(["laptop", "telephone"]),
    )
    def save(self, n, what, is_stale, device):
        seat, place, number = self.seat, self.seat.place(n), next(self.numbers)
        answers = {
            "right": seat.right(n),
            "empty": {"text": ""} if n == 1 else {"chosen": []},
            "other": {"text": f"{number}"} if n == 1 else seat.chosen("wrong", n),
        }
        saw = max(0, place.revision - 1) if is_stale else place.revision
        sent = {"key": f"key-{number}", "saw": saw, "device": device}
        saved = seat.save(answers[what], n, at=self.at, **sent)
        again = seat.save(answers[what], n, at=self.at, **sent)
        assert again.outcome == {"saved": "same"}.get(saved.outcome, saved.outcome)
        if saved.outcome == "saved":
            self.stands[place.question_id] = seat.place(n).response
            assert saved.revision == place.revision + 1
        elif saved.outcome != "same":
            self.kept.add((place.question_id, sent["key"]))

    @precondition(lambda self: self.seat.attempt)
    @rule(key=st.sampled_from(["one", "two"]))
    def submit(self, key):
        with suppress(AttemptClosed):
            assert self.seat.submit(key, at=self.at).submit_key == key

    @rule()
    def sweep(self):
        close_overdue(at=self.at)
        assert close_overdue(at=self.at) == 0

    @precondition(lambda self: self.seat.attempt)
    @rule()
    def read(self):
        settle(Attempt.objects.get(pk=self.seat.attempt.pk), at=self.at)

    @rule(minutes=st.integers(1, 20))
    def extend(self, minutes):
        more = More(reason="A slow line.", minutes=minutes)
        grant(self.seat.enrolment, self.seat.quiz, more, by=self.seat.learner, at=self.at)

    @rule(take=st.booleans())
    def decide(self, take):
        other = OtherAnswer.objects.filter(outcome="waiting", reason="device").first()
        with suppress(Refusal):
            if other and choose_other(other, take=take, by=None, at=self.at) and take:
                self.stands[other.question_id] = other.response

    @rule()
    def accept(self):
        other = OtherAnswer.objects.filter(outcome="waiting").last()
        if other and not other.question.attempt.is_open and not self.is_key_turned:
            accept_late(other, by=None, at=self.at)
            self.stands[other.question_id] = other.response

    @rule()
    def turn_the_key(self):
        key = Key.objects.get(version=self.seat.versions[0])
        key.option = Option.objects.filter(version=key.version).exclude(pk=key.option_id).get()
        key.save()
        self.is_key_turned = True

    @rule(dry_run=st.booleans())
    def grade_again(self, dry_run):
        given = {"by": None, "reason": "A wrong key.", "at": self.at}
        told = regrade(self.seat.quiz, dry_run=True, **given)
        if not dry_run:
            assert told == regrade(self.seat.quiz, dry_run=False, **given)
            assert regrade(self.seat.quiz, dry_run=False, **given) == []
            self.is_key_turned = False

    @staticmethod
    def paper(attempt):
        rows = PaperOption.objects.filter(question__attempt=attempt)
        return list(rows.order_by("pk").values_list("question__token", "option", "position"))

    @invariant()
    def the_paper_never_changes(self):
        for pk, paper in self.papers.items():
            assert self.paper(Attempt(pk=pk)) == paper

    @invariant()
    def no_acknowledged_answer_is_lost(self):
        assert dict(Answer.objects.values_list("question", "response")) == self.stands
        others = set(OtherAnswer.objects.values_list("question", "save_key"))
        assert others == self.kept

    @invariant()
    def one_is_open_and_none_is_beyond_the_limit(self):
        assert Attempt.objects.open().count() <= 1
        assert Attempt.objects.count() <= 4

    @invariant()
    def a_score_equals_its_recomputation(self):
        attempts = list(Attempt.objects.select_related("quiz").prefetch_related("gradings"))
        now = {} if self.is_key_turned else marks(attempts)
        for attempt in attempts:
            gradings = [(row.number, row.score, row.is_passed) for row in attempt.gradings.all()]
            assert [row[0] for row in gradings] == list(range(1, len(gradings) + 1))
            if attempt.is_open:
                assert (gradings, attempt.score, attempt.is_passed) == ([], None, None)
                continue
            rows = attempt.paper.values_list("version__points", "answer__share")
            assert attempt.score == score((points, share or 0) for points, share in rows)
            assert gradings[-1][1:] == (attempt.score, attempt.is_passed)
            if now:
                assert attempt.score == now[attempt.pk].score

    @invariant()
    def a_certificate_stays(self):
        standing = Certificate.objects.standing().count()
        assert standing == Certificate.objects.count() <= 1
        assert standing or not self.had_certificate
        self.had_certificate = bool(standing)


@pytest.mark.django_db
def test_in_any_order_what_must_hold_always_holds():
    run_state_machine_as_test(
        Sittings,
        settings=examples(15, stateful_step_count=25, suppress_health_check=list(HealthCheck)),
    )

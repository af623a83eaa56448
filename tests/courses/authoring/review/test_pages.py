"""What readers and authors see of a review, of a plan, and of what is published."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from courses.authoring.review.fingerprints import fingerprint
from courses.authoring.review.models import Comment, PlannedPublishing, Review
from courses.authoring.review.services import reviewing
from courses.catalogue.models import Edition, LessonRevision
from courses.learning.models import PartnerLogo
from partnership.lib import clock
from tests.courses.authoring.review.reading import colleague, published, say, write
from tests.courses.authoring.writing import Draft, desk
from tests.courses.learning.desks import Desk, signed_in
from tests.factories.courses import QuizFactory, asked

pytestmark = pytest.mark.django_db
REVIEW = "/desk/courses/t-w/draft/review/"


def test_whoever_was_asked_reads_comments_and_says_that_it_is_read(draft: Draft):
    author = desk(draft)
    quiz = QuizFactory(edition=draft.edition, module=draft.one, slug="quiz")
    version = asked(quiz, "matching")
    reader = colleague()
    client = signed_in(reader)
    assert client.get(REVIEW).status_code == 404
    author.post("draft/review/", act="ask", reviewer=str(reader.uuid), note="The units, please.")

    assert "The units, please." in client.get("/desk/reviews/").content.decode()
    assert "The units, please." in client.get(REVIEW).content.decode()
    lesson, of_quiz = f"{REVIEW}lessons/a/", f"{REVIEW}quizzes/quiz/"
    assert "counted <strong>once</strong>" in client.get(lesson).content.decode()
    assert version.options.first().text in client.get(of_quiz).content.decode()
    for address in (lesson, of_quiz, REVIEW):
        client.post(address, {"act": "say", "body": f"About {address}", "saw": 0})
    client.post(REVIEW, {"act": "finish"})

    parts = list(Comment.objects.order_by("pk").values_list("part", flat=True))
    assert parts == ["lesson:a", f"quiz:{quiz.key}", ""]
    assert Review.objects.get().read_at
    # To read is not to write.
    for path in ("", "lessons/a/", "publish/", "plan/", "about/"):
        assert client.get(f"/desk/courses/t-w/draft/{path}").status_code == 404
    for act in ({"act": "ask", "reviewer": str(reader.uuid)}, {"act": "rule"}):
        assert client.post(REVIEW, act).status_code == 404
    outline = author.page("draft/")
    assert outline.count("1 open comment") == 2
    assert f"About {lesson}" in outline


def test_what_could_not_be_kept_stands_in_its_field_again(draft: Draft):
    page = desk(draft)
    head = say(draft)
    lost = "A long thought."

    answer = page.post("draft/review/lessons/a/", act="answer", thread=head.pk + 99, body=lost)
    assert (answer.status_code, Comment.objects.count()) == (409, 1)
    too_long = page.post("draft/review/lessons/a/", act="say", body=lost * 300)

    assert too_long.status_code == 409
    assert lost in too_long.content.decode()


def test_words_on_a_draft_that_was_published_meanwhile_are_shown_again(draft: Draft):
    page, reader = desk(draft), colleague()
    reviewing.ask(draft.edition, reader, by=page.trainer, at=clock.now())
    page.post("draft/publish/")
    said = {"act": "say", "body": "A long thought."}

    for client in (page.client, signed_in(reader)):
        for path in ("", "lessons/a/"):
            answer = client.post(f"{REVIEW}{path}", said)
            assert (answer.status_code, "A long thought." in answer.content.decode()) == (409, True)
            assert client.get(f"{REVIEW}{path}").status_code == 404
    assert signed_in(colleague()).post(REVIEW, said).status_code == 404


def test_a_thread_is_led_from_its_page(draft: Draft):
    page = desk(draft)
    page.post("draft/review/lessons/a/", act="say", body="Too long.", saw=0)
    (head,) = Comment.objects.all()
    page.post("draft/review/lessons/a/", act="answer", thread=head.pk, body="Shorter now.")

    unread = page.post("draft/review/lessons/a/", act="resolve", thread=head.pk, saw=head.pk)
    assert unread.status_code == 409
    page.post("draft/review/lessons/a/", act="resolve", thread=head.pk, saw=head.pk + 9)
    told = page.page("draft/review/lessons/a/")
    assert "is-resolved" in told
    page.post("draft/review/lessons/a/", act="reopen", thread=head.pk)
    write(draft, "Other words.", page.trainer)

    told = page.page("draft/review/lessons/a/")
    assert "is-resolved" not in told
    assert "written on text 0; text 1 stands now" in told
    assert "history/?from=0&amp;to=1" in told


def test_the_owner_requires_an_approval_and_a_colleague_gives_it(draft: Draft):
    page = desk(draft)
    write(draft, "Mine.", page.trainer)
    page.post("draft/review/", act="rule", needs_approval="on")
    saw = fingerprint(draft.edition)

    assert "has approved it" in page.page("draft/publish/")
    assert page.post("draft/review/", act="approve", text=saw).status_code == 409
    other = Desk(draft.course)
    assert other.post("draft/review/", act="rule").status_code == 409
    other.post("draft/review/", act="approve", text=saw)
    page.post("draft/publish/")

    assert published(draft.edition)


def test_a_plan_is_told_in_its_zone_and_in_utc_and_warns_of_what_is_written_after_it(draft: Draft):
    page = desk(draft)
    day = (clock.now() + timedelta(days=9)).date()
    given = {"on": day.isoformat(), "clock": "09:00", "zone": "Asia/Tokyo"}
    assert page.post("draft/plan/", **{**given, "on": "2020-01-01"}).status_code == 400
    page.post("draft/plan/", **given)

    told = page.page("draft/plan/")
    assert ("09:00 (Asia/Tokyo)" in told, ", 00:00 UTC" in told) == (True, True)
    assert "What is written until then" in page.page("draft/")
    write(draft, "Afterwards.", page.trainer)
    for path in ("draft/", "draft/plan/", "draft/publish/"):
        assert "changed since it was planned" in page.page(path)
    page.post("draft/plan/", **{"take-back": "yes"})

    assert PlannedPublishing.objects.get().state == "taken_back"


def test_what_is_published_is_corrected_withdrawn_and_run_again(draft: Draft):
    page = desk(draft)
    page.post("draft/publish/")
    assert ">1: " in page.page("editions/")
    address = "editions/1/a/"
    saw = page.get(address).context["form"].initial["saw"]
    sent = {"text": "A tonne is counted **once**!", "reason": "A sign", "saw": saw}

    assert page.post(address, **{**sent, "text": "Three 3."}).status_code == 400
    page.post(address, **sent)
    assert "<ins>!</ins>" in page.page(address)
    assert LessonRevision.objects.get().by == page.trainer
    page.post("editions/1/", act="withdraw", because="A wrong table.")
    course = page.client.get("/courses/t-w/").content.decode()
    assert ("A wrong table." in course, 'id="join"' in course) == (True, False)
    page.post("editions/1/", act="bring-back")
    page.post("editions/", retire="yes")
    assert "Bring the course back" in page.page("editions/")
    page.post("editions/", reopen="yes")
    page.post("editions/1/", act="run-again")

    assert Edition.objects.get(number=2).is_draft
    assert page.get("editions/2/").status_code == 404


def test_a_partners_sign_is_loaded_and_taken_off(draft: Draft):
    page = desk(draft)
    out = BytesIO()
    Image.new("RGB", (90, 60), "teal").save(out, format="PNG")
    good = SimpleUploadedFile("x.gif", out.getvalue(), "image/gif")
    bad = SimpleUploadedFile("x.png", b"<svg/>", "image/png")

    assert page.post("logo/", partner="A Ministry", picture=bad).status_code == 400
    page.post("logo/", partner="A Ministry", picture=good)
    assert 'alt="A Ministry"' in page.page("logo/")
    page.post("logo/", act="off")

    assert PartnerLogo.objects.get().until


@pytest.mark.parametrize("more", [0, 20])
def test_the_pages_of_a_long_draft_cost_as_few_questions(draft: Draft, count_queries, more):
    page = desk(draft)
    reviewing.ask(draft.edition, colleague(), by=page.trainer, at=clock.now())
    for n in range(more):
        draft.lesson(f"more-{n}", draft.two, 10 + n)
        say(draft, part=f"lesson:more-{n}")
    say(draft)
    page.page("draft/publish/")

    with count_queries(32):
        page.page("draft/publish/")
    with count_queries(35):
        page.page("draft/review/")

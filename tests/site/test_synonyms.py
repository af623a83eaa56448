"""The desk of the words that mean the same, and what it changes of what is found."""

from __future__ import annotations

import pytest

from partnership.accounts.models import Role
from partnership.audit.models import AuditEntry
from partnership.information.models import GlossaryTerm
from partnership.jobs import runner
from partnership.jobs import services as jobs
from partnership.jobs.models import Job
from partnership.search.models import Synonym
from partnership.search.queries import find
from partnership.site import searching, tasks
from tests.site.people import client_of

pytestmark = pytest.mark.django_db
LIST, ADD = "/desk/search/", "/desk/search/add/"


@pytest.fixture
def desk():
    return client_of(Role.ADMINISTRATOR)


@pytest.fixture
def _terms() -> None:
    GlossaryTerm.objects.create(slug="zulu", term="Zulu record", definition="A made-up word.")
    searching.rebuild("term")


def write_index() -> None:
    """What the worker does with the job."""
    job = Job.objects.get(kind="search.rebuild")
    tasks.rebuild_search(runner.Progress(jobs.claim(job.pk, at=job.run_at)))
    Job.objects.all().delete()


@pytest.mark.usefixtures("_terms")
def test_words_added_changed_and_removed_on_the_desk_change_what_is_found(desk):
    added = desk.post(ADD, {"forms": "ZR\nZulu record\n\n", "found_only": ""})
    before = [hit.key for hit in find("ZR").hits]
    write_index()
    after = [hit.key for hit in find("ZR").hits]
    desk.post(f"{LIST}zr/", {"forms": "QX\nZulu  record", "found_only": "QX"})
    write_index()
    changed = [[hit.key for hit in find(word).hits] for word in ("ZR", "QX")]
    desk.post(f"{LIST}zr/", {"do": "remove"})
    write_index()

    assert (added.status_code, added.headers["Location"]) == (302, LIST)
    assert (before, after, changed) == ([], ["zulu"], [[], ["zulu"]])
    assert (find("QX").hits, Synonym.objects.count()) == ([], 0)
    told = AuditEntry.objects.filter(kind="synonym").order_by("pk")
    assert [(row.verb, row.key) for row in told] == [
        ("synonym.add", "zr"),
        ("synonym.change", "zr"),
        ("synonym.remove", "zr"),
    ]
    assert told[1].changes["forms"] == [["ZR", "Zulu record"], ["QX", "Zulu record"]]


@pytest.mark.parametrize(
    ("forms", "found_only", "sentence"),
    [
        ("LoA", "", "Give at least two forms"),
        ("LoA\n***", "", "is no form"),
        ("LoA\nletter", "other", "is not among the forms above"),
        ("LoA\nletter", "LoA\nletter", "has to mean nothing else"),
        ("\n".join(f"form {n}" for n in range(41)), "", "at most 40 forms"),
    ],
)
def test_words_that_make_no_group_are_refused_in_a_sentence_and_kept(
    desk, forms, found_only, sentence
):
    answer = desk.post(ADD, {"forms": forms, "found_only": found_only})

    page = answer.content.decode()
    assert sentence in page
    assert forms.split("\n")[0] in page
    assert (Synonym.objects.count(), Job.objects.count()) == (0, 0)


def test_saving_what_stands_there_starts_no_job_and_is_not_noted(desk):
    Synonym.objects.create(key="loa", forms=["LoA", "letter"])

    desk.post(f"{LIST}loa/", {"forms": "LoA\nletter", "found_only": ""})

    assert not Job.objects.exists()
    assert not AuditEntry.objects.filter(kind="synonym").exists()


@pytest.mark.parametrize("number", [1, 60])
def test_the_list_costs_the_same_for_any_number_of_words(desk, number, count_queries):
    Synonym.objects.bulk_create(
        Synonym(key=f"k{n}", forms=[f"Form {n}", "other"]) for n in range(number)
    )
    desk.get(LIST)

    with count_queries(6):
        page = desk.get(LIST)

    assert len(page.context["rows"]) == number

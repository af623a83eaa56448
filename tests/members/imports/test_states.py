"""Whatever people and workers do, each row is taken in once and can be taken back."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from partnership.accounts.models import Role
from partnership.jobs import runner
from partnership.jobs.models import Job
from partnership.lib import clock
from partnership.lib.errors import Refusal
from partnership.members.imports import services, working
from partnership.members.models import (
    Affiliation,
    ImportChange,
    ImportRow,
    Invitation,
    KnownColumns,
    SheetImport,
)
from tests.constraints import refused_by
from tests.factories.accounts import person_with
from tests.factories.members import AffiliationFactory, CountryFactory
from tests.members.imports.helpers import sent
from tests.members.imports.state import tables
from tests.members.imports.test_kills import Killed
from tests.properties import examples

VERBS = ["send", "try", "take_in", "take_back", "go_on", "stop", "work", "edit", "correct"]
ACTS = st.one_of(
    st.tuples(st.sampled_from(VERBS), st.integers(0, 1)),
    st.tuples(st.just("kill"), st.integers(0, 5)),
)


class World:
    """Two sheets about the same five people, and everybody who may touch them."""

    def __init__(self) -> None:
        country = CountryFactory(iso3="QAA")
        self.by = person_with(Role.ADMINISTRATOR)
        self.post = AffiliationFactory(country=country, title="Before")
        emails = [self.post.person.email, *(f"p{n}@x.example" for n in range(3)), "broken"]
        self.rows = [[email, "", "QAA", "", "Head", "", ""] for email in emails]
        self.sheets: list[SheetImport] = []
        self.before = tables()
        self.edits = 0

    def act(self, verb: str, which: int) -> None:
        try:
            with transaction.atomic():
                getattr(self, verb)(which)
        except Refusal:
            return

    def _sheet(self, which: int) -> SheetImport:
        if which >= len(self.sheets):
            raise services.NotNow("no such sheet")
        self.sheets[which].refresh_from_db()
        return self.sheets[which]

    def send(self, _which: int) -> None:
        if len(self.sheets) < 2:
            self.sheets.append(sent(self.rows, by=self.by))

    def _try(self, which: int) -> None:
        sheet = self._sheet(which)
        services.name_columns(sheet, sheet.mapping, at=clock.now())

    def take_in(self, which: int) -> None:
        services.take_in(self._sheet(which), at=clock.now())

    def take_back(self, which: int) -> None:
        services.take_back(self._sheet(which), by=self.by, at=clock.now())

    def go_on(self, which: int) -> None:
        services.go_on(self._sheet(which), at=clock.now())

    def stop(self, which: int) -> None:
        sheet = self._sheet(which)
        Job.objects.live().filter(pk=sheet.job_id).update(
            state="cancelled", finished_at=clock.now(), lease_until=None
        )

    def edit(self, _which: int) -> None:
        self.edits += 1
        Affiliation.objects.filter(pk=self.post.pk).update(title=f"Edit {self.edits}")

    def correct(self, which: int) -> None:
        line = self._sheet(which).rows.filter(number=6).first()
        if line:
            services.correct_row(line, {"email": f"late{which}@x.example"}, at=clock.now())

    def work(self, _which: int) -> None:
        for pk in Job.objects.live().order_by("pk").values_list("pk", flat=True):
            runner.run(pk)

    def kill(self, after: int) -> None:
        """A worker that dies after so many steps; the sweep has put its job back."""
        step = runner.Progress.step
        left = [after]

        def dying(progress: runner.Progress, *told: object) -> None:
            step(progress, *told)  # type: ignore[arg-type]
            left[0] -= 1
            if left[0] < 0:
                raise Killed

        runner.Progress.step = dying  # type: ignore[assignment,method-assign]
        try:
            self.work(0)
        except Killed:
            Job.objects.filter(state="running").update(state="queued", lease_until=None, tries=0)
        finally:
            runner.Progress.step = step  # type: ignore[method-assign]

    def check(self) -> None:
        """What must be true after every act."""
        open_ones = Invitation.objects.unsettled().order_by().values_list("email", flat=True)
        assert len(open_ones) == len(set(open_ones))
        applied = ImportRow.objects.exclude(applied_at=None)
        noted = ImportChange.objects.values("row").distinct()
        assert applied.count() == noted.count()
        assert set(applied.values_list("verdict", flat=True)) <= {"new", "changed"}
        standing = ImportChange.objects.filter(table="invitation", undone_at=None)
        assert standing.filter(kept_because="").count() == Invitation.objects.count()

    def clear_up(self) -> None:
        """Everybody ends what they began, and takes it back, the last first."""
        for _ in range(3):
            for which in range(len(self.sheets)):
                self.act("go_on", which)
            self.act("work", 0)
        for which in reversed(range(len(self.sheets))):
            self.act("take_back", which)
            self.act("work", 0)


setattr(World, "try", World._try)


@pytest.mark.audit
@pytest.mark.django_db
@examples(
    12,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.lists(ACTS, min_size=4, max_size=14))
def test_whatever_happens_each_row_is_taken_in_once_and_can_be_taken_back(monkeypatch, acts):
    monkeypatch.setattr(working, "BATCH", 2)
    for model in (SheetImport, Invitation, Affiliation, Job):
        model._base_manager.all().delete()
    world = World()
    for verb, which in [("send", 0), ("try", 0), ("work", 0), *acts]:
        world.act(verb, which)
        world.check()
    world.clear_up()
    assert not Job.objects.live().exists()
    assert {sheet.state for sheet in SheetImport.objects.all()} <= {"uploaded", "tried", "undone"}
    after = tables()
    if not world.edits:
        assert after == world.before
    assert after["partnership.Invitation"] == world.before["partnership.Invitation"]


@pytest.mark.django_db
def test_what_must_hold_of_imports_is_held_by_the_database() -> None:
    CountryFactory(iso3="QAA")
    sheet = sent([["a@x.example", "", "QAA", "", "", "", ""]])
    mine = SheetImport.objects.filter(pk=sheet.pk)
    with refused_by("sheet_import_done_has_a_time"):
        mine.update(state="done")
    with refused_by("sheet_import_undone_has_a_time"):
        mine.update(state="undone")
    ImportRow.objects.create(sheet_import=sheet, number=2, verdict="wrong")
    with refused_by("import_row_once"):
        ImportRow.objects.create(sheet_import=sheet, number=2, verdict="new")
    with refused_by("import_row_that_is_wrong_changes_nothing"):
        sheet.rows.update(applied_at=clock.now())
    with refused_by("known_columns_once"):
        for _ in range(2):
            KnownColumns.objects.create(person=sheet.by, kind="people", head="x")


@pytest.mark.django_db
def test_an_import_fills_one_place() -> None:
    from tests.factories.members import InstitutionFactory

    sheet = sent([["a@x.example", "", "", "", "", "", ""]])
    with refused_by("sheet_import_into_one_place"):
        SheetImport.objects.filter(pk=sheet.pk).update(
            country=CountryFactory(iso3="QAA"), institution=InstitutionFactory()
        )

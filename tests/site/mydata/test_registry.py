"""Every column that holds people is declared: one that nobody thought of fails here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, Field, JSONField, Model, TextField

from partnership.accounts.models import User
from partnership.lib.personal import CUT, EMPTIED, GOES, STAYS
from partnership.site.mydata import registry
from tests.site.mydata.everywhere import tables

ROOT = Path(__file__).parents[3]
# About places, texts and terms. Nobody writes of a person there.
ABOUT_NOBODY = {
    *("auth.Permission", "auth.Group", "auth.Group_permissions", "contenttypes.ContentType"),
    *(
        f"partnership.{name}"
        for name in (
            *("Sector", "LoadedRow", "Country", "CountryName", "CountryAlias", "CountryGroup"),
            *("Institution", "AreaOfWork", "MembershipCount", "Participation", "Agreement"),
            *("AgreementSector", "CaseCountry", "CaseSection", "CaseChart", "CaseFigure"),
            *("CaseStudy_institutions", "Pulse", "Synonym", "Link", "LinkUse"),
            "Snapshot",
            *("GlossaryTerm", "GlossaryTerm_see_also", "WorkingGroup"),
            *("Remark_countries", "Document_countries", "Document_areas", "Document_sectors"),
            *("Approach", "Approach_acquiring", "Approach_sectors"),
            *("Authorization", "Authorization_acquiring", "Authorization_sectors"),
        )
    ),
    *(
        f"courses.{name}"
        for name in (
            *("Course", "Module", "Lesson", "LearningPath", "PathStep", "Quiz", "QuestionCase"),
            *("Question", "QuestionVersion", "Option", "Key", "QuizGroup", "QuizQuestion"),
            *("PaperQuestion", "PaperOption"),
            *("QuestionImport", "QuestionImportRow", "CourseParcel"),
        )
    ),
}
# Keys, words of a list, and texts about things, in tables that hold people elsewhere.
NOT_PERSONAL = {
    "account.EmailConfirmation.key",
    "admin.LogEntry.object_id",
    "sessions.Session.session_key",
    *(f"mfa.Authenticator.{name}" for name in ("type",)),
    *(f"partnership.AuditEntry.{name}" for name in ("acting_as", "verb", "kind")),
    *(f"partnership.AuditEntry.{name}" for name in ("request_id", "network")),
    *(f"partnership.Job.{name}" for name in ("kind", "key")),
    *(f"partnership.SearchEntry.{name}" for name in ("kind", "key", "language", "address")),
    *(f"partnership.SearchEntry.{name}" for name in ("fingerprint", "audience")),
    *(f"partnership.Source.{name}" for name in ("slug", "title", "publisher", "address", "note")),
    *(f"partnership.Document.{name}" for name in ("slug", "title", "sort_key", "publisher")),
    *(f"partnership.Document.{name}" for name in ("summary", "language", "licence", "note")),
    "partnership.Document.withdrawn_because",
    *(f"partnership.DocumentVersion.{name}" for name in ("label", "what_changed", "address")),
    *(f"partnership.DocumentVersion.{name}" for name in ("address_key", "key", "sha256")),
    *(f"partnership.DocumentVersion.{name}" for name in ("problems", "seems", "sketch")),
    "partnership.Passage.heading",
    *(f"partnership.Remark.{name}" for name in ("kind", "key", "page", "language")),
    *(f"partnership.DatedFact.{name}" for name in ("key", "label", "qualifier", "value_text")),
    *(f"partnership.Feed.{name}" for name in ("slug", "title", "address", "language", "error")),
    *(f"partnership.Feed.{name}" for name in ("etag", "last_modified")),
    *(f"partnership.Item.{name}" for name in ("title", "summary", "address", "identity")),
    *(f"partnership.Alert.{name}" for name in ("narrowed", "texts")),
    "partnership.Digest.zone",
    *(f"partnership.DigestHit.{name}" for name in ("kind", "key")),
    *(f"partnership.Item.{name}" for name in ("address_key", "content_key")),
    *(f"partnership.DatedFact.{name}" for name in ("unit", "definition", "note", "figure")),
    *(f"partnership.OfficialLetter.{name}" for name in ("key", "sha256")),
    *(f"partnership.SheetImport.{name}" for name in ("key", "encoding", "mapping", "role")),
    "partnership.SheetImport.counts",
    *(f"partnership.ImportChange.{name}" for name in ("table", "key")),
    *(f"partnership.KnownColumns.{name}" for name in ("head", "mapping")),
    *(f"partnership.Invitation.{name}" for name in ("language", "role")),
    *(f"partnership.Invitation.{name}" for name in ("mailed_hash", "shown_hash")),
    "partnership.MailDomain.domain",
    "partnership.ReplyText.language",
    *(f"partnership.AgreementStage.{name}" for name in ("acquiring_label", "host_label", "note")),
    *(f"partnership.ApproachLine.{name}" for name in ("standard", "description", "note")),
    *(f"partnership.AuthorizationLine.{name}" for name in ("oimp", "gwp_values", "note")),
    *(f"partnership.AuthorizationLine.{name}" for name in ("non_ghg_metric", "activity_types")),
    *(f"partnership.AuthorizationLine.{name}" for name in ("entities", "terms")),
    *(f"partnership.GroupDocument.{name}" for name in ("language", "key", "sha256")),
    *(f"partnership.DeskChange.{name}" for name in ("table", "key")),
    "partnership.ApiToken.scopes",
    *(f"partnership.Letter.{name}" for name in ("circle", "wanted", "language")),
    "partnership.LetterText.language",
    "partnership.SignIn.network",
    "partnership.Erasure.files",
    "partnership.PolicyVersion.what_changed",
    "partnership.PolicyText.language",
    *(f"courses.Edition.{name}" for name in ("language", "title", "summary", "audience")),
    *(f"courses.Edition.{name}" for name in ("outcomes", "what_changed", "withdrawn_because")),
    *(f"courses.Comment.{name}" for name in ("part", "title")),
    "courses.Approval.fingerprint",
    *(f"courses.PlannedPublishing.{name}" for name in ("zone", "fingerprint", "reason")),
    *(f"courses.PartnerLogo.{name}" for name in ("partner", "sha256")),
    *(f"courses.LessonRevision.{name}" for name in ("reason", "before")),
    *(f"courses.Translation.{name}" for name in ("object_key", "segment", "language")),
    *(f"courses.Translation.{name}" for name in ("text", "html")),
    *(f"courses.LessonSave.{name}" for name in ("title", "text", "sitting")),
    *(f"courses.Picture.{name}" for name in ("name", "alt", "files", "digest")),
    *(f"courses.Removed.{name}" for name in ("key", "title", "rows")),
    *(f"courses.SubjectCheck.{name}" for name in ("doubt", "source", "finding")),
    *(f"partnership.CaseDraft.{name}" for name in ("title", "what_changed")),
    "partnership.CaseVersion.what_changed",
    "courses.Enrolment.block",
    "courses.Allowance.stamp",
    "courses.OtherAnswer.save_key",
    *(f"courses.Certificate.{name}" for name in ("code", "course_code", "course_title")),
    *(f"courses.Certificate.{name}" for name in ("language", "issuer")),
}


def undeclared(models: list[type[Model]]) -> Iterator[str]:
    """Columns that point to a person or may hold words of one, and that nobody declares."""
    for model in models:
        label = model._meta.label
        declared = {
            name
            for held in registry.holdings()
            if held.model.lower() == label.lower()
            for name in held.fates
        }
        for field in model._meta.concrete_fields:
            if (_is_person(field) or _is_text(field, label)) and field.name not in declared:
                yield f"{label}.{field.name}"


def _is_person(field: Field[Any, Any]) -> bool:
    return field.related_model is User


def _is_text(field: Field[Any, Any], label: str) -> bool:
    if label in ABOUT_NOBODY or label == "partnership.CaseStudy" or field.choices:
        return False
    is_free = isinstance(field, CharField | TextField | JSONField)
    return is_free and f"{label}.{field.name}" not in NOT_PERSONAL


def test_every_column_with_people_says_what_becomes_of_it():
    assert list(undeclared(tables())) == []


def test_a_column_that_nobody_declared_is_found(monkeypatch):
    kept = [held for held in registry.HOLDINGS if held.model != "partnership.SignIn"]
    monkeypatch.setattr(registry, "HOLDINGS", kept)

    assert set(undeclared(tables())) == {
        "partnership.SignIn.person",
        "partnership.SignIn.device",
    }


def test_every_exception_names_a_column_that_there_is():
    columns = {f"{model._meta.label}.{f.name}" for model in tables() for f in model._meta.fields}

    assert {name for name in NOT_PERSONAL if name not in columns} == set()
    assert ABOUT_NOBODY - {model._meta.label for model in tables()} == set()


def test_every_declaration_speaks_of_columns_that_there_are():
    for held in registry.holdings():
        for name in held.fates:
            assert held.table._meta.get_field(name)
        for path in (*held.whose, *held.told, *held.by_address, *held.by_uuid):
            assert _leads_somewhere(held.table, path), f"{held.model}: {path}"


def _leads_somewhere(model: Any, path: str) -> bool:
    for step in path.split("__"):
        if model is None:
            return False
        try:
            field = model._meta.pk if step == "pk" else model._meta.get_field(step)
        except FieldDoesNotExist:
            return False
        model = field.related_model
    return True


def test_what_is_of_a_person_is_in_the_export_or_says_why_not():
    silent = [held.model for held in registry.holdings() if not held.part and not held.why]
    nameless = [held.model for held in registry.holdings() if held.part and not held.told]
    stays = [
        held.model
        for held in registry.holdings()
        if {STAYS, EMPTIED} & set(held.fates.values()) >= {STAYS} and not held.why
    ]

    assert (silent, nameless, stays) == ([], [], [])


def test_nobody_else_is_told_in_the_export():
    persons = [
        f"{held.model}.{path}"
        for held in registry.holdings()
        for path in held.told
        if path.split("__")[0] in held.with_fate(CUT) or "__email" in path
    ]

    assert persons == []


def test_a_row_goes_whole_or_stays_whole():
    for held in registry.holdings():
        fates = set(held.fates.values())
        assert GOES not in fates or fates == {GOES}, held.model


def test_every_part_of_the_export_has_rows_and_every_row_a_part():
    told = {held.part for held in registry.holdings() if held.part}

    assert told == {part.key for part in registry.parts()} == set(registry.ORDER)


def test_every_declaring_module_is_named():
    files = [*ROOT.glob("partnership/**/personal.py"), *ROOT.glob("courses/**/personal.py")]
    source = Path(registry.__file__).read_text()

    modules = {".".join(path.relative_to(ROOT).parent.parts) for path in files}
    assert {
        name for name in modules - {"partnership.lib"} if f"from {name} import" not in source
    } == set()

"""What delegations hold of a person: posts, terms, invitations, requests, and sheets with names."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.files.storage import default_storage
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnership.lib.personal import (
    CUT,
    EMPTIED,
    GOES,
    MENDED,
    STAYS,
    Traces,
    forgets,
    hold,
    part,
)
from partnership.members.models import (
    Affiliation,
    FocalTerm,
    Invitation,
    OfficialLetter,
    ProfileRevision,
    SheetImport,
)

OTHERS = "It says what somebody did for others; the row is theirs."
CELLS = "Sheets are about many people; what came of them stands under posts and invitations."

part("posts", _("Posts"), _("So that training counts for the country you worked for then."))
part("terms", _("Terms as focal point"), _("So that you can run your delegation."))
part("joining", _("Invitations and requests"), _("To bring you into your delegation."))
part("letters", _("Letters to you among others"), _("To send each letter to you once."))
part("handovers", _("Handovers"), _("To pass a delegation on with a second person's yes."))

hold(
    "partnership.Affiliation",
    {"person": STAYS, "title": EMPTIED},
    whose=("person",),
    part="posts",
    told=(
        *("country__name", "institution__name", "title", "begins_on", "ends_on", "confirmed_on"),
        "leavings__last_day",
    ),
    why="Without its title and on nobody's name it counts in what a country was trained.",
)
hold(
    "partnership.FocalTerm",
    {"person": GOES},
    whose=("person",),
    part="terms",
    told=(
        *("country__name", "institution__name", "function", "is_deputy", "begins_on", "ends_on"),
        *("closed_on", "letter__written_on"),
    ),
)
hold(
    "partnership.OfficialLetter",
    {"stored_by": CUT, "name": MENDED},
    why="A letter is the sender's; that there is one stands under terms as focal point.",
)
hold(
    "partnership.Invitation",
    {"email": GOES, "name": GOES, "title": GOES, "used_by": GOES},
    whose=("used_by",),
    by_address=("email",),
    part="joining",
    told=(
        *("email", "name", "role", "country__name", "institution__name", "title", "made_at"),
        *("sent_at", "opened_at", "used_at", "withdrawn_at"),
    ),
)
hold("partnership.Invitation", {"by": CUT}, why=OTHERS)
hold(
    "partnership.JoinRequest",
    {"person": GOES, "email": GOES, "title": GOES, "reply": GOES},
    whose=("person",),
    part="joining",
    told=(
        *("country__name", "institution__name", "email", "title", "since", "asked_at"),
        *("answered_at", "is_approved", "reply", "withdrawn_at"),
    ),
)
hold("partnership.JoinRequest", {"answered_by": CUT, "reply": MENDED}, why=OTHERS)
hold(
    "partnership.Handover",
    {"giver": GOES, "taker": GOES},
    whose=("giver", "taker"),
    part="handovers",
    told=("country__name", "institution__name", "asked_at", "decided_at", "is_done"),
)
hold("partnership.Handover", {"decided_by": CUT}, why=OTHERS)
hold("partnership.Leaving", {"by": CUT}, why=OTHERS)
hold("partnership.MailDomain", {"proposed_by": CUT, "approved_by": CUT}, why=OTHERS)
hold(
    "partnership.ProfileRevision",
    {
        **{"edited_by": CUT, "published_by": CUT},
        **dict.fromkeys(("text", "contact", "website", "note"), MENDED),
    },
    why="It is the delegation's own page. A name goes from those the person belonged to.",
    only_addresses=True,
)
hold(
    "partnership.GroupSeat",
    {"person": GOES},
    whose=("person",),
    part="posts",
    told=("group__name", "is_chair", "begins_on", "ends_on"),
)
hold(
    "partnership.GroupDocument",
    {"added_by": CUT, "title": MENDED, "what_changed": MENDED},
    why="It is the group's; the file stays as it came.",
)
hold("partnership.DeskAct", {"by": CUT, "undone_by": CUT, "into": CUT}, why=OTHERS)
hold(
    "partnership.DeskChange",
    {"before": MENDED, "after": MENDED},
    why="How the secretariat puts back what it did; the log of changes tells what that was.",
)
hold("partnership.ReplyText", {"text": STAYS, "label": STAYS}, why="It is about nobody.")
hold(
    "partnership.SheetImport",
    {"by": CUT, "name": MENDED, "columns": MENDED, "reason": MENDED},
    why=CELLS,
)
hold(
    "partnership.ImportRow",
    dict.fromkeys(("cells", "about", "problems", "changes"), MENDED),
    why=CELLS,
)
hold(
    "partnership.ImportChange",
    {"before": MENDED, "after": MENDED, "kept_because": MENDED},
    why=CELLS,
)
hold(
    "partnership.KnownColumns",
    {"person": GOES},
    whose=("person",),
    why="Which column held which field: nothing of the person.",
)


hold(
    "partnership.Letter",
    {"by": CUT, "reason": MENDED},
    why="It says what somebody wrote to others; the row is theirs.",
)
hold(
    "partnership.LetterText",
    {"subject": MENDED, "body": MENDED},
    why="It was written to many.",
    only_addresses=True,
)
hold(
    "partnership.LetterRecipient",
    {"person": GOES},
    whose=("person",),
    part="letters",
    told=("letter__sent_at", "queued_at", "left_out", "mail__state"),
)
hold(
    "partnership.ReplyDesk",
    {"name": STAYS, "email": STAYS},
    why="It is a desk's, not a person's.",
)


@forgets
def forget_own_pages(who: Traces) -> Iterable[str]:
    """The name in what the own delegations say of themselves, while it is known which they were."""
    names = ("text", "contact", "note")
    for model in (Affiliation, FocalTerm):
        held = model.objects.filter(person=who.pk)
        place = Q(country__in=held.filter(country__isnull=False).values("country"))
        place |= Q(institution__in=held.filter(institution__isnull=False).values("institution"))
        for row in ProfileRevision.objects.filter(place):
            before = {name: getattr(row, name) for name in names}
            after = {name: who.mended(text) for name, text in before.items()}
            if after != before:
                ProfileRevision.objects.filter(pk=row.pk).update(**after)
    return ()


@forgets
def forget_terms(who: Traces) -> Iterable[str]:
    """The terms and invitations, and each letter that then appoints nobody else."""
    terms = FocalTerm.objects.filter(person=who.pk)
    invitations = Invitation.objects.filter(Q(used_by=who.pk) | Q(email__in=who.addresses))
    letters = set(terms.filter(letter__isnull=False).values_list("letter", flat=True))
    letters |= set(invitations.filter(letter__isnull=False).values_list("letter", flat=True))
    terms.delete()
    invitations.delete()
    named = set(FocalTerm.objects.filter(letter__in=letters).values_list("letter", flat=True))
    named |= set(Invitation.objects.filter(letter__in=letters).values_list("letter", flat=True))
    orphaned = OfficialLetter.objects.filter(pk__in=letters - named)
    files = list(orphaned.values_list("key", flat=True))
    orphaned.delete()
    return files


@forgets
def forget_posts(who: Traces) -> Iterable[str]:
    """Posts that run end with the account: nobody is in them any more."""
    running = Affiliation.objects.filter(person=who.pk, ends_on__isnull=True)
    running.filter(begins_on__gt=who.on).delete()
    running.update(ends_on=who.on)
    return ()


@forgets
def forget_sheets(who: Traces) -> Iterable[str]:
    """Files in which one of the addresses stands. What was taken in from them needs no file."""
    found = []
    for sheet in SheetImport.objects.exclude(key="").prefetch_related("rows"):
        told = (cell for row in sheet.rows.all() for cell in row.cells)
        if any(who.pattern.search(str(cell)) for cell in told) or _stands_in(sheet.key, who):
            found.append(sheet)
    SheetImport.objects.filter(pk__in=[sheet.pk for sheet in found]).update(key="")
    return [sheet.key for sheet in found]


def _stands_in(key: str, who: Traces) -> bool:
    """Whether a sheet that was not tried yet names the person, as far as its bytes tell."""
    if not default_storage.exists(key):
        return False
    with default_storage.open(key) as file:
        content = file.read().lower()
    return any(word.lower().encode() in content for word in who.addresses)

from partnership.members.models.acts import DeskAct, DeskChange
from partnership.members.models.countries import (
    Country,
    CountryAlias,
    CountryGroup,
    CountryName,
    Region,
)
from partnership.members.models.groups import GroupDocument, GroupSeat, WorkingGroup
from partnership.members.models.imports import (
    ImportChange,
    ImportRow,
    KnownColumns,
    SheetImport,
)
from partnership.members.models.institutions import Institution
from partnership.members.models.joining import Invitation, JoinRequest, MailDomain, ReplyText
from partnership.members.models.letters import OfficialLetter
from partnership.members.models.partnership import AreaOfWork, MembershipCount, Participation
from partnership.members.models.people import Affiliation, FocalTerm
from partnership.members.models.running import Handover, Leaving, ProfileRevision
from partnership.members.models.writing import Letter, LetterRecipient, LetterText, ReplyDesk

__all__ = [
    "Affiliation",
    "AreaOfWork",
    "Country",
    "CountryAlias",
    "CountryGroup",
    "CountryName",
    "DeskAct",
    "DeskChange",
    "FocalTerm",
    "GroupDocument",
    "GroupSeat",
    "Handover",
    "ImportChange",
    "ImportRow",
    "Institution",
    "Invitation",
    "JoinRequest",
    "KnownColumns",
    "Leaving",
    "Letter",
    "LetterRecipient",
    "LetterText",
    "MailDomain",
    "MembershipCount",
    "OfficialLetter",
    "Participation",
    "ProfileRevision",
    "Region",
    "ReplyDesk",
    "ReplyText",
    "SheetImport",
    "WorkingGroup",
]

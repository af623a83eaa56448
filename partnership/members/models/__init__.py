from partnership.members.models.countries import (
    Country,
    CountryAlias,
    CountryGroup,
    CountryName,
    Region,
)
from partnership.members.models.institutions import Institution
from partnership.members.models.partnership import AreaOfWork, MembershipCount, Participation
from partnership.members.models.people import Affiliation, FocalTerm

__all__ = [
    "Affiliation",
    "AreaOfWork",
    "Country",
    "CountryAlias",
    "CountryGroup",
    "CountryName",
    "FocalTerm",
    "Institution",
    "MembershipCount",
    "Participation",
    "Region",
]

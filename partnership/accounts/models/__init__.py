"""People, what proves who they are, and the roles that the secretariat gives them."""

from partnership.accounts.models.codes import AddressChange, MailedCode
from partnership.accounts.models.data import DataExport, Erasure
from partnership.accounts.models.people import PRIVILEGED, Role, RoleGrant, User
from partnership.accounts.models.policies import Consent, PolicyText, PolicyVersion
from partnership.accounts.models.recoveries import Recovery
from partnership.accounts.models.sign_ins import FactorTries, SignIn
from partnership.accounts.models.tokens import ApiToken, Scope

__all__ = [
    "PRIVILEGED",
    "AddressChange",
    "ApiToken",
    "Consent",
    "DataExport",
    "Erasure",
    "FactorTries",
    "MailedCode",
    "PolicyText",
    "PolicyVersion",
    "Recovery",
    "Role",
    "RoleGrant",
    "Scope",
    "SignIn",
    "User",
]

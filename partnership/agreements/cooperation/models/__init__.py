from partnership.agreements.cooperation.models.approaches import Approach, ApproachLine
from partnership.agreements.cooperation.models.authorizations import (
    Authorization,
    AuthorizationLine,
)

__all__ = ["Approach", "ApproachLine", "Authorization", "AuthorizationLine"]

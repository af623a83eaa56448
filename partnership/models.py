"""Every model of this app, gathered for Django. Import from the subject's own module instead."""

from partnership.accounts.models import *  # noqa: F403
from partnership.agreements.cooperation.models import *  # noqa: F403
from partnership.agreements.history import *  # noqa: F403
from partnership.agreements.models import *  # noqa: F403
from partnership.audit.models import *  # noqa: F403
from partnership.casestudies.models import *  # noqa: F403
from partnership.information.models import *  # noqa: F403
from partnership.jobs.models import *  # noqa: F403
from partnership.mail.models import *  # noqa: F403
from partnership.members.models import *  # noqa: F403
from partnership.remarks.models import *  # noqa: F403
from partnership.search.models import *  # noqa: F403
from partnership.sources.models import *  # noqa: F403

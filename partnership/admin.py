"""Every admin of this app, gathered for Django's autodiscovery."""

import partnership.accounts.admin
import partnership.agreements.admin
import partnership.agreements.cooperation.admin
import partnership.audit.admin
import partnership.casestudies.admin
import partnership.information.admin
import partnership.jobs.admin
import partnership.mail.admin
import partnership.members.admin
import partnership.remarks.admin
import partnership.search.admin
import partnership.sources.admin  # noqa: F401

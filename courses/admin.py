"""Every admin of this app, gathered for Django's autodiscovery."""

import courses.catalogue.admin
import courses.quizzes.admin  # noqa: F401

"""Every model of this app, gathered for Django. Import from the subject's own module instead."""

from courses.authoring.bank.models import *  # noqa: F403
from courses.authoring.models import *  # noqa: F403
from courses.authoring.parcels.models import *  # noqa: F403
from courses.authoring.review.models import *  # noqa: F403
from courses.authoring.shelf.models import *  # noqa: F403
from courses.catalogue.models import *  # noqa: F403
from courses.learning.models import *  # noqa: F403
from courses.quizzes.models import *  # noqa: F403

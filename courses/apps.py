from __future__ import annotations

from django.apps import AppConfig
from django.conf import settings

from courses.learning.badge_keys import keys


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = "Training"

    def ready(self) -> None:
        """Learners can be written to; a key that cannot sign is told now, not to who asks first."""
        from courses.learning import letters  # noqa: F401

        if settings.BADGE_KEY or settings.BADGE_OLD_KEYS:
            keys()

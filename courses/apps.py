from __future__ import annotations

from django.apps import AppConfig
from django.conf import settings

from courses.learning.badge_keys import keys


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = "Training"

    def ready(self) -> None:
        """A key that cannot sign is told at the start, not to the first who asks for a badge."""
        if settings.BADGE_KEY or settings.BADGE_OLD_KEYS:
            keys()

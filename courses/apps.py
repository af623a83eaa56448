from __future__ import annotations

from django.apps import AppConfig
from django.conf import settings


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = "Training"

    def ready(self) -> None:
        """Learners can be written to; a key that cannot sign is told now, not to who asks first."""
        from courses.learning import badge_keys
        from courses.learning import letters as _written_to  # noqa: F401

        if settings.BADGE_KEY or settings.BADGE_OLD_KEYS:
            badge_keys.keys()

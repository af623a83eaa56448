"""The routes of vouching, as `test_access` asks for them."""

from __future__ import annotations

OF_A_DELEGATION = {"members:recoveries", "members:answer-recovery"}
OF_THE_SECRETARIAT = {"members:desk-recoveries", "members:desk-answer-recovery"}
POST_ONLY = {"members:answer-recovery", "members:desk-answer-recovery"}

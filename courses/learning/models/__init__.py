from courses.learning.models.allowances import Allowance, AttemptRequest
from courses.learning.models.attempts import (
    Answer,
    Attempt,
    ChosenOption,
    Grading,
    OtherAnswer,
    PaperOption,
    PaperQuestion,
)
from courses.learning.models.certificates import Certificate
from courses.learning.models.checks import SubjectCheck
from courses.learning.models.enrolments import Completion, Enrolment
from courses.learning.models.logos import PartnerLogo

__all__ = [
    "Allowance",
    "Answer",
    "Attempt",
    "AttemptRequest",
    "Certificate",
    "ChosenOption",
    "Completion",
    "Enrolment",
    "Grading",
    "OtherAnswer",
    "PaperOption",
    "PaperQuestion",
    "PartnerLogo",
    "SubjectCheck",
]

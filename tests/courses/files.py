"""The course files of this repository, for the tests that read them."""

from __future__ import annotations

import re

from courses.catalogue.content import course_files

FILES = {file["code"]: file for file in course_files()}
LESSONS = {
    f"{file['code']} {lesson['key']}": lesson
    for file in FILES.values()
    for module in file["modules"]
    for lesson in module["lessons"]
}
HELD_BACK = {
    f"{file['code']} {lesson['key']}": lesson
    for file in FILES.values()
    for lesson in file.get("held_back", {}).get("lessons", ())
}
TEXTS = {name: lesson["text"] for name, lesson in LESSONS.items()}
# With those that no learner reads yet.
WRITTEN = {name: lesson["text"] for name, lesson in {**LESSONS, **HELD_BACK}.items()}
QUESTIONS = {row["key"]: row for file in FILES.values() for row in file["questions"]}

CDM = re.compile(r"\bCDM\b|clean development mechanism|\bt?l?CERs?\b", re.I)
# Reports that least developed countries and small island States send as they decide themselves.
DUTY = re.compile(r"transparency report|\bBTRs?\b|inventory report|\bNIR\b", re.I)
DISCRETION = re.compile(
    r"at their discretion\b.*\(18/CMA\.1\)|18/CMA\.1\b.*at their discretion", re.S
)

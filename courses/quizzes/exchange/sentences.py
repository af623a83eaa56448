"""What is said of each problem. The rest of a sentence's facts are words of the file."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    # Of the file.
    "too_big": _("The file is larger than %(most)s MB. Divide it and send the parts."),
    "too_many": _("Only the first %(most)s questions are read. Divide the file."),
    "empty": _("There is no question in it."),
    "encoding": _("The text cannot be read in its encoding. Save it as UTF-8."),
    "signs": _("Control signs, which no text needs, were left out."),
    "entities": _("It declares a document type, which no export of questions does: not read."),
    "too_many_parts": _("It has more elements than a file of questions needs: not read."),
    "not_xml": _("This is not well-formed XML: %(why)s. What stands alone in it was read."),
    "no_quiz": _("The outermost element is “%(found)s”; <quiz> was expected."),
    "too_much": _("Reading took more memory or time than a file of questions needs: not read."),
    "sheet": _("The workbook is not read: %(why)s."),
    "columns": _("The first row names no column for: %(names)s. Take the template."),
    "file_columns": _("Columns that mean nothing here were not read: %(names)s."),
    "file_names": _("Names and tags of questions are not kept: a name becomes a question's key."),
    "file_setting": _("Not carried for any question: %(names)s."),
    "more": _("There is more like this, which is not listed."),
    # Of a question that is read.
    "markup": _("Left out of its text: %(names)s. The words stay."),
    "picture": _("The picture or file “%(name)s” is not carried."),
    "attached": _("It brings the file “%(name)s” of %(bytes)s bytes, which is not carried."),
    "attached_broken": _("The file “%(name)s” that it brings is damaged."),
    "weights": _(
        "Its weights (%(weights)s) are not those of this site, where every right one "
        "earns the same and a wrong one takes as much away."
    ),
    "partly": _("“%(text)s” earns %(percent)s %%: here an answer earns all or nothing."),
    "otherwise": _("What is said to every other answer has no place here."),
    "answer_feedback": _("Feedback to “%(text)s” has no place here: only choices have one."),
    "pattern": _("“%(text)s” stands for many texts: here each one is written out."),
    "places": _("Of %(text)s only %(most)s decimals are kept."),
    "left_out": _("Not carried: %(names)s."),
    "tail": _("%(found)s after the answers was left out."),
    "loose": _("This line belongs to no question: “%(found)s”."),
    # Of a question that is not read.
    "kind": _("Questions of the kind “%(kind)s” are not carried."),
    "too_long": _("It is longer than %(most)s letters or has more than %(marks)s marks."),
    "unexpected": _("Found %(found)s, expected %(expected)s."),
    "no_prompt": _("It asks nothing: a text was expected before the answers."),
    "no_answers": _("No answers were found: %(expected)s was expected."),
    "no_right": _("No answer is marked as right: %(expected)s was expected."),
    "several_right": _("More than one answer is marked as right."),
    "too_few": _("It has fewer than two answers to choose from, to match or to put in order."),
    "no_text": _("An answer without a text."),
    "text_too_long": _("“%(text)s…” is longer than %(most)s letters."),
    "no_such_answer": _("“%(found)s” names no answer of this question."),
    "not_a_number": _("“%(found)s” is not a number; expected such as 12.5 or 12.5:0.1 or 12..13."),
    "cell": _("The cell under “%(column)s” %(what)s."),
    "not_yes": _("“%(found)s” is neither yes nor no: write x, or nothing."),
    "same_key": _("Line %(first)s has the same key: a question stands in a file once."),
    "same_question": _("Line %(first)s asks the same."),
    "edited_since": _("It was changed here since: what stands here is kept."),
    "too_exact": _("%(found)s has more than %(most)s figures."),
    "points": _("Points are from 0.01 to %(most)s, with two decimals at most: found %(found)s."),
    "too_many_lines": _("It has more than %(most)s answers."),
    "language": _("“%(found)s” is no code of a language, such as en or fr."),
    "two_answers": _("True or false has exactly two answers."),
    "twice": _("The answer “%(text)s” stands there twice."),
    # Before a question is written.
    "not_written": _("It is not written: %(why)s."),
    "other_kind": _("It is written as a question of the kind “%(kind)s”."),
    "absolute": _("Its tolerance is written as a number, not as a share."),
    "tidied": _("Spaces at the ends and control signs are not written."),
    "lines": _("Its lines are written as one."),
    "plain": _("Formatting, links and pictures of its text are written as they are typed."),
}

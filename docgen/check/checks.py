"""Every check in order, and beside it the rules it can report, each with what that rule needs.

A check takes the `Reading`; a check of the running text takes its `Prose`, made once; a check
against last year takes both readings. Each yields findings.
"""

from collections.abc import Callable, Iterator, Mapping

from docgen.catalogue import check, cites, facts, inner, text, waivers, words, years
from docgen.check import needs
from docgen.check.level import check_level
from docgen.check.needs import Need, NeedBoth
from docgen.check.passages import Prose
from docgen.check.rules.arithmetic import check_sums
from docgen.check.rules.citing import check_characters, check_neighbours, check_titles
from docgen.check.rules.complete import check_figures, check_sections
from docgen.check.rules.content import check_lengths, check_powers, check_substance, check_topics
from docgen.check.rules.document_numbers import check_numbers
from docgen.check.rules.fees import check_fees
from docgen.check.rules.inner import check_inner, check_lost
from docgen.check.rules.leftover import check_leftovers, check_persons
from docgen.check.rules.marks import check_marks
from docgen.check.rules.names import check_names, check_title_lines, check_title_words
from docgen.check.rules.numbering import check_numbering
from docgen.check.rules.stated import check_mentions
from docgen.check.rules.time import check_date, check_file_year, check_form_year
from docgen.check.rules.wording import check_wording
from docgen.check.rules.years import check_title, check_years
from docgen.finding import Finding, Rule
from docgen.model import Reading

#: What `settle_year` can report, before every check.
FIRST: Mapping[Rule, Need] = {years.ODD_YEAR: needs.year}

CHECKS: Mapping[Callable[[Reading], Iterator[Finding]], Mapping[Rule, Need]] = {
    check_sections: {check.EMPTY_SECTION: needs.nothing},
    check_figures: {check.MISSING_FIGURE: needs.no_errors_read},
    check_substance: {words.HOLLOW: needs.substance},
    check_topics: {
        rule: needs.topics(rule) for rule in (words.MISSING_PARTS, words.NO_FEE, words.NO_APPRAISAL)
    },
    check_lengths: {words.LONG_SECTION: needs.lengths},
    check_form_year: {check.YEAR_OUTSIDE_FORM: needs.year},
    check_file_year: {years.FILE_YEAR: needs.file_year},
    check_date: {
        check.DATE_BEFORE_YEAR_END: needs.date,
        years.LATE: needs.deadline,
        years.YEAR_LATE: needs.date,
    },
    check_title: dict.fromkeys((years.TITLE_YEAR, years.TITLE_YEAR_TWICE), needs.title),
    check_level: {facts.LEVEL: needs.level},
    check_powers: {
        words.NO_POWER: needs.powers(never=True),
        words.SELDOM_POWER: needs.powers(never=False),
    },
    check_sums: {rule: needs.sums(code) for code, rule in check.SUMS.items()}
    | {check.OTHER_SUM: needs.sums("")},
    check_mentions: {
        text.TEXT_AGAINST_TABLE: needs.figures,
        text.TWO_NUMBERS: needs.text,
        text.LIST_SUM: needs.text,
        text.SHARE: needs.figures,
        text.SCOPE: needs.figures,
        text.CHANGE: needs.text,
        text.ASKED: needs.figures,
        text.LIST_SHORT: needs.text,
        text.FROM_ZERO: needs.text,
        text.RATE: needs.figures,
    },
    check_wording: {check.WORDING: needs.nothing},
    check_title_words: {check.TITLE_WORDING: needs.title},
    check_title_lines: {check.TITLE_LINE: needs.nothing},
}

TEXT_CHECKS: Mapping[Callable[[Prose], Iterator[Finding]], Mapping[Rule, Need]] = {
    check_years: dict.fromkeys(
        (
            years.PREFACE_YEAR,
            years.PERIOD,
            years.STRAY_YEAR,
            years.STALE_PLAN,
            years.AGAINST_ITSELF,
        ),
        needs.dated_text,
    ),
    check_leftovers: dict.fromkeys((words.INSTRUCTION, words.BLANK_LEFT), needs.text),
    check_persons: {words.PRIVATE: needs.text},
    check_neighbours: {words.NEIGHBOUR: needs.neighbours},
    check_names: {
        words.OTHER_NAME: needs.text,
        words.NAME_IN_OPENING: needs.text,
        words.NEIGHBOUR: needs.neighbours,
    },
    check_titles: {cites.LAW_TITLE: needs.laws},
    check_numbers: dict.fromkeys(
        (cites.DOCUMENT_NUMBER, cites.WRONG_NUMBER, cites.OUT_OF_FORCE), needs.text
    ),
    check_numbering: dict.fromkeys((words.NUMBERING, words.ANNOUNCED), needs.text),
    check_marks: dict.fromkeys(
        (
            words.UNPAIRED,
            words.NESTED,
            words.ASCII_MARK,
            words.DOUBLED_MARK,
            words.NO_STOP,
            words.BROKEN_SENTENCE,
            words.DOUBLED_WORD,
        ),
        needs.text,
    ),
    check_fees: {facts.FEE_UNIT: needs.cells},
    check_inner: dict.fromkeys(
        (inner.DRAFT_MARK, inner.SECRET_MARK, inner.INNER_ADDRESS), needs.nothing
    ),
    check_lost: dict.fromkeys((inner.LOST_CHARACTER, inner.PRIVATE_CHARACTER), needs.nothing),
    check_characters: {words.RARE_CHARACTER: needs.text},
}

#: What the checks against last year can report; those checks are imported where there is one.
LAST_YEAR: Mapping[Rule, NeedBoth] = {
    years.OTHER_BODY: needs.last_year,
    years.FAULTY_LAST_YEAR: needs.last_year,
    years.CARRIED: needs.carried(years.CARRIED),
    years.IN_FORCE: needs.carried(years.IN_FORCE),
    years.JUMP: needs.both_years,
    years.NOW_ZERO: needs.both_years,
    facts.FEE_UNIT: needs.both_years,
    years.SAME_TEXT: needs.both_texts,
    years.SAME_SENTENCE: needs.both_texts,
    text.CHANGE: needs.both_years,
    text.LAST_NUMBER: needs.both_years,
    text.FROM_ZERO: needs.both_years,
}

#: What `apply_waivers` can report.
WAIVERS: Mapping[Rule, Need] = dict.fromkeys(
    (waivers.UNUSED, waivers.EXPIRED, waivers.NOT_WAIVABLE, waivers.UNKNOWN_CODE), needs.waivers
)

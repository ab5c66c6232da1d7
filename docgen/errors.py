"""What stops docgen: one exception a cause, each with its exit code and the finding it carries.

What the office got wrong in its figures is not here: that is a `Finding` (exit code 1).
"""

from docgen.finding import Finding


class Stop(Exception):
    """docgen cannot go on. The finding says why, where and what to do; `more` holds the rest."""

    exit_code = 70

    def __init__(self, finding: Finding, *more: Finding) -> None:
        super().__init__(finding.message)
        self.findings = (finding, *more)


class UsageStop(Stop):
    """The command line asks for something that makes no sense."""

    exit_code = 2


class InputStop(Stop):
    """An input cannot be read at all."""

    exit_code = 3


class TemplateStop(Stop):
    """The template is not a Word file or its tags are at fault."""

    exit_code = 4


class OutputStop(Stop):
    """The result cannot be written, or would overwrite something that is not docgen's."""

    exit_code = 5


class FaultStop(Stop):
    """docgen itself is at fault: the finished document does not hold what the report holds."""

    exit_code = 70


#: Exit codes that no exception carries.
SOUND, FINDINGS, VERIFY_DIFFERS, INTERRUPTED = 0, 1, 6, 130

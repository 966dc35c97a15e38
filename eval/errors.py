"""Errors of the evaluation.

EvaluationError           exit status 1
├── GoldInvalid           a gold file cannot be read, or does not fit the corpus
├── RunUnusable           a run folder is incomplete, damaged, or of something else
├── SystemFailed          what is evaluated did not answer
└── EvaluationMisused     a command that cannot be carried out as it stands; exit status 2
"""


class EvaluationError(Exception):
    """Anything that keeps a run or a comparison from being made; one line."""


class GoldInvalid(EvaluationError):
    """A gold file cannot be read, or does not fit the corpus."""


class RunUnusable(EvaluationError):
    """A run folder is incomplete, damaged, in use, or holds a run of something else."""


class SystemFailed(EvaluationError):
    """What is evaluated did not answer, or not with an answer."""


class EvaluationMisused(EvaluationError):
    """A command line that cannot be carried out as it stands."""

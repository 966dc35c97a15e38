"""Errors of the corpus.

CorpusError
├── DocumentUnreadable      the file is missing, not readable, or not text
├── FormatUnsupported       no reader for this kind of file
├── ManifestInvalid         manifest.toml cannot be used
└── AddressUnknown          no clause stands at that address
"""


class CorpusError(Exception):
    """Anything that keeps a document out of the corpus; one line: what, which, what to do."""


class DocumentUnreadable(CorpusError):
    """The file is missing, not readable, or does not hold text."""


class FormatUnsupported(CorpusError):
    """There is no reader for this kind of file."""


class ManifestInvalid(CorpusError):
    """manifest.toml cannot be read, or names something that is not there."""


class AddressUnknown(CorpusError):
    """No clause stands at the address that was asked for."""

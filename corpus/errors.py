"""Errors of the corpus.

CorpusError
├── DocumentUnreadable      the file is missing, not readable, or does not hold text
│   ├── DocumentDamaged     cut short, or not what its ending says
│   ├── DocumentProtected   a password is needed
│   ├── DocumentTooLarge    larger than any policy text, or unpacks to something that is
│   └── ReaderMissing       a program or package that reads this format is not installed
├── FormatUnsupported       no reader for this kind of file
├── ManifestInvalid         manifest.toml cannot be used
└── AddressUnknown          no clause stands at that address
"""


class CorpusError(Exception):
    """Anything that keeps a document out of the corpus; one line: what, which, what to do."""


class DocumentUnreadable(CorpusError):
    """The file is missing, not readable, or does not hold text."""


class DocumentDamaged(DocumentUnreadable):
    """The file is cut short, or is not what its ending says."""


class DocumentProtected(DocumentUnreadable):
    """The file opens with a password only."""


class DocumentTooLarge(DocumentUnreadable):
    """The file is larger than any policy text, or unpacks to something that is."""


class ReaderMissing(DocumentUnreadable):
    """A program or package that reads this format is not installed."""


class FormatUnsupported(CorpusError):
    """There is no reader for this kind of file."""


class ManifestInvalid(CorpusError):
    """manifest.toml cannot be read, or names something that is not there."""


class AddressUnknown(CorpusError):
    """No clause stands at the address that was asked for."""

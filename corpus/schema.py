"""The nouns of the corpus: what a document becomes once it has been read.

Everything here is frozen and knows nothing of files, models or pages. Offsets always count
characters of the *decoded* source text, start inclusive, end exclusive.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from operator import attrgetter

Segment = tuple[int, int]
"""A run ``source[start:end]`` that the cleaned text took over unchanged."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run of text stands on a page: ``text[start:end]`` fills ``box`` of ``page``.

    Pages count from 1; a box is left, top, right, bottom in points (1/72 inch) from the top left
    corner of the page as it is shown. ``recognised`` says that the text was read from an image.
    """

    start: int
    end: int
    page: int
    box: tuple[float, float, float, float]
    recognised: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: its name, its decoded text and the hash of its bytes.

    ``places`` are the printed lines in reading order, where the format has pages; ``remarks`` say
    in one line each what of the file is not in the text.
    """

    name: str
    text: str
    sha256: str
    format: str
    places: tuple[Place, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def stem(self) -> str:
        """The file name without its ending."""
        return self.name.rsplit(".", 1)[0]

    @property
    def recognised(self) -> bool:
        """Whether some of the text was read from images, and may have reading errors."""
        return any(place.recognised for place in self.places)

    def places_of(self, start: int, end: int) -> tuple[Place, ...]:
        """Printed lines that hold some of ``text[start:end]``, empty where there are no pages."""
        first = bisect_right(self.places, start, key=attrgetter("end"))
        last = bisect_left(self.places, end, key=attrgetter("start"))
        return self.places[first:last]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of a document with the span that it was read from.

    ``origin`` is ``"text"``, or ``"manifest"`` where the text has no such line (then the span is
    empty).
    """

    value: str
    start: int = 0
    end: int = 0
    origin: str = "text"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of government named by a clause: as printed, in normal form, and in which role."""

    printed: str
    normal: str
    role: str  # 责任 | 牵头 | 配合
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that a clause sets: whose, of what, how compared, how much, by when.

    ``value`` is in plain digits (``90``, ``3–5``, ``1:0.53``) or a grade (``三级甲等``); 全覆盖 is
    100 %.
    ``start`` to ``end`` are the words that the target was read from, ``value_start`` to
    ``value_end`` the figure with its bound (90%以上). ``base`` is what a share or a multiple is of.
    """

    indicator: str
    comparator: str  # 等于 | 达到 | 不低于 | 不超过 | 高于 | 低于 | 左右
    value: str
    unit: str
    deadline: str
    subject: str
    start: int
    end: int
    value_start: int = 0
    value_end: int = 0
    base: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """The smallest part of a policy that can be cited.

    ``text`` is the clause without layout white space and marks; it is the concatenation of
    ``segments`` of the source, so that any slice of it can be led back to the file.
    """

    clause_id: str
    policy_id: str
    parent_id: str | None
    kind: str
    label: str
    path: tuple[str, ...]
    text: str
    start: int
    end: int
    segments: tuple[Segment, ...]
    units: tuple[Unit, ...] = ()
    targets: tuple[Target, ...] = ()

    def source_span(self, start: int, end: int) -> Segment:
        """Source offsets of ``self.text[start:end]``; the slice must not be empty.

        Raises:
            ValueError: if the slice is empty or leaves the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"slice {start}:{end} is not inside clause {self.clause_id}")
        first = last = -1
        position = 0
        for segment_start, segment_end in self.segments:
            length = segment_end - segment_start
            if first < 0 and start < position + length:
                first = segment_start + start - position
            if end <= position + length:
                last = segment_start + end - position
                break
            position += length
        return first, last


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy document with its clauses in reading order.

    A file holds one policy, or several (a compilation); ``start`` and ``end`` are the policy's
    part of the file.
    """

    policy_id: str
    source: str
    title: Fact
    document_number: Fact | None
    issuers: tuple[Fact, ...]
    dates: tuple[tuple[str, Fact], ...]  # ("成文" | "印发" | "施行" | "公布" | "通过", date)
    region: Fact | None
    basis: tuple[Fact, ...]
    period: Fact | None
    start: int
    end: int
    clauses: tuple[Clause, ...]
    numbers: tuple[Fact, ...] = ()  # all 文号, the first is ``document_number``
    validity: Fact | None = None  # ISO interval (2025-12-01/2027-12-31), or as printed (5年)
    publicity: Fact | None = None  # 公开 | 依申请公开 | 不公开
    level: str = ""  # 国家 | 省 | 市 | 县 | 乡
    relations: tuple[tuple[str, Fact], ...] = ()  # ("废止" | "修改", the document that it names)

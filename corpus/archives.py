"""Zip archives with XML inside (docx, ofd), read within limits; knows nothing of either format.

Nothing is unpacked to disk. A part is read only when it is asked for, and never more of it than
the limits allow, whatever the archive says of its own sizes.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from xml.etree import ElementTree

from corpus.errors import DocumentDamaged, DocumentProtected, DocumentTooLarge

Element = ElementTree.Element

# The XML of a statute book takes 20 MB; parsed, XML takes some ten times its size in memory.
MAX_PART_BYTES = 40 * 2**20
MAX_TOTAL_BYTES = 96 * 2**20
MAX_DIRECTORY_BYTES = 4 * 2**20  # some 50,000 parts; the list alone could fill the memory
_END_OF_DIRECTORY = b"PK\x05\x06"
_MAX_COMMENT_BYTES = 65_557


class Archive:
    """The parts of a zip archive by name; names count without case, as office programs do."""

    def __init__(self, data: bytes) -> None:
        """Open an archive.

        Raises:
            DocumentDamaged: not a zip archive, or one that is cut short.
            DocumentTooLarge: its directory is larger than any document needs.
        """
        end = data.rfind(_END_OF_DIRECTORY, max(0, len(data) - _MAX_COMMENT_BYTES))
        if end < 0 or len(data) < end + 22:
            raise DocumentDamaged("the archive is cut short; get the file again")
        if struct.unpack_from("<L", data, end + 12)[0] > MAX_DIRECTORY_BYTES:
            raise DocumentTooLarge("the archive lists more parts than any document has")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (
            zipfile.BadZipFile,
            ValueError,
            struct.error,
            NotImplementedError,
            OSError,
        ) as error:
            raise DocumentDamaged("the archive is damaged; get the file again") from error
        self._parts = {_key(part.filename): part for part in self._zip.infolist()}
        self._left = MAX_TOTAL_BYTES

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._parts

    def read(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            DocumentDamaged: there is no such part, or it cannot be unpacked.
            DocumentProtected: the part is encrypted.
            DocumentTooLarge: the part, or all parts so far, unpack to more than the limits allow.
        """
        part = self._parts.get(_key(name))
        if part is None:
            raise DocumentDamaged(f"the part '{name}' is missing; get the file again")
        if part.flag_bits & 0x1:
            raise DocumentProtected("it is protected by a password; save it without one")
        limit = min(MAX_PART_BYTES, self._left)
        try:
            with self._zip.open(part) as stream:
                data = stream.read(limit + 1)
        except (
            *(zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError),
            *(struct.error, NotImplementedError, RuntimeError),
        ) as error:
            raise DocumentDamaged(f"the part '{name}' is damaged; get the file again") from error
        if len(data) > limit:
            raise DocumentTooLarge(f"the part '{name}' unpacks to more than {limit // 2**20} MB")
        self._left -= len(data)
        return data

    def tree(self, name: str) -> Element:
        """The root element of an XML part, all names in it without their namespaces.

        Raises:
            DocumentDamaged: see ``read``; or the part is not XML of the plain kind.
            DocumentProtected: see ``read``.
            DocumentTooLarge: see ``read``.
        """
        parser = ElementTree.XMLParser(target=_PlainTreeBuilder())
        try:
            root = ElementTree.fromstring(self.read(name), parser=parser)
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise DocumentDamaged(
                f"the part '{name}' is not valid XML; get the file again"
            ) from error
        _strip_namespaces(root)
        return root


class _PlainTreeBuilder(ElementTree.TreeBuilder):
    """Refuses document types: office files have none, and entities that explode need one."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise ValueError(f"document type {name} ({pubid}, {system})")


def _strip_namespaces(root: Element) -> None:
    """Give elements and attributes their plain names: producers differ in namespaces only."""
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
        if element.attrib:
            element.attrib = {key.rpartition("}")[2]: value for key, value in element.items()}


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()

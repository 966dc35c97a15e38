"""Pages of a PDF as pictures with places framed, so that people see where a clause stands."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.confinement import run_confined
from corpus.page import Box

_SECONDS = 30.0
_FRAME = (200, 30, 30)
_FRAME_POINTS = 1.2
_ROOM_POINTS = 2.0  # between the words and their frame


def page_image(data: bytes, number: int, boxes: Sequence[Box] = (), *, scale: float = 1.5) -> bytes:
    """A page of a PDF as PNG.

    Args:
        data: the file.
        number: of the page, from 1.
        boxes: what is framed, in points from the top left corner (see ``Place``).
        scale: pixels per point.

    Raises:
        DocumentUnreadable: damaged, protected, too slow to draw; or there is no such page.
    """
    encoded: str = run_confined(
        f"{__name__}:framed_page",
        data,
        timeout_seconds=_SECONDS,
        number=number,
        boxes=list(boxes),
        scale=scale,
    )
    return base64.b64decode(encoded)


def framed_page(data: bytes, *, number: int, boxes: list[Box], scale: float) -> str:
    """The picture for ``page_image``, in base64; runs where the process is confined."""
    # Native code, which only the confined process loads.
    from corpus.pdfium import page_pictures

    with page_pictures(data, scale) as picture_of:
        picture = picture_of(number)
    pixels = np.repeat(picture.grey[:, :, np.newaxis], 3, axis=2)
    for box in boxes:
        _draw_frame(pixels, box, picture.scale)
    return base64.b64encode(_png(pixels)).decode("ascii")


def _draw_frame(pixels: NDArray[np.uint8], box: Box, scale: float) -> None:
    height, width, _ = pixels.shape
    thick = max(1, round(_FRAME_POINTS * scale))
    left, top = (max(0, round((edge - _ROOM_POINTS) * scale)) for edge in box[:2])
    right = min(width, round((box[2] + _ROOM_POINTS) * scale))
    bottom = min(height, round((box[3] + _ROOM_POINTS) * scale))
    pixels[top : top + thick, left:right] = _FRAME
    pixels[max(0, bottom - thick) : bottom, left:right] = _FRAME
    pixels[top:bottom, left : left + thick] = _FRAME
    pixels[top:bottom, max(0, right - thick) : right] = _FRAME


def _png(pixels: NDArray[np.uint8]) -> bytes:
    """Red, green and blue, (height, width, 3), as a PNG file."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    height, width, _ = pixels.shape
    # Each row begins with the number of its filter: none.
    rows = np.zeros((height, 1 + width * 3), dtype=np.uint8)
    rows[:, 1:] = pixels.reshape(height, width * 3)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows.tobytes(), 6))
        + chunk(b"IEND", b"")
    )

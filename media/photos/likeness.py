"""A photo's likeness: 128 bits that stay nearly the same when it is stored anew or made smaller.

A difference hash: the picture in grey and small, and for each point whether it is brighter than
its neighbour to the right, and than the one below. Cropped or turned pictures are not found by it.
"""

from PIL import Image

SIDE = 8
"""Points a row and rows a hash: 64 bits each way."""

FLAT = 12
"""Levels of grey, of 256, between the darkest and the brightest point, below which a picture shows
too little for its likeness to mean anything."""


def likeness(image: Image.Image) -> str | None:
    """Return the likeness, 32 hexadecimal digits; None for a picture that shows nothing."""
    small = image.convert("L").resize((SIDE + 1, SIDE + 1), Image.Resampling.BOX)
    levels = small.tobytes()
    if max(levels) - min(levels) < FLAT:
        return None
    row = SIDE + 1
    bits = 0
    for step in (1, row):
        for y in range(SIDE):
            for x in range(SIDE):
                place = y * row + x
                bits = bits << 1 | (levels[place] > levels[place + step])
    return f"{bits:032x}"

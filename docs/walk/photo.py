"""Draw a demonstration photo of a gate with some posts: `photo.py POSTS FILE`."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from media.photos.drawing import draw_photo

now = datetime.now(UTC)
posts, file = int(sys.argv[1]), Path(sys.argv[2])
file.write_bytes(draw_photo(f"gate {now:%H:%M:%S.%f}", now, 116.391, 39.907, posts=posts))

"""The intake of photos: kind by content, whole decode apart, EXIF, upright derivatives."""

"""Where a photo was taken: datums, distances, and the check against the device and the site."""

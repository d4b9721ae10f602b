"""Double-random draws (双随机): which sites, and which officers for each, by chance alone."""

"""``make bench``: how fast the real command reads pages, beside the bare libraries, and how much memory it takes."""

"""From bytes to entries and articles: feeds, sitemaps, listings, pages; in workers that can be killed."""

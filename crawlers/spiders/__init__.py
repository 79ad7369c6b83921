"""The spider: from sources to entries to stored articles."""

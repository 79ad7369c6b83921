"""What can be searched: Elasticsearch, or the built-in index."""

"""What a team's stack is set up with: passwords, certificates. Keys and snapshots are Elasticsearch's: ``indexing``."""

"""What is known: the system of record, on SQLite or PostgreSQL."""

"""What is promised of articles, findings and mails, proved by breaking things: ``python -m tests.reliability NAME``."""

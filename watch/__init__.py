"""The command line, its settings, and one whole pass from sources to mails."""

"""The command, its settings, and the whole pass on one screen."""

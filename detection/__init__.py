"""What an article says, and whether it is new: pure, no clock, no network, no database."""

"""The whole pipeline by its real command, over the newsroom."""

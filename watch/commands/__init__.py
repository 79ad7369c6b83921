"""The subcommands, one module per group; each is thin: read settings, call a room, print."""

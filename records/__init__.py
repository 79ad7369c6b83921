"""The words everybody speaks: one frozen record per arrow between two rooms."""

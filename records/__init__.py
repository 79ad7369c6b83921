"""The vocabulary of the project: frozen records that pass from room to room."""

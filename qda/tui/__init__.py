"""The coding screen in the terminal."""

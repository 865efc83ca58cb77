"""The parts of the screen that searches all sources: finding, showing and coding hits."""

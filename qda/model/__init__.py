"""The nouns of a study as plain values, and the arithmetic on them; standard library only."""

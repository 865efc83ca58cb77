"""Projects of other tools as plain values: one tool a file, what they share beside them."""

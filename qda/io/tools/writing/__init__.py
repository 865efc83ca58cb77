"""Projects of other tools out."""

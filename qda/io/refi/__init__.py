"""REFI-QDA, the exchange format of tools for qualitative work: projects (`.qdpx`) and codebooks (`.qdc`)."""

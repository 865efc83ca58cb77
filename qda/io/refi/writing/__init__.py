"""REFI-QDA projects and codebook files out."""

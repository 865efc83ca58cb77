"""The coding screen: a transcript, its codings, and the keys that put codes on words."""

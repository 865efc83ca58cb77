"""Reports: (study, selection) -> Report; statistics are pure functions, figures open their excerpts."""

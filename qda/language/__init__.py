"""What is known of languages: lemmas now; the only place that loads linguistic packages."""

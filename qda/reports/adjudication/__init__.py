"""Adjudication: the places where coders are apart as a work list, and what is decided on them."""

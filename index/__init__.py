"""Clauses become searchable: chunks, vectors, words, and the search over both."""

"""Search: how words are read, the index, the query, and how good the answers are."""

"""The steps, one a file, named by number."""

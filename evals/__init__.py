"""Quality, measured on the dev splits in ``../shared``: ``python -m evals --help``."""

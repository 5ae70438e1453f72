"""Quality, measured on the dev splits in ``../shared/corpora`` and ``../shared/fixtures``. ``python -m evals --help``."""

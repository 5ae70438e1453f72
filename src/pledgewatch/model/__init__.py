"""The nouns: frozen dataclasses, standard library only, one family a file. The stages meet here and nowhere else."""

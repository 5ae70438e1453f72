"""Training of the reader: one command a model, seeded, resumable. torch is needed here and nowhere else."""

"""What the team decides about feedback in general: who takes care of it, and what is severe, held or known."""

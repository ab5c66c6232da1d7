"""Rules about a proof: how it was made (F1) and what is measured on it (F2)."""

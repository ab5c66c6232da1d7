"""Rules about publication and the seal form (H)."""

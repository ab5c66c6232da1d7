"""Commands about publication: seal-form, doctor."""

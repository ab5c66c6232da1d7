"""Commands about proofs: proof."""

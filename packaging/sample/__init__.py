"""What the bundled sample export is made of."""

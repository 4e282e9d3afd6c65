"""What flows reveal: secrets in literals, and the ways of sensitive data."""

"""Secrets in plain text: by the name beside a value, by its form, by the text that carries it."""

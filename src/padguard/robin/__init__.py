"""The Robin language: lossless tree, expressions, literals, diagnostics."""

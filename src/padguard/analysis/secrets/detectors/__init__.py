"""Ways of finding secrets in a text, one module for each sort of carrier."""

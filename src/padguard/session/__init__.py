"""One open export from open to save."""

"""What every other package stands on: errors, messages, paths, edits, masked values, progress."""

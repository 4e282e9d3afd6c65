"""What each action means."""

"""What each action means: parameters, results, types, effects, and how it reads in words."""

"""Components, access and policies: who gets what, and what is allowed."""

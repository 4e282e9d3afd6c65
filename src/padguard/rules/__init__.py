"""What is found: one module a rule, a registry, and the engine that runs them."""

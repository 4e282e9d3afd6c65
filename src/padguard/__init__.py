"""PAD Guard: shows where sensitive data lives and travels in Power Automate desktop flows."""

__version__ = "0.1.0"

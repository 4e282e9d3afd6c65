"""Reads an environment over the network: the only package that uses it."""

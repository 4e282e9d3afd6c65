"""The model of a flow: subflows, actions, variables."""

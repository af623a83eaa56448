"""The API of delegations, by what programs want of them."""

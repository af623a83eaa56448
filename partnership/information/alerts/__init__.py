"""What people follow, and the one mail that tells them what is new in it."""

"""What only admins may do, and what they see."""

"""Official layouts: what a plan says, set as documents for people."""

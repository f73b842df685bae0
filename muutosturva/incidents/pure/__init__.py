"""What is computed from values alone: no session, no clock, no words."""

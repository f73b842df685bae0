"""Tables, their validated input models and the enums of states; nothing else."""

"""What happens: the register, visits, findings, and their rectification until closure."""

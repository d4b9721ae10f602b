"""The command `huyuan`."""

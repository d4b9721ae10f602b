"""Unlicensed sites: sighted, matched, opened as a case, followed until closed or licensed."""

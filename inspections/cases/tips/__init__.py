"""Tips: what the public reports of an unlicensed kindergarten."""

"""Which open work a new checklist or an amended plan touches; nothing recorded is rewritten."""

"""What is asked: plans, the catalogue of controls, the name check, and checklists made of them."""

"""Tables in and out: kindergartens, persons and accounts from CSV and XLSX, and back."""

"""Figures as files: CSV, XLSX, GeoJSON."""

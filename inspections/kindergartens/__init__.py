"""The register of kindergartens."""

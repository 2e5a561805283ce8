"""The operator's pages: municipalities, people, jobs, log of the installation; no content."""

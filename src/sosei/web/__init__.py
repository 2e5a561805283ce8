"""The application: people, plans, editions, reading, log (Django over the pure rooms)."""

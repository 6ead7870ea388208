"""Settings, base templates, static files, error pages and headers; collects what the apps declare."""

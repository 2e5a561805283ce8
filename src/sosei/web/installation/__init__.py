"""Running an installation: making it, serving it, copies of it, handing a municipality over, looking after it."""

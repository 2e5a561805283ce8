"""The manual inside the application: the pages of docs/manual, whole and beside the forms they speak of."""

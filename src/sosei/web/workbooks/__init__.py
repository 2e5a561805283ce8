"""A plan out to Excel and back: the empty workbook, uploads and pasted blocks, their preview, taking them over."""

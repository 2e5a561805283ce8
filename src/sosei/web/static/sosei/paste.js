// A table copied from Excel goes into <textarea data-paste> as tab-separated text in which merged cells keep their
// place: of the clipboard's two forms the HTML one says which cells are merged, the other does not always.
'use strict'

;(() => {
  const field = document.querySelector('textarea[data-paste]')
  if (!field) return

  // A cell's text with its line breaks; markup of Word inside it is forgotten.
  function textOf (cell) {
    for (const br of cell.querySelectorAll('br')) br.replaceWith('\n')
    return cell.textContent.replace(/[ \t\r]*\n[ \t\r]*/g, '\n').replace(/\u00a0/g, ' ').trim()
  }

  function quoted (text) {
    return /[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }

  // The rows of a table as texts: a merged cell's text stands in its first place, the others are empty.
  function rowsOf (table) {
    const rows = []
    const taken = new Map()
    for (const [down, row] of [...table.rows].entries()) {
      const cells = []
      for (const cell of row.cells) {
        while (taken.get(`${down} ${cells.length}`)) cells.push('')
        const across = cells.length
        cells.push(textOf(cell))
        for (let more = 1; more < Math.min(cell.colSpan, 200); more++) cells.push('')
        for (let below = 1; below < Math.min(cell.rowSpan, 5000); below++) {
          for (let beside = across; beside < cells.length; beside++) taken.set(`${down + below} ${beside}`, true)
        }
      }
      while (taken.get(`${down} ${cells.length}`)) cells.push('')
      rows.push(cells)
    }
    return rows
  }

  field.addEventListener('paste', (event) => {
    const html = event.clipboardData?.getData('text/html')
    if (!html) return
    const tables = new DOMParser().parseFromString(html, 'text/html').querySelectorAll('table')
    if (tables.length !== 1) return
    event.preventDefault()
    const text = rowsOf(tables[0]).map((row) => row.map(quoted).join('\t')).join('\n')
    field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end')
    field.dispatchEvent(new Event('input', { bubbles: true }))
  })
})()

// A grid of cells (data-grid) that save themselves (autosave.js): Enter goes to the cell below, a block copied from
// Excel fills the cells to the right and below and is written as one act, computed rates and what is said at a year
// (its final target) follow what is saved.
'use strict'

;(() => {
  const rows = (grid) => [...grid.querySelectorAll('[data-row]')]
  const cells = (row) => [...row.querySelectorAll('[data-field]')]
  const input = (cell) => cell?.querySelector('input:not([type=hidden])')

  function place (target) {
    const cell = target.closest('[data-field]')
    const row = cell?.closest('[data-row]')
    if (!row) return null
    const grid = row.closest('[data-grid]')
    return { grid, down: rows(grid).indexOf(row), right: cells(row).indexOf(cell) }
  }

  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.altKey || event.metaKey) return
    if (!(event.target instanceof HTMLInputElement)) return
    const at = place(event.target)
    if (!at) return
    const row = rows(at.grid)[at.down + (event.shiftKey ? -1 : 1)]
    const next = row && input(cells(row)[at.right])
    if (!next) return // the last cell: the form's own Enter saves it
    event.preventDefault()
    next.focus()
    next.select()
  })

  // What Excel copies: cells between tabs, rows between line ends, a cell with either of them in quotes.
  function block (text) {
    const found = [['']]
    let quoted = false
    const clean = text.replace(/\r\n?/g, '\n').replace(/\n$/, '')
    for (let n = 0; n < clean.length; n++) {
      const sign = clean[n]
      const row = found.at(-1)
      if (quoted) {
        if (sign !== '"') row[row.length - 1] += sign
        else if (clean[n + 1] === '"') row[row.length - 1] += clean[++n]
        else quoted = false
      } else if (sign === '"' && row.at(-1) === '') quoted = true
      else if (sign === '\t') row.push('')
      else if (sign === '\n') found.push([''])
      else row[row.length - 1] += sign
    }
    return found
  }

  document.addEventListener('paste', (event) => {
    if (!(event.target instanceof HTMLInputElement)) return
    const at = place(event.target)
    const text = event.clipboardData?.getData('text/plain') ?? ''
    const pasted = block(text)
    if (!at || (pasted.length === 1 && pasted[0].length === 1)) return
    event.preventDefault()
    const below = rows(at.grid).slice(at.down)
    const filled = []
    let left = 0
    pasted.forEach((line, down) => line.forEach((each, right) => {
      const cell = below[down] && cells(below[down])[at.right + right]
      if (!cell) {
        left += each.trim() ? 1 : 0
        return
      }
      input(cell).value = each.replace(/\s*\n\s*/g, ' ').trim()
      filled.push(cell)
    }))
    write(at.grid, filled, left)
  })

  async function write (grid, filled, left) {
    const form = grid.closest('form')
    const changed = filled.map((cell) => window.sosei.autosave.field(cell)).filter((field) => field.isDirty)
    say(form, changed.length, left)
    if (!changed.length) return
    const body = new FormData()
    body.set('csrfmiddlewaretoken', form.querySelector('[name=csrfmiddlewaretoken]').value)
    body.set('next', location.pathname + location.search)
    const texts = new Map()
    for (const field of changed) {
      field.typed(60_000) // keeps what was pasted in this browser until it is answered
      field.say('saving')
      texts.set(field, field.text())
      body.set(field.was.name, field.was.value)
      for (const [name, value] of Object.entries(field.values())) body.append(name, value)
    }
    let told
    try {
      const answer = await fetch(form.action, { method: 'POST', body, headers: { Accept: 'application/json' } })
      if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`)
      told = await answer.json()
    } catch {
      for (const field of changed) field.send() // one by one, by its own rules of sending again
      return
    }
    for (const field of changed) field.settle(told.fields[field.element.dataset.field], texts.get(field))
    document.dispatchEvent(new CustomEvent('sosei:saved', { detail: told }))
  }

  function say (form, count, left) {
    const place = form.querySelector('[data-pasted]')
    if (!place) return
    place.textContent = (left ? place.dataset.cut : place.dataset.all).replace('%n', count).replace('%m', left)
  }

  document.addEventListener('sosei:saved', (event) => {
    const computed = event.detail.computed ?? []
    for (const each of computed) {
      for (const sort of ['rate', 'grade']) {
        const place = document.querySelector(`[data-computed="${each.at}/${sort}"]`)
        if (!place) continue
        place.textContent = each[sort]
        place.className = each.other[sort] ? 'chip warn' : ''
      }
    }
    const owners = new Set(computed.map((each) => each.owner))
    for (const place of document.querySelectorAll('[data-remarks]')) {
      if (!owners.has(place.dataset.owner)) continue
      const told = computed.find((each) => each.at === place.dataset.remarks)
      for (const old of place.querySelectorAll('small')) old.remove()
      place.append(...(told?.remarks ?? []).map(small))
    }
  })

  function small (text) {
    const made = document.createElement('small')
    made.textContent = text
    return made
  }
})()

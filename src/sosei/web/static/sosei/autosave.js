// Saves each field of a draft by itself while one writes, and loses nothing that was typed.
//
// A form with data-autosave (the draft's sign) holds fields (data-field, data-key), each with its inputs and the
// value it was made with (data-was). What is typed is kept in this browser (sosei.kept) until the server has it;
// no answer, no connection or an ended sign-in means that it is sent again. Where somebody else changed the same
// field both values are shown. Without this script the form's own button saves.
'use strict'

;(() => {
  const PAUSE = 800 // after the last key
  const AGAIN = [2_000, 5_000, 15_000, 30_000]
  const words = document.querySelector('[data-words]')?.dataset
  const kept = window.sosei?.kept
  if (!words) return

  const fields = new Map() // element: its state
  let queue = Promise.resolve() // one at a time, in order

  class Field {
    constructor (element, form) {
      this.element = element
      this.form = form
      this.name = `draft.${form.dataset.autosave}.${element.dataset.key}.${element.dataset.field}`
      this.was = element.querySelector('[data-was]')
      this.said = element.querySelector('[data-said]')
      this.sent = this.text()
      this.tries = 0
      this.offerRows()
      this.offerKept()
      element.addEventListener('input', () => this.typed())
      element.addEventListener('change', () => this.typed(0))
      element.addEventListener('focusout', (event) => {
        if (this.isDirty && !element.contains(event.relatedTarget)) this.typed(0)
      })
    }

    inputs () {
      return [...this.element.querySelectorAll('input:not([type=hidden]), select, textarea')]
    }

    values () {
      return Object.fromEntries(this.inputs().map((each) => [each.name, each.value]))
    }

    text () {
      return JSON.stringify(this.values())
    }

    get isDirty () {
      return this.text() !== this.sent
    }

    typed (pause = PAUSE) {
      clearTimeout(this.timer)
      if (!this.isDirty && !this.waits) {
        kept?.drop(this.name)
        return
      }
      kept?.put(this.name, { values: this.values(), was: this.was.value })
      this.timer = setTimeout(() => this.send(), pause)
    }

    send () {
      clearTimeout(this.timer)
      this.waits = true
      queue = queue.then(() => this.post()).catch((error) => { console.error(error) })
      return queue
    }

    async post () {
      const text = this.text()
      const body = new FormData()
      body.set('csrfmiddlewaretoken', token(this.form))
      body.set('key', this.element.dataset.key)
      body.set(this.was.name, this.was.value)
      body.set('.next', location.pathname + location.search)
      for (const [name, value] of Object.entries(this.values())) body.append(name, value)
      this.say('saving')
      let answer
      try {
        answer = await fetch(this.form.action, {
          method: 'POST', body, headers: { Accept: 'application/json' }, keepalive: text.length < 30_000
        })
      } catch {
        return this.later('offline')
      }
      const isJson = answer.headers.get('Content-Type')?.startsWith('application/json')
      if (answer.redirected || (!isJson && answer.status < 400)) return this.later('signedOut')
      if (answer.status === 403 && !isJson) {
        return await renewed(this.form) ? this.post() : this.later('signedOut')
      }
      if (answer.status >= 500) return this.later('offline')
      if (!isJson) return this.stop(words.refused)
      const told = await answer.json()
      if (told.gone) return this.stop(told.gone)
      this.tries = 0
      this.waits = false
      this.done(told.fields[this.element.dataset.field], text)
      document.dispatchEvent(new CustomEvent('sosei:saved', { detail: told }))
    }

    done (outcome, text) {
      this.element.querySelector('.note[data-conflict]')?.remove()
      for (const input of this.inputs()) input.removeAttribute('aria-invalid')
      if (outcome.state === 'saved' || outcome.state === 'same') {
        this.was.value = outcome.was
        this.sent = text
        this.hear(outcome.heard)
        if (!this.isDirty) kept?.drop(this.name)
        this.say('saved', outcome.message)
        review(this.form)
        return
      }
      for (const input of this.inputs()) input.setAttribute('aria-invalid', 'true')
      if (outcome.state === 'problem') this.problem(outcome)
      else this.conflict(outcome)
      this.sent = text
    }

    // What was typed together is answered together (a block pasted into a grid).
    settle (outcome, text) {
      clearTimeout(this.timer)
      this.tries = 0
      this.waits = false
      this.done(outcome, text)
    }

    problem (outcome) {
      this.show(outcome.message, 'error')
      if (!outcome.way) return
      const way = button(outcome.way.label, () => {})
      way.type = 'submit'
      way.setAttribute('formaction', outcome.way.address)
      this.said.append(' ', way)
    }

    conflict (outcome) {
      const who = outcome.who ? words.who.replace('%s', outcome.who) : words.changed
      this.show('')
      const note = made('div', 'note warn', '')
      note.dataset.conflict = ''
      note.setAttribute('role', 'alert')
      const values = made('p', 'diff', '')
      values.append(`${words.opened}: `, made('del', '', outcome.opened || '—'), `　${words.now}: `,
        made('ins', '', outcome.theirs || '—'))
      const mine = button(words.yours, () => {
        this.was.value = outcome.was
        note.remove()
        this.sent = null
        this.send()
      })
      const theirs = button(words.theirs, () => {
        this.was.value = outcome.was
        this.fill(outcome.inputs)
        note.remove()
        this.sent = this.text()
        for (const input of this.inputs()) input.removeAttribute('aria-invalid')
        kept?.drop(this.name)
      })
      const row = made('div', 'row', '')
      row.append(mine, theirs)
      note.append(made('p', '', who), values, row)
      this.element.insertBefore(note, this.said)
    }

    later (why) {
      this.say(why)
      this.waits = true
      const pause = AGAIN[Math.min(this.tries++, AGAIN.length - 1)]
      this.timer = setTimeout(() => this.send(), pause)
    }

    stop (message) {
      this.waits = false
      this.show(message, 'error')
    }

    fill (values) {
      const rows = this.element.querySelector('[data-rows]')
      const missing = () => Object.keys(values).some((name) => !this.inputs().some((each) => each.name === name))
      for (let n = 0; rows && missing() && n < 200; n++) this.addRow()
      for (const input of this.inputs()) input.value = values[input.name] ?? ''
    }

    offerRows () {
      this.rows = this.element.querySelector('[data-rows]')
      if (!this.rows) return
      const more = button(words.row, () => this.addRow()?.querySelector('input, select, textarea').focus())
      more.classList.add('link')
      this.element.insertBefore(more, this.said)
    }

    addRow () {
      const last = this.rows.lastElementChild
      const number = this.rows.children.length
      const row = last.cloneNode(true)
      for (const each of row.querySelectorAll('[name], [data-heard]')) {
        const old = each.name || each.dataset.heard
        const name = old.replace(/\.\d+(?=\.|$)/, `.${number}`)
        if (each.name) {
          each.name = name
          each.id = each.id.replace(old, name)
          each.value = ''
          each.setAttribute('aria-label', each.getAttribute('aria-label')?.replace(/^\d+/, number + 1) ?? '')
        } else {
          each.dataset.heard = name
          each.hidden = true
        }
      }
      this.rows.append(row)
      return row
    }

    offerKept () {
      const left = kept?.get(this.name)
      if (!left) return
      const { values, was } = left.value
      if (JSON.stringify(values) === this.text()) {
        if (was === this.was.value || this.sent === this.text()) kept.drop(this.name)
        return
      }
      const note = made('div', 'note info', '')
      note.setAttribute('role', 'status')
      const shown = Object.values(values).filter(Boolean).join('　')
      const row = made('div', 'row', '')
      row.append(
        button(words.put, () => {
          this.was.value = was
          this.fill(values)
          note.remove()
          this.inputs()[0]?.focus()
          this.send()
        }),
        button(words.drop, () => {
          kept.drop(this.name)
          note.remove()
        })
      )
      note.append(made('p', '', `${words.left}（${new Date(left.at).toLocaleString(document.documentElement.lang)}）`),
        made('p', 'kept', shown.length > 300 ? `${shown.slice(0, 300)}…` : shown), row)
      this.element.prepend(note)
    }

    hear (heard) {
      for (const place of this.element.querySelectorAll('[data-heard]')) {
        const text = heard[place.dataset.heard] ?? ''
        place.textContent = text
        place.hidden = !text
      }
    }

    say (state, more = '') {
      this.show(state === 'saved' ? `${words.saved} ${clock()}${more ? `　${more}` : ''}` : words[state])
      if (state !== 'signedOut') return
      const link = made('a', '', ` ${words.signIn}`)
      link.href = location.href
      link.target = '_blank'
      link.rel = 'noopener'
      this.said.append(link)
    }

    show (text, kind = '') {
      this.said.textContent = text
      this.said.className = `said ${kind}`
    }
  }

  function made (tag, name, text) {
    const element = document.createElement(tag)
    if (name) element.className = name
    element.textContent = text
    return element
  }

  function button (text, press) {
    const element = made('button', 'btn ghost small', text)
    element.type = 'button'
    element.addEventListener('click', press)
    return element
  }

  function clock () {
    return new Date().toLocaleTimeString('ja-JP', { hour: '2-digit', minute: '2-digit' })
  }

  function token (form) {
    return form.querySelector('[name=csrfmiddlewaretoken]').value
  }

  // After a new sign-in the page's token is an old one: the page is asked for again, only for its token.
  async function renewed (form) {
    try {
      const answer = await fetch(location.href)
      if (answer.redirected || !answer.ok) return false
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const found = page.querySelector('[data-autosave] [name=csrfmiddlewaretoken]')
      if (!found || found.value === token(form)) return false
      for (const each of document.querySelectorAll('[name=csrfmiddlewaretoken]')) each.value = found.value
      return true
    } catch {
      return false
    }
  }

  document.addEventListener('sosei:saved', (event) => {
    const bar = document.querySelector('[data-undo]')
    if (!bar || !event.detail.undo || bar.contains(document.activeElement)) return
    const made = new DOMParser().parseFromString(event.detail.undo, 'text/html')
    bar.replaceWith(made.querySelector('[data-undo]'))
  })

  const asked = new Map()

  // What the review says of the records of a form, beside their fields.
  function review (form) {
    clearTimeout(asked.get(form))
    asked.set(form, setTimeout(async () => {
      const keys = new Set([...form.querySelectorAll('[data-field]')].map((each) => each.dataset.key))
      const address = new URL(form.dataset.token, location.href)
      for (const key of keys) address.searchParams.append('key', key)
      let told
      try {
        const answer = await fetch(address, { headers: { Accept: 'application/json' } })
        if (!answer.ok || answer.redirected) return
        told = await answer.json()
      } catch {
        return
      }
      for (const list of form.querySelectorAll('[data-findings]')) {
        const { key } = list.closest('[data-key]').dataset
        const field = list.dataset.at ?? list.closest('[data-field]').dataset.field
        const found = told.findings.find((each) => each.key === key && each.field === field)
        list.replaceChildren(...(found?.items ?? []).map((each) => {
          const item = made('li', '', '')
          item.append(made('span', `chip ${{ error: 'bad', warning: 'warn' }[each.severity] ?? 'info'}`, each.label),
            ` ${each.message}`)
          item.title = each.mend
          return item
        }))
        list.hidden = !found
      }
    }, 600))
  }

  // Names that a field may take are asked for when one comes to it.
  document.addEventListener('focusin', async (event) => {
    const offers = event.target.dataset?.offers
    if (!offers || document.getElementById(`offers-${offers}`)) return
    const list = made('datalist', '', '')
    list.id = `offers-${offers}`
    document.body.append(list)
    const form = event.target.form
    const base = (form.dataset.names ?? form.dataset.token.replace(/findings\/$/, 'names/'))
    try {
      const answer = await fetch(`${base}${offers}/`, { headers: { Accept: 'application/json' } })
      for (const name of (await answer.json()).names) list.append(Object.assign(made('option', '', ''), { value: name }))
    } catch {
      list.remove()
    }
  })

  for (const form of document.querySelectorAll('[data-autosave]')) {
    for (const element of form.querySelectorAll('[data-field]')) {
      fields.set(element, new Field(element, form))
    }
    for (const byHand of form.querySelectorAll('[data-by-hand]')) byHand.hidden = true
    // Enter in a field saves it and stays; the form itself is never sent by the script's page.
    form.addEventListener('submit', (event) => {
      if (event.submitter?.hasAttribute('formaction')) return
      event.preventDefault()
      const field = document.activeElement?.closest('[data-field]')
      if (field) fields.get(field)?.typed(0)
    })
    review(form)
  }

  const open = () => [...fields.values()].filter((each) => each.waits || (each.isDirty && each.sent !== null))

  window.addEventListener('online', () => { for (const each of open()) each.send() })
  document.addEventListener('visibilitychange', () => {
    for (const each of open()) each.send()
  })
  window.addEventListener('beforeunload', (event) => {
    if (open().length) event.preventDefault()
  })

  window.sosei = {
    ...window.sosei,
    autosave: { open: () => open().length, field: (element) => fields.get(element) }
  }
})()

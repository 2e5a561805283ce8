// What was typed into <form data-keep="NAME"> survives a lost connection, an expired login and a closed window.
// It is kept in this browser (kept.js) until the server says that it was accepted: a success message of the request
// that carried the name names it in data-kept-done. Where a form opens and something else is kept for it, the
// person is asked; nothing is put back in silence. Its words stand in templates/site/kept.html.
'use strict'

;(() => {
  const kept = window.sosei.kept
  const SENT = 'sosei.sent' // in sessionStorage: the form that this window sent last
  const NOT_TYPED = new Set(['password', 'file', 'hidden', 'submit', 'image', 'button', 'reset', 'fieldset', 'output'])
  const MOST = 3 // earlier texts kept beside the present one
  const PAUSE = 300 // milliseconds without a key before the browser writes
  const open = new Map() // form: what is known of it
  const isTicked = (field) => field.type === 'checkbox' || field.type === 'radio'
  const bare = (value) => typeof value === 'string' ? value.trim() : JSON.stringify(value) // a server trims, too

  // {"name 0": field}: fields of one name are told apart by their place. What only looks for something is no content.
  function fields (form) {
    const found = {}
    const places = {}
    for (const field of form.elements) {
      if (!field.name || NOT_TYPED.has(field.type) || field.readOnly || field.closest('.filters, .search')) continue
      places[field.name] = (places[field.name] ?? -1) + 1
      found[`${field.name} ${places[field.name]}`] = field
    }
    return found
  }

  function valueOf (field) {
    if (isTicked(field)) return field.checked
    return field.selectedOptions ? [...field.selectedOptions].map((each) => each.value) : field.value
  }

  function valuesOf (form) {
    return Object.fromEntries(Object.entries(fields(form)).map(([key, field]) => [key, valueOf(field)]))
  }

  function isUntouched (field) {
    if (isTicked(field)) return field.checked === field.defaultChecked
    if (!field.options) return field.value === field.defaultValue
    const options = [...field.options]
    const none = !field.multiple && !options.some((each) => each.defaultSelected) // then the first one is shown
    return options.every((each, place) => each.selected === (none ? place === 0 : each.defaultSelected))
  }

  // A form may open with other fields than it had: a copy that it does not show is no copy of it.
  function isWholeIn (form, values) {
    const shown = fields(form)
    return Object.keys(values ?? {}).every((key) => key in shown)
  }

  function differing (form, values) {
    return Object.entries(fields(form)).filter(([key, field]) => key in values && bare(values[key]) !== bare(valueOf(field)))
  }

  function write (form) {
    const known = open.get(form)
    clearTimeout(known.timer)
    known.timer = null
    const touched = known.refused || !Object.values(fields(form)).every(isUntouched)
    if (touched || known.offers.length) kept.put(known.name, { now: touched ? valuesOf(form) : null, offers: known.offers })
    else kept.drop(known.name)
  }

  function writeAll () {
    for (const [form, { timer }] of open) if (timer) write(form)
  }

  function typed (event) {
    const known = open.get(event.target.form)
    if (!known) return
    clearTimeout(known.timer)
    known.timer = setTimeout(write, PAUSE, event.target.form)
  }

  // A form comes into sight: what is kept for it and is not what it shows is offered.
  function meet (form, sent) {
    const name = `form:${form.dataset.keep}`
    const found = kept.get(name)
    const known = { name, offers: [], timer: null, refused: false }
    open.set(form, known)
    form.addEventListener('formdata', (event) => event.formData.set('kept', form.dataset.keep))
    if (!found) return
    const candidates = [{ at: found.at, values: found.value.now }, ...found.value.offers]
    known.offers = candidates.filter((each) => each.values && differing(form, each.values).length)
    known.refused = !known.offers.length && sent === form.dataset.keep // shown again with what was typed
    if (known.offers.length) ask(form)
    else if (!known.refused && candidates.every((each) => isWholeIn(form, each.values))) kept.drop(name)
  }

  function ask (form) {
    const known = open.get(form)
    known.notice?.remove()
    known.notice = null
    const [offer] = known.offers
    if (!offer) return
    const live = document.createElement('div')
    live.setAttribute('aria-live', 'polite')
    form.before(live)
    known.notice = live
    const notice = document.getElementById('kept-notice').content.cloneNode(true)
    notice.querySelector('[data-kept-at]').textContent = time(offer.at)
    const list = notice.querySelector('[data-kept-texts]')
    for (const [key, field] of differing(form, offer.values)) {
      if (field.type !== 'radio' || offer.values[key]) list.append(line(field, offer.values[key]))
    }
    notice.querySelector('[data-kept-back]').addEventListener('click', () => putBack(form))
    notice.querySelector('[data-kept-drop]').addEventListener('click', () => throwAway(form))
    setTimeout(() => live.append(notice)) // into a live region that is there already, so that it is read out
  }

  // The first words of a label: what follows explains.
  function called (field) {
    const texts = document.createTreeWalker(field.labels?.[0] ?? field, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) if (texts.currentNode.data.trim()) return texts.currentNode.data.trim()
    return field.name
  }

  function line (field, value) {
    const item = document.createElement('li')
    const label = field.getAttribute('aria-label') || called(field)
    let shown = value
    if (isTicked(field)) shown = value ? '✓' : '―'
    else if (field.options) {
      shown = [...field.options].filter((each) => value.includes(each.value)).map((each) => each.text.trim()).join('、')
    }
    item.textContent = `${label}：${shown.length > 200 ? shown.slice(0, 200) + '…' : shown || '―'}`
    return item
  }

  function time (at) {
    const then = new Date(at)
    const isToday = then.toDateString() === new Date().toDateString()
    const day = isToday ? {} : { month: 'long', day: 'numeric' }
    return then.toLocaleString(document.documentElement.lang, { ...day, hour: '2-digit', minute: '2-digit' })
  }

  // What was typed since takes the place of what is put back among the offers.
  function putBack (form) {
    const known = open.get(form)
    const { values } = known.offers.shift()
    const before = valuesOf(form)
    const wasTouched = !Object.values(fields(form)).every(isUntouched)
    const changed = differing(form, values)
    for (const [key, field] of changed) set(field, values[key])
    if (wasTouched) known.offers = [{ at: Date.now(), values: before }, ...known.offers].slice(0, MOST)
    write(form)
    ask(form)
    changed[0]?.[1].focus()
  }

  function set (field, value) {
    const fold = field.closest('details')
    if (fold) fold.open = true
    if (isTicked(field)) field.checked = value
    else if (field.options) for (const option of field.options) option.selected = value.includes(option.value)
    else field.value = value
    field.dispatchEvent(new Event('input', { bubbles: true }))
    field.dispatchEvent(new Event('change', { bubbles: true }))
  }

  function throwAway (form) {
    const known = open.get(form)
    known.offers.shift()
    write(form)
    ask(form)
    if (!known.notice) Object.values(fields(form))[0]?.focus()
  }

  function accepted (root) {
    for (const each of root.querySelectorAll('[data-kept-done]')) {
      if (each.dataset.keptDone) kept.drop(`form:${each.dataset.keptDone}`)
    }
  }

  function look (root, sent) {
    accepted(root)
    for (const form of root.querySelectorAll('form[data-keep]')) if (!open.has(form)) meet(form, sent)
  }

  function sentBefore () {
    try {
      const name = sessionStorage.getItem(SENT)
      sessionStorage.removeItem(SENT)
      return name
    } catch {
      return null
    }
  }

  function send (event) {
    const known = open.get(event.target)
    if (!known) return
    write(event.target)
    try {
      sessionStorage.setItem(SENT, event.target.dataset.keep)
    } catch {
      // without it a refused form that shows what was typed only loses its copy here
    }
  }

  if (!document.body.dataset.person) return
  // Not before the browser has filled in again what it remembers itself.
  window.addEventListener('pageshow', (event) => { if (!event.persisted) look(document, sentBefore()) })
  document.addEventListener('htmx:load', (event) => {
    if (document.readyState === 'complete') look(event.detail.elt.parentElement || document, null)
  })
  document.addEventListener('input', typed)
  document.addEventListener('change', typed)
  window.addEventListener('submit', send)
  window.addEventListener('pagehide', writeAll)
  document.addEventListener('visibilitychange', writeAll)
})()

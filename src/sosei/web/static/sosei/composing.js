// Japanese hands: nothing is sent or checked while a kana conversion is open, the Enter that confirms one does
// nothing else, and a form goes out once however often its button is pressed. Loaded before every other script.
'use strict'

;(() => {
  const ANSWER = 15_000 // no answer for so long: the form may be sent again
  const FILE = 2_000 // the answer is a file and the page stays (data-download)
  let field = null // where a conversion is open
  let unheard = null // its field, until an input event after its end has been heard

  // A field that left the page with its conversion open takes the conversion along.
  const isOpen = () => field !== null && field.isConnected

  // Of keys only the conversion's own are held back: Safari reports the confirming Enter after its end, as 229.
  function key (event) {
    if (!event.isComposing && event.keyCode !== 229) return
    event.stopImmediatePropagation()
    if (event.key === 'Enter' || event.code === 'Enter' || event.code === 'NumpadEnter') event.preventDefault()
  }

  function input (event) {
    if (event.isComposing) event.stopImmediatePropagation()
    else if (event.target === unheard) unheard = null
  }

  function ended (event) {
    field = null
    unheard = event.target
    // Chromium sends no input event after the end, Firefox does at once: every script hears exactly one.
    setTimeout(() => {
      if (unheard !== event.target || isOpen()) return
      event.target.dispatchEvent(new InputEvent('input', {
        bubbles: true, inputType: 'insertFromComposition', data: event.data
      }))
    })
  }

  window.addEventListener('compositionstart', (event) => { field = event.target }, true)
  window.addEventListener('compositionend', ended, true)
  window.addEventListener('input', input, true)
  for (const name of ['keydown', 'keypress', 'keyup']) window.addEventListener(name, key, true)

  // Sent once
  const sending = new Map() // form: its timer

  function buttons (form) {
    return [...form.elements].filter((each) => each.type === 'submit' || each.type === 'image')
  }

  function hold (form) {
    for (const button of buttons(form)) button.setAttribute('aria-disabled', 'true')
    sending.set(form, setTimeout(release, 'download' in form.dataset ? FILE : ANSWER, form))
  }

  function release (form) {
    clearTimeout(sending.get(form))
    sending.delete(form)
    for (const button of buttons(form)) button.removeAttribute('aria-disabled')
  }

  window.addEventListener('submit', (event) => {
    if (!isOpen() && !sending.has(event.target)) return
    event.preventDefault()
    event.stopImmediatePropagation()
  }, true)

  // After every other script: one that sends the form itself has prevented the plain way.
  window.addEventListener('submit', (event) => {
    const form = event.target
    const method = event.submitter?.getAttribute('formmethod') || form.getAttribute('method')
    const opens = event.submitter?.getAttribute('formtarget') || form.getAttribute('target')
    if (!event.defaultPrevented && method?.toLowerCase() === 'post' && !opens) hold(form)
  })

  function asked (event) {
    const { elt, requestConfig } = event.detail
    return requestConfig?.triggeringEvent?.type === 'submit' && elt instanceof HTMLFormElement ? elt : null
  }

  window.addEventListener('htmx:beforeSend', (event) => {
    const form = asked(event)
    if (form) hold(form)
  })
  window.addEventListener('htmx:afterRequest', (event) => {
    const form = asked(event)
    if (form) release(form)
  })

  // Back from the next page, or the answer was stopped: the page lives on.
  window.addEventListener('pageshow', () => { for (const form of [...sending.keys()]) release(form) })
  window.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') for (const form of [...sending.keys()]) release(form)
  })
})()

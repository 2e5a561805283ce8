// Says beside the button what allauth's script only writes to the console, and lets Enter press the button.
'use strict'

document.addEventListener('DOMContentLoaded', () => {
  const form = document.querySelector('[data-key-form]')
  if (!form) return
  const button = form.querySelector('button')
  const failed = form.querySelector('[data-key-failed]')
  if (!window.webauthnJSON || !window.webauthnJSON.supported()) {
    form.querySelector('[data-key-impossible]').hidden = false
    button.disabled = true
    return
  }
  button.addEventListener('click', () => { failed.hidden = true })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    button.click()
  })
  document.addEventListener('allauth.error', (event) => {
    event.preventDefault()
    failed.hidden = false
  })
})

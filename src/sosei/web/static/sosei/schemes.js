// Who types a scheme of the plan's own means to use it: the choice follows the text.
'use strict'

document.addEventListener('input', (event) => {
  if (!event.target.matches('textarea[name="text"]')) return
  const own = event.target.form.querySelector('[name="choice"][value="own"]')
  if (own) own.checked = true
}, true)

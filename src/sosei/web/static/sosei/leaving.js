// Asks at sign-out what becomes of what this browser keeps for the person. Its words stand in templates/site/kept.html.
'use strict'

;(() => {
  const asking = document.getElementById('kept-leave')
  if (!asking) return
  let leaving = null

  document.addEventListener('submit', (event) => {
    const count = window.sosei.kept.all().length
    if (!event.target.matches('[data-leave]') || event.target === leaving || !count) return
    event.preventDefault()
    leaving = event.target
    asking.querySelector('[data-kept-count]').textContent = count
    asking.returnValue = ''
    asking.showModal()
  })
  asking.addEventListener('close', () => {
    const form = leaving
    if (asking.returnValue === 'drop') for (const { name } of window.sosei.kept.all()) window.sosei.kept.drop(name)
    if (asking.returnValue) form.requestSubmit()
    leaving = null
  })
})()

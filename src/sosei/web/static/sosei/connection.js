// Says that the connection is gone, or that this browser keeps nothing. Its words stand in templates/site/kept.html.
'use strict'

;(() => {
  const SHOWN = 10_000 // how long it says that the connection is back
  const place = document.getElementById('connection')
  let timer = null

  function say (words) {
    clearTimeout(timer)
    place.replaceChildren(document.getElementById(words).content.cloneNode(true))
  }

  window.addEventListener('offline', () => say('line-lost'))
  window.addEventListener('online', () => {
    say('line-back')
    timer = setTimeout(() => place.replaceChildren(), SHOWN)
  })
  document.addEventListener('sosei:unkept', () => say('line-unkept'))
})()

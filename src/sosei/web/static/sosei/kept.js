// What this browser keeps for the signed-in person, so that nothing typed is lost with the connection or the login.
//
//   sosei.kept.put(name, value)   keeps any JSON value under a name; false where the browser cannot keep it
//   sosei.kept.get(name)          {name, at, value}, at in milliseconds; null for none
//   sosei.kept.all(prefix)        the same of every name that begins so, newest first
//   sosei.kept.drop(name)         forgets it
//
// Keys carry the person's sign (data-person on body): another person at the same machine has other keys. Nothing
// is kept where nobody is signed in. What is older than 30 days goes. A browser that keeps nothing (storage
// switched off or full) disturbs nobody's work: put answers false, and document gets 'sosei:unkept'.
'use strict'

window.sosei = window.sosei || {}

window.sosei.kept = (() => {
  const ROOT = 'sosei.kept.'
  const LONGEST = 30 * 24 * 60 * 60 * 1000
  const person = document.body.dataset.person
  const own = `${ROOT}${person}.`
  const store = opened()

  function opened () {
    try {
      return window.localStorage
    } catch {
      return null
    }
  }

  function read (key) {
    try {
      const { at, value } = JSON.parse(store.getItem(key))
      return Number.isFinite(at) ? { at, value } : null
    } catch {
      return null
    }
  }

  function keys (beginning) {
    return store ? Object.keys(store).filter((key) => key.startsWith(beginning)) : []
  }

  function get (name) {
    const found = person && read(own + name)
    return found ? { name, ...found } : null
  }

  function put (name, value) {
    if (!person) return false
    try {
      store.setItem(own + name, JSON.stringify({ at: Date.now(), value }))
      return true
    } catch {
      document.dispatchEvent(new CustomEvent('sosei:unkept', { detail: { name } }))
      return false
    }
  }

  function drop (name) {
    if (store) store.removeItem(own + name)
  }

  function all (prefix = '') {
    if (!person) return []
    return keys(own + prefix).map((key) => get(key.slice(own.length))).filter(Boolean).sort((a, b) => b.at - a.at)
  }

  for (const key of keys(ROOT)) {
    const found = read(key)
    if (!found || Date.now() - found.at > LONGEST) store.removeItem(key)
  }
  return { get, put, drop, all }
})()

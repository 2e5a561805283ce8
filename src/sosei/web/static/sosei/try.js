// A trial's sliders: each moves its field and follows it, − and + step the field, and htmx asks for the answer.
'use strict'

;(() => {
  const form = document.getElementById('trial')
  if (!form) return

  // What the server takes too: full-width digits, △, thousands commas, a unit. null: empty; NaN: no number.
  function number (text) {
    const plain = text.normalize('NFKC').replace(/\s|,(?=\d{3}(\D|$))/g, '').replace(/^[△▲−‐–]/, '-')
    if (plain === '') return null
    return Number(/^(-?\d+(?:\.\d+)?)(?:%|人|世帯|組)?$/.exec(plain)?.[1] ?? NaN)
  }

  const decimals = (step) => (step.split('.')[1] ?? '').length

  // Sooner than what is typed: a number is whole at each place of a slider.
  const slid = () => form.dispatchEvent(new CustomEvent('slid'))

  function couple (box) {
    const field = box.querySelector('input[name]')
    const range = box.querySelector('[type="range"]')

    function follow () {
      const value = number(field.value)
      if (!Number.isNaN(value)) range.value = value ?? range.dataset.mark
    }

    function step (by) {
      const value = number(field.value) ?? Number(range.dataset.mark)
      if (Number.isNaN(value)) return
      const width = Number(range.step)
      const steps = Number((value / width).toFixed(6))
      const next = (by > 0 ? Math.floor(steps) + 1 : Math.ceil(steps) - 1) * width
      const { low, high } = field.dataset
      field.value = String(Number(Math.min(Math.max(next, low), high).toFixed(decimals(range.step))))
    }

    range.hidden = false
    for (const button of box.querySelectorAll('button')) {
      button.type = 'button'
      button.removeAttribute('name') // htmx would send the one pressed last along
    }
    range.addEventListener('input', (event) => {
      event.stopPropagation()
      field.value = range.value
      slid()
    })
    field.addEventListener('input', follow)
    box.addEventListener('click', (event) => {
      const button = event.target.closest('button[data-by]')
      if (!button) return
      if (button.dataset.by === 'clear') field.value = ''
      else step(Number(button.dataset.by))
      follow()
      slid()
    })
  }

  form.querySelectorAll('[data-slider]').forEach(couple)

  for (const tick of form.querySelectorAll('[data-closes]')) {
    tick.addEventListener('input', () => { document.getElementById(tick.dataset.closes).disabled = tick.checked })
  }

  // The answer says beside each field what is wrong with it.
  document.addEventListener('htmx:afterRequest', () => {
    for (const field of form.querySelectorAll('[aria-describedby*="wrong-"]')) {
      if (document.getElementById(`wrong-${field.name}`).textContent) field.setAttribute('aria-invalid', 'true')
      else field.removeAttribute('aria-invalid')
    }
    const keep = document.getElementById('keep') // what was not reckoned is not kept
    if (keep) keep.disabled = document.getElementById('errors').childElementCount > 0
  })
})()

const status = document.querySelector('#status')
let fading

/** Tells something once, for eight seconds, in words that a screen reader hears too. */
export function tell(words) {
  status.textContent = words
  clearTimeout(fading)
  fading = setTimeout(() => {
    status.textContent = ''
  }, 8000)
}

// The page of the practice workspace: what holds its parts together. The server draws; htmx sends and puts in.
import './dialog.js'
import { closeCommands, readyComposers } from './composer.js'
import { follow, markDays, scrollToEnd } from './live.js'

const { body } = document
const narrow = matchMedia('(max-width: 820px)')

readyComposers()
for (const list of document.querySelectorAll('.log')) {
  markDays(list)
  scrollToEnd(list)
}
follow()
holdRest()
if (!narrow.matches) document.querySelector('#write-log')?.focus()

/** Tells something once, in words that a screen reader hears too. */
export function tell(words) {
  const status = document.querySelector('#status')
  status.textContent = words
  clearTimeout(tell.timer)
  tell.timer = setTimeout(() => {
    status.textContent = ''
  }, 8000)
}

document.addEventListener('click', event => {
  const dismiss = event.target.closest('[data-dismiss]')
  if (dismiss) {
    const composer = dismiss.closest('#thread') ? '#write-thread' : '#write-log'
    dismiss.closest('.private').remove()
    document.querySelector(composer)?.focus()
  }
  const close = event.target.closest('[data-close-thread]')
  if (close) {
    event.preventDefault()
    closeThread()
  }
})

document.addEventListener('keydown', event => {
  if (event.key !== 'Escape' || event.defaultPrevented || closeCommands()) return
  const busy = document.querySelector('dialog[open], :popover-open')
  if (!busy && event.target.closest('#thread')) closeThread()
})

// A private answer beside a card far up, or at the end: it must be seen where it was asked for.
const answers = new MutationObserver(changes => {
  for (const change of changes) {
    for (const node of change.addedNodes) {
      if (node instanceof Element && node.matches('.private')) node.scrollIntoView({ block: 'nearest' })
    }
  }
})
for (const list of document.querySelectorAll('.log')) answers.observe(list, { childList: true })

document.addEventListener('htmx:after:swap', event => {
  if (event.detail.ctx.select !== '#thread') {
    for (const list of document.querySelectorAll('.log')) markDays(list)
    return
  }
  const list = document.querySelector('#thread-log')
  if (!list) return
  markDays(list)
  scrollToEnd(list)
  answers.observe(list, { childList: true })
  readyComposers()
  holdRest()
  document.querySelector('#thread-title').focus()
})

// What failed outside of a composer or a dialog was a press or a look at something: it can simply be done again.
document.addEventListener('htmx:response:error', event => {
  const { ctx } = event.detail
  if (!ctx.sourceElement.matches('.composer, .form')) tell(ctx.text)
})
document.addEventListener('htmx:error', event => {
  const source = event.detail.ctx?.sourceElement
  if (source && !source.matches('.composer, .form')) tell(body.dataset.sayAway)
})

function closeThread() {
  const thread = document.querySelector('#thread')
  const { root } = thread.dataset
  thread.replaceChildren()
  thread.hidden = true
  delete thread.dataset.root
  history.pushState(null, '', body.dataset.path)
  holdRest()
  const link = document.querySelector(`#log [data-message="${root}"] .replies`)
  ;(link ?? document.querySelector('#write-log'))?.focus()
}

/** On a phone the thread covers the page, so what lies under it cannot be reached meanwhile. */
function holdRest() {
  const covered = narrow.matches && !document.querySelector('#thread').hidden
  for (const part of document.querySelectorAll('.top, main')) part.inert = covered
}
narrow.addEventListener('change', holdRest)

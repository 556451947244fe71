// The page of the practice workspace: what holds its parts together. The server draws; htmx sends and puts in.
import './dialog.js'
import { closeCommands, readyComposers } from './composer.js'
import { follow, hold, markDays, scrollToEnd } from './live.js'
import { tell } from './status.js'

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
  const unsent = document.querySelector('#write-thread')?.value.trim()
  if (!busy && !unsent && event.target.closest('#thread')) closeThread()
})

// Pieces come in at many places. A private answer must be seen where it was asked for, and whoever asks for earlier
// messages stays at the one they were reading.
let belowOlder = null
const pieces = new MutationObserver(changes => {
  for (const { target: list, addedNodes } of changes) {
    markDays(list)
    for (const node of addedNodes) {
      if (node instanceof Element && node.matches('.private')) showAnswer(node, list)
    }
    if (belowOlder === null) continue
    list.scrollTop = list.scrollHeight - belowOlder
    belowOlder = null
    list.focus({ preventScroll: true })
  }
})

/** The answer to a press takes the place of what the same press was answered before. */
function showAnswer(answer, list) {
  const { pressed } = answer.dataset
  for (const other of list.querySelectorAll('.private')) {
    if (pressed !== '' && other !== answer && other.dataset.pressed === pressed) other.remove()
  }
  answer.scrollIntoView({ block: 'nearest' })
  hold(answer)
}
for (const list of document.querySelectorAll('.log')) pieces.observe(list, { childList: true })

document.addEventListener('htmx:before:swap', event => {
  const list = event.detail.ctx.sourceElement.closest('.log')
  if (event.detail.ctx.sourceElement.matches('.older')) belowOlder = list.scrollHeight - list.scrollTop
})

document.addEventListener('htmx:after:swap', event => {
  const list = document.querySelector('#thread-log')
  if (event.detail.ctx.select !== '#thread' || !list) return
  markDays(list)
  scrollToEnd(list)
  pieces.observe(list, { childList: true })
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
  if (source && !source.matches('.composer, .form')) tell(body.dataset.sayUndone)
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

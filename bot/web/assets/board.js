// Keeps the board as it is now, and leaves nothing of it when its time is over.
const { body } = document
const said = document.querySelector('#live')
let stream = null
let seen = Date.now()
let busy = false

function over() {
  stream?.close()
  stream = null
  const main = document.createElement('main')
  main.className = 'over'
  const words = document.createElement('p')
  words.setAttribute('role', 'alert')
  words.textContent = body.dataset.ended
  main.append(words)
  body.replaceChildren(main)
  document.title = 'Trust Hub'
}

function tell(live) {
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: body.dataset.zone }
  const time = new Date(seen).toLocaleTimeString('en', clock)
  const words = live ? body.dataset.still : body.dataset.away.replace('{time}', time)
  if (said.textContent !== words) said.textContent = words
  said.className = live ? '' : 'late'
}

async function renew() {
  if (busy) return
  busy = true
  try {
    const answer = await fetch('/situation/now', { cache: 'no-store', credentials: 'same-origin' })
    if (answer.status === 403) return over()
    if (!answer.ok) return tell(false)
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
    place(fresh)
    seen = Date.now()
    tell(true)
  } catch {
    tell(false)
  } finally {
    busy = false
  }
}

// What somebody has opened or stands on stays so.
function place(fresh) {
  const focus = document.activeElement
  const at = focus?.closest('[data-live]')
  const spot = at ? [at.id, [...at.querySelectorAll('[tabindex], summary')].indexOf(focus)] : null
  for (const old of [...document.querySelectorAll('[data-live]')]) {
    const next = fresh.getElementById(old.id)
    if (!next) {
      old.remove()
      continue
    }
    const open = [...old.querySelectorAll('details')].map(one => one.open)
    next.querySelectorAll('details').forEach((one, index) => {
      one.open = open[index] ?? false
    })
    if (next.outerHTML !== old.outerHTML) old.replaceWith(document.adoptNode(next))
  }
  // What has something to say only now comes in where the fresh page has it.
  let before = null
  for (const next of [...fresh.querySelectorAll('section')]) {
    const own = document.getElementById(next.id)
    if (own) before = own
    else if (before) {
      before.after(document.adoptNode(next))
      before = document.getElementById(next.id)
    }
  }
  if (spot && spot[1] >= 0) {
    document.getElementById(spot[0])?.querySelectorAll('[tabindex], summary')[spot[1]]?.focus({ preventScroll: true })
  }
}

function listen() {
  if (stream || document.hidden) return
  const own = new EventSource('/situation/live')
  stream = own
  own.addEventListener('open', () => own === stream && renew())
  own.addEventListener('changed', renew)
  own.addEventListener('ended', over)
  own.onerror = () => {
    tell(false)
    // A browser gives up for good on an answer that is no stream, as while the hub starts anew.
    if (own.readyState === EventSource.CLOSED && own === stream) {
      stream = null
      setTimeout(listen, 3000)
      if (Date.now() - seen > 30_000) renew()
    }
  }
}

function point(event) {
  const bubble = event.target.closest?.('.bubble')
  const words = document.querySelector('#pointed')
  if (words && bubble) words.textContent = bubble.getAttribute('aria-label')
}

document.addEventListener('visibilitychange', () => {
  if (!document.hidden) return listen()
  stream?.close()
  stream = null
})
document.addEventListener('focusin', point)
document.addEventListener('pointerover', point)
document.addEventListener('click', point)
// A page that a browser kept aside for "back" must not come again.
addEventListener('pageshow', event => event.persisted && location.reload())
setTimeout(over, Math.max(0, Number(body.dataset.until)))
listen()

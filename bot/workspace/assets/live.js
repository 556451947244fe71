// News without reload: what is new or changed is put in its place, and nobody loses theirs.

const { body } = document
const log = document.querySelector('#log')
const newer = document.querySelector('#newer')
let cursor = body.dataset.since
let source = null
let unread = null

/** Listens for news while the page is seen; a hidden tab lets go of its connection and catches up when it is back. */
export function follow() {
  const sync = () => {
    source?.close()
    source = document.hidden ? null : open()
  }
  document.addEventListener('visibilitychange', sync)
  sync()
}

function open() {
  const stream = new EventSource(`${body.dataset.path}/live?since=${cursor}`)
  const away = document.querySelector('#away')
  let patience
  stream.onopen = () => {
    clearTimeout(patience)
    away.textContent = ''
  }
  stream.onerror = () => {
    clearTimeout(patience)
    patience = setTimeout(() => {
      if (stream === source) away.textContent = body.dataset.sayAway
    }, 1500)
    // A browser gives up for good on an answer that is no stream, as while the hub starts anew.
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => reopen(stream), 1000)
  }
  stream.addEventListener('news', event => {
    cursor = event.lastEventId
    for (const item of JSON.parse(event.data)) place(item)
  })
  return stream
}

function reopen(stream) {
  if (stream === source) source = open()
}

function place(item) {
  if (item.address !== body.dataset.address) return count(item)
  if (item.thread === null) {
    put(log, item)
    see(item)
  }
  const thread = document.querySelector('#thread')
  const root = Number(thread?.dataset.root)
  if (root && (item.thread === root || item.id === root)) put(document.querySelector('#thread-log'), item)
}

function put(list, item) {
  const old = list.querySelector(`[data-message="${item.id}"]`)
  if (old?.dataset.version === item.version || (!old && isEarlier(list, item))) return
  const fresh = draw(item.html, list)
  const end = isAtEnd(list)
  const before = list.scrollHeight
  const above = old && old.getBoundingClientRect().bottom < list.getBoundingClientRect().top
  if (old) replace(old, fresh)
  else insert(list, fresh, item.id)
  window.htmx.process(old ?? fresh)
  markDays(list)
  if (end || (item.mine && !old)) keepUp(list)
  else if (above) list.scrollTop += list.scrollHeight - before
  else if (!old && list === log) newer.hidden = false
}

// An old card that was edited stands among the earlier messages, which are not on the page yet.
function isEarlier(list, item) {
  const first = list.querySelector('[data-message]')
  return list.querySelector('.older') !== null && item.id < Number(first?.dataset.message)
}

function draw(html, list) {
  const template = document.createElement('template')
  template.innerHTML = html
  const fresh = template.content.firstElementChild
  if (list === log) return fresh
  fresh.querySelector('.replies')?.remove()
  const pane = fresh.querySelector('[name=pane]')
  if (pane) pane.value = 'thread'
  return fresh
}

/** A card changes inside, so that whoever was on a button stays there and nobody has the whole of it read out again. */
function replace(old, fresh) {
  const held = old.contains(document.activeElement) ? document.activeElement : null
  for (const { name, value } of fresh.attributes) old.setAttribute(name, value)
  old.replaceChildren(...fresh.childNodes)
  if (!held || held === old) return
  const same = [...old.querySelectorAll('button, a')].find(
    each => each.value === held.value && each.className === held.className,
  )
  ;(same ?? old).focus({ preventScroll: true })
}

function insert(list, fresh, id) {
  fresh.classList.add('fresh')
  const later = [...list.querySelectorAll('[data-message]')].find(each => Number(each.dataset.message) > id)
  if (later) later.before(fresh)
  else list.append(fresh)
}

function count(item) {
  const link = [...document.querySelectorAll('#rooms a')].find(each => each.dataset.address === item.address)
  if (!link || item.thread !== null || item.mine || item.id <= Number(link.dataset.last)) return
  link.dataset.last = item.id
  const badge = link.querySelector('.unread')
  const count = Number(badge.dataset.count) + 1
  badge.dataset.count = count
  badge.firstElementChild.textContent = count
  badge.lastElementChild.textContent = body.dataset[count === 1 ? 'sayNewOne' : 'sayNew'].replace('{count}', count)
}

/** Remembers for this persona what it has seen here, so that it does not count as new elsewhere. */
function see(item) {
  const seen = readSeen()
  if ((seen[item.address] ?? 0) >= item.id) return
  seen[item.address] = item.id
  const path = `/as/${encodeURIComponent(body.dataset.persona)}`
  // biome-ignore lint: no other way in every browser
  document.cookie = `seen=${encodeURIComponent(JSON.stringify(seen))}; path=${path}; samesite=strict`
}

function readSeen() {
  try {
    return JSON.parse(decodeURIComponent(/(?:^|; )seen=([^;]*)/.exec(document.cookie)?.[1] ?? '%7B%7D'))
  } catch {
    return {}
  }
}

function isAtEnd(list) {
  return list.scrollHeight - list.scrollTop - list.clientHeight < 80
}

/** An answer that just came stays in sight, whatever comes after it, until the person does the next thing. */
export function hold(answer) {
  unread = answer
}
for (const deed of ['keydown', 'pointerdown', 'wheel', 'touchmove'])
  document.addEventListener(deed, () => hold(null), { capture: true, passive: true })

function keepUp(list) {
  scrollToEnd(list)
  if (!unread || !list.contains(unread)) return
  const hidden = list.getBoundingClientRect().top - unread.getBoundingClientRect().top
  if (hidden > 0) list.scrollTop -= hidden
  if (list === log && !isAtEnd(log)) newer.hidden = false
}

/** Shows the latest message. */
export function scrollToEnd(list) {
  list.scrollTop = list.scrollHeight
}

/** Names the day above the first message of each. */
export function markDays(list) {
  let day = ''
  for (const message of list.querySelectorAll('[data-day]')) {
    const first = message.dataset.day !== day
    if (first) message.dataset.opens = message.dataset.day
    else delete message.dataset.opens
    day = message.dataset.day
  }
}

newer.addEventListener('click', () => {
  scrollToEnd(log)
  log.focus()
})
log.addEventListener('scroll', () => {
  if (isAtEnd(log)) newer.hidden = true
})
new ResizeObserver(() => {
  if (!log.dataset.left) scrollToEnd(log)
}).observe(log)
log.addEventListener('scroll', () => {
  log.dataset.left = isAtEnd(log) ? '' : 'yes'
})

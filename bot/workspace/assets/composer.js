// Writing: Enter sends, / lists what can be asked for, and words stay until they have surely arrived.

const { body } = document
const largest = 100 * 1024 * 1024
const mostFiles = 10

/** Makes every composer of the page work; one that already does is left alone. */
export function readyComposers() {
  for (const form of document.querySelectorAll('.composer:not([data-ready])')) {
    form.dataset.ready = 'yes'
    const { words, files } = form.elements
    words.addEventListener('input', () => changed(form))
    words.addEventListener('keydown', event => typed(event, form))
    words.addEventListener('blur', () => showCommands(form, []))
    files.addEventListener('change', () => showFiles(form))
    form.querySelector('.commands').addEventListener('pointerdown', event => {
      event.preventDefault()
      const option = event.target.closest('[role=option]')
      if (option) choose(form, option)
    })
    form.addEventListener('submit', () => keyOnce(form), { capture: true })
  }
}

/** Closes an open list of commands; true if there was one. */
export function closeCommands() {
  const open = document.querySelector('.commands:not([hidden])')
  if (open) showCommands(open.closest('form'), [])
  return Boolean(open)
}

// The key makes a second try count once; other words are another deed.
function keyOnce(form) {
  const { key, words } = form.elements
  if (form.dataset.tried !== undefined && form.dataset.tried !== words.value) key.value = crypto.randomUUID()
  form.dataset.tried = words.value
}

function changed(form) {
  grow(form.elements.words)
  unsent(form, '')
  const typedName = /^\/(\S*)$/.exec(form.elements.words.value)?.[1]
  const options = [...form.querySelectorAll('[role=option]')]
  showCommands(form, typedName === undefined ? [] : options.filter(each => each.dataset.name.startsWith(typedName)))
}

function typed(event, form) {
  const shown = [...form.querySelectorAll('[role=option]:not([hidden])')]
  const open = !form.querySelector('.commands').hidden
  const at = shown.findIndex(each => each.ariaSelected === 'true')
  if (event.isComposing) return
  if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
    event.preventDefault()
    mark(form, shown, (at + (event.key === 'ArrowDown' ? 1 : -1) + shown.length) % shown.length)
  } else if (open && event.key === 'Escape') {
    event.preventDefault()
    showCommands(form, [])
  } else if (open && (event.key === 'Tab' || event.key === 'Enter') && !event.shiftKey) {
    const exact = event.key === 'Enter' && form.elements.words.value === `/${shown[at].dataset.name}`
    event.preventDefault()
    if (exact) send(form)
    else choose(form, shown[at])
  } else if (event.key === 'Enter' && !event.shiftKey) {
    event.preventDefault()
    send(form)
  }
}

function send(form) {
  showCommands(form, [])
  if (!form.classList.contains('htmx-request')) form.requestSubmit()
}

function choose(form, option) {
  form.elements.words.value = `/${option.dataset.name} `
  showCommands(form, [])
  form.elements.words.focus()
}

function showCommands(form, shown) {
  const list = form.querySelector('.commands')
  const { words } = form.elements
  for (const option of list.children) option.hidden = !shown.includes(option)
  list.hidden = shown.length === 0
  if (list.hidden) {
    words.removeAttribute('role')
    words.removeAttribute('aria-expanded')
    words.removeAttribute('aria-activedescendant')
    return
  }
  words.setAttribute('role', 'combobox')
  words.setAttribute('aria-expanded', 'true')
  mark(form, shown, 0)
}

function mark(form, shown, at) {
  shown.forEach((option, index) => {
    option.ariaSelected = String(index === at)
  })
  form.elements.words.setAttribute('aria-activedescendant', shown[at].id)
  shown[at].scrollIntoView({ block: 'nearest' })
}

function showFiles(form) {
  const { files } = form.elements
  const big = [...files.files].filter(file => file.size > largest)
  const many = files.files.length > mostFiles
  unsent(
    form,
    many
      ? body.dataset.sayMany.replace('{max}', mostFiles)
      : big.map(file => body.dataset.sayBig.replace('{name}', file.name)).join('\n'),
  )
  if (big.length > 0 || many) files.value = ''
  form.querySelector('.chosen').replaceChildren(
    ...[...files.files].map(file => {
      const item = document.createElement('li')
      const name = document.createElement('bdi')
      name.textContent = file.name
      item.append(name)
      return item
    }),
  )
}

function unsent(form, why) {
  const line = form.querySelector('.unsent')
  line.textContent = why
  if (why === '' || why !== body.dataset.sayOffline) return
  const retry = document.createElement('button')
  retry.textContent = body.dataset.sayRetry
  line.append(' ', retry)
}

function grow(words) {
  words.style.height = 'auto'
  words.style.height = `${words.scrollHeight + 2}px`
}

document.addEventListener('htmx:config:request', event => {
  const form = event.detail.ctx.sourceElement
  if (!form.matches('.composer')) return
  const { words, files } = form.elements
  const length = words.value.trim().length
  if (length === 0 && files.files.length === 0) return event.preventDefault()
  if (length <= Number(words.dataset.long)) return
  event.preventDefault()
  unsent(form, body.dataset.sayLong.replace('{length}', length.toLocaleString(document.documentElement.lang)))
})

document.addEventListener('htmx:before:request', event => {
  const form = event.detail.ctx.sourceElement
  if (!form.matches('.composer')) return
  unsent(form, '')
  form.elements.words.readOnly = true
})

document.addEventListener('htmx:after:request', event => {
  const { ctx } = event.detail
  const form = ctx.sourceElement
  if (!form.matches('.composer') || ctx.response.status >= 400) return
  if (ctx.response.headers.get('practice-kept')) return
  const { words, files, key } = form.elements
  if (!words.value.startsWith('/')) files.value = ''
  words.value = ''
  key.value = crypto.randomUUID()
  delete form.dataset.tried
  grow(words)
  showFiles(form)
})

document.addEventListener('htmx:finally:request', event => {
  const form = event.detail.ctx.sourceElement
  if (form.matches('.composer')) form.elements.words.readOnly = false
})

document.addEventListener('htmx:response:error', event => {
  const { ctx } = event.detail
  if (ctx.sourceElement.matches('.composer')) unsent(ctx.sourceElement, ctx.text)
})

document.addEventListener('htmx:error', event => {
  const form = event.detail.ctx?.sourceElement
  if (form?.matches('.composer')) unsent(form, body.dataset.sayOffline)
})

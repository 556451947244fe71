// Forms and questions: what was typed outlives a refusal, a lost connection and a closed dialog.
import { tell } from './status.js'

const { body } = document
const dialog = document.querySelector('#form')
const confirmation = document.querySelector('#confirm')
const largest = 100 * 1024 * 1024
let changed = false
let files = []

dialog.addEventListener('input', event => {
  changed = true
  const input = event.target
  if (input.type === 'file') checkFiles(input)
  if (input.dataset.max) countDown(input)
})
dialog.addEventListener('click', event => {
  if (event.target.closest('[data-close]')) close()
})
dialog.addEventListener('cancel', event => {
  if (event.target !== dialog) return
  event.preventDefault()
  close()
})
window.addEventListener('pagehide', () => {
  if (dialog.open && changed) navigator.sendBeacon(draftPath(), draft())
})

/** Closes the form; what was typed is kept as a draft, and if it cannot be kept the form stays. */
async function close() {
  const kept = changed ? fetch(draftPath(), { method: 'POST', body: draft() }) : null
  dialog.close()
  if (!kept) return dialog.replaceChildren()
  const problem = await kept.then(refusal, () => body.dataset.sayOffline)
  if (problem === '') {
    changed = false
    dialog.replaceChildren()
    tell(body.dataset.sayDraft)
  } else {
    dialog.showModal()
    alertForm(problem)
  }
}

async function refusal(response) {
  if (!response.ok) return response.text()
  return response.headers.get('practice-kept') ? body.dataset.sayBroken : ''
}

function draft() {
  const data = new FormData(dialog.querySelector('form'))
  for (const input of dialog.querySelectorAll('[type=file]')) data.delete(input.name)
  return data
}

function draftPath() {
  return `/as/${encodeURIComponent(body.dataset.persona)}/draft`
}

function alertForm(words) {
  const line = dialog.querySelector('#form-alert')
  if (!line) return
  line.textContent = words
  line.scrollIntoView({ block: 'nearest' })
}

function checkFiles(input) {
  const most = Math.min(10, Number(input.dataset.most) || 10)
  const big = [...input.files].filter(file => file.size > largest)
  const many = input.files.length > most
  const error = input.closest('.field').querySelector('.error')
  error.textContent = many
    ? body.dataset.sayMany.replace('{max}', most)
    : big.map(file => body.dataset.sayBig.replace('{name}', file.name)).join('\n')
  if (many || big.length > 0) input.value = ''
}

// Only near the end does a count help; before that it is noise.
function countDown(input) {
  const max = Number(input.dataset.max)
  const left = max - input.value.length
  const line = document.getElementById(`${input.id}-count`)
  const say = number => Math.abs(number).toLocaleString(document.documentElement.lang)
  line.classList.toggle('over', left < 0)
  if (left < 0) line.textContent = body.dataset.sayOver.replace('{over}', say(left)).replace('{max}', say(max))
  else if (left < max / 10)
    line.textContent = body.dataset.sayLeft.replace('{left}', say(left)).replace('{max}', say(max))
  else line.textContent = ''
}

// A refused form comes back drawn anew; a browser cannot be told which files were chosen, so the inputs are kept.
document.addEventListener('htmx:before:swap', event => {
  if (!event.detail.tasks.some(task => task.target === dialog)) return
  const form = dialog.querySelector('form')
  files = form ? [form.dataset.form, ...dialog.querySelectorAll('[type=file]')] : []
})

document.addEventListener('htmx:after:settle', event => {
  if (event.detail.task.target === dialog) openForm()
})

function openForm() {
  const form = dialog.querySelector('form')
  const [id, ...inputs] = files
  files = []
  if (form.dataset.form === id) {
    for (const input of inputs) document.getElementById(input.id)?.replaceWith(input)
  } else changed = false
  for (const input of dialog.querySelectorAll('[data-max]')) countDown(input)
  if (!dialog.open) dialog.showModal()
  const field = dialog.querySelector('.wrong') ?? dialog.querySelector('.field')
  field?.querySelector('input:not([type=hidden]), textarea, select')?.focus()
  field?.scrollIntoView({ block: 'nearest' })
}

document.addEventListener('htmx:before:request', event => {
  if (!event.detail.ctx.sourceElement.matches('.form')) return
  alertForm('')
  const button = dialog.querySelector('footer .primary')
  button.dataset.label ??= button.textContent
  button.textContent = body.dataset.saySending
  dialog.ariaBusy = 'true'
})

document.addEventListener('htmx:finally:request', event => {
  const { ctx } = event.detail
  if (!ctx.sourceElement.matches('.form, #form')) return
  dialog.ariaBusy = 'false'
  const button = dialog.querySelector('footer .primary')
  if (button?.dataset.label) button.textContent = button.dataset.label
  if (!ctx.response?.headers.get('practice-done')) return
  changed = false
  dialog.close()
  dialog.replaceChildren()
})

document.addEventListener('htmx:response:error', event => {
  const { ctx } = event.detail
  if (ctx.sourceElement.matches('.form')) alertForm(ctx.text)
})
document.addEventListener('htmx:error', event => {
  if (event.detail.ctx?.sourceElement.matches('.form')) alertForm(body.dataset.sayOffline)
})

// A press that has to be confirmed asks in a dialog of the page, with the button's own words as the yes.
document.addEventListener('htmx:config:request', event => {
  const { ctx } = event.detail
  const question = ctx.request.submitter?.dataset.confirm
  if (question) ctx.confirm = question
})

document.addEventListener('htmx:confirm', event => {
  event.preventDefault()
  const { ctx, issueRequest, dropRequest } = event.detail
  const yes = confirmation.querySelector('[value=yes]')
  confirmation.querySelector('#confirm-words').textContent = ctx.confirm
  yes.textContent = ctx.request.submitter.textContent
  yes.className = ctx.request.submitter.classList.contains('danger') ? 'danger' : 'primary'
  confirmation.returnValue = ''
  confirmation.showModal()
  confirmation.addEventListener('close', () => (confirmation.returnValue === 'yes' ? issueRequest() : dropRequest()), {
    once: true,
  })
})

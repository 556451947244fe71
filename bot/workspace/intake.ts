import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { MessageRef, PracticeStore } from '../../workflows/delivery.ts'
import { type Phrase, phrase } from '../../workflows/phrase.ts'
import { say } from '../../workflows/text/say.ts'
import type { Interaction, Origin, Receive } from '../platform.ts'
import { type Deed, showAnswer } from './answer.ts'
import type { HubBody } from './body.ts'
import { longestWords } from './composer.ts'
import type { Env } from './guard.ts'
import { hubAuthor } from './message.ts'
import { addressOf, type Setting, type Sight, sightOf } from './setting.ts'
import { largestRequest, readUpload, type Upload } from './upload.ts'

/** What the intake needs of the workspace: where to write, whom to ask, and how to say that something was written. */
export type Intake = {
  readonly setting: Setting
  readonly store: PracticeStore
  /** Hands an interaction to the hub and counts it as in hand; null while the hub is not there. */
  readonly receive: () => Receive | null
  readonly written: () => void
  readonly failed: (error: unknown) => void
}

/** What a page sends becomes an interaction, and the hub's answer becomes pieces for that page. */
export function intakeRoutes(intake: Intake): Hono<Env> {
  const routes = new Hono<Env>()
  routes.use(
    '/as/*',
    bodyLimit({ maxSize: largestRequest, onError: c => sorry(c, intake, phrase('workspace.big-request'), 413) }),
  )
  routes.post('/as/:persona/say', c => take(c, intake, speak))
  routes.post('/as/:persona/press', c => take(c, intake, press))
  routes.post('/as/:persona/form', c => take(c, intake, submit))
  routes.post('/as/:persona/draft', c => take(c, intake, keepDraft))
  return routes
}

/** A deed and the interaction it is, or the reason why it is none. */
type Taken = { readonly deed: Deed; readonly interaction: Interaction } | { readonly refused: Phrase }
type Take = (upload: Upload, sight: Sight, intake: Intake) => Promise<Taken> | Taken

async function take(c: Context<Env>, intake: Intake, read: Take): Promise<Response> {
  const receive = intake.receive()
  const body = await c.req.parseBody({ all: true }).catch(unreadable)
  if (!body) return sorry(c, intake, phrase('workspace.broken'), 400)
  const upload = readUpload(body)
  const sight = sightOf(intake.setting, c.req.param('persona') ?? '', upload.fields.room ?? '')
  if (!sight) return sorry(c, intake, phrase('workspace.gone'), 404)
  if (upload.problem) return sorry(c, intake, upload.problem, 422)
  if (!receive) return sorry(c, intake, phrase('workspace.starting'), 503)
  try {
    const taken = await read(upload, sight, intake)
    if ('refused' in taken) return sorry(c, intake, taken.refused, 422)
    const answer = await receive(taken.interaction)
    const next = await showAnswer((await answer.later) ?? answer, taken.deed, sight)
    if (next.done) c.header('Practice-Done', 'yes')
    if (next.kept) c.header('Practice-Kept', 'yes')
    return c.html((await Promise.all(next.pieces)).join(''))
  } catch (error) {
    intake.failed(error)
    return sorry(c, intake, phrase('workspace.broken'), 500)
  }
}

/** What no page of ours would send is refused; what is too large is for the limit to answer. */
function unreadable(error: unknown): null {
  if (error instanceof Error && error.name === 'BodyLimitError') throw error
  return null
}

async function speak(upload: Upload, sight: Sight, intake: Intake): Promise<Taken> {
  const { key = '' } = upload.fields
  // Without a key of its own it would count as what came without one before.
  if (key === '') return { refused: phrase('workspace.broken') }
  const words = (upload.fields.words ?? '').trim()
  if (words.length > longestWords) {
    return { refused: phrase('workspace.long-words', { length: words.length, max: longestWords }) }
  }
  if (words === '' && upload.files.length === 0) return { refused: phrase('workspace.empty') }
  const origin = originOf(upload, sight, `workspace:${sight.persona.account}:${key}`)
  const typed = /^\/([\p{L}\p{N}_-]*)\s*([\s\S]*)$/u.exec(words)
  if (!typed) return talk(words, upload, origin, sight, intake)
  const name = typed[1]?.toLowerCase() ?? ''
  if (!sight.setting.commands.some(command => command.name === name)) {
    return { refused: phrase('workspace.unknown-command', { command: { words: words.split(/\s/, 1)[0] ?? '' } }) }
  }
  const deed = deedOf('command', upload, origin, sight, intake)
  return { deed: { ...deed, echo: words }, interaction: { ...origin, type: 'command', name, words: typed[2] ?? '' } }
}

/** The workspace is the chat tool too: it keeps what was said, then tells the hub, as every chat tool does. */
async function talk(words: string, upload: Upload, origin: Origin, sight: Sight, intake: Intake): Promise<Taken> {
  const files = upload.files.map(({ name, type, size }) => ({ name, type, size }))
  await intake.store.add({
    key: origin.key,
    room: addressOf(sight),
    thread: numberOf(upload.fields.thread),
    author: origin.account,
    body: { type: 'words', words, files },
    at: origin.at,
  })
  intake.written()
  const deed = deedOf('words', upload, origin, sight, intake)
  return { deed, interaction: { ...origin, type: 'message', words, files: upload.files } }
}

/** The same button on the same drawing of a message counts once; after an edit a press is a new intent. */
function press(upload: Upload, sight: Sight, intake: Intake): Taken {
  const { button = '', message = '', version = '' } = upload.fields
  const key = `workspace:press:${message}.${version}:${button}:${sight.persona.account}`
  const origin = originOf(upload, sight, key)
  const beside =
    message === '' ? `[data-private="${version.replace(/[^\w-]/g, '')}"]` : `[data-message="${Number(message)}"]`
  const deed = deedOf('press', upload, origin, sight, intake)
  const pressed = `${message || version} ${button}`
  return { deed: { ...deed, beside, pressed }, interaction: { ...origin, type: 'press', button } }
}

function submit(upload: Upload, sight: Sight, intake: Intake): Taken {
  const { 'form-id': form = '', command = '', about = '' } = upload.fields
  if (form === '') return { refused: phrase('workspace.broken') }
  const origin = originOf(upload, sight, form)
  const deed = deedOf('submission', upload, origin, sight, intake)
  const { values, files } = upload
  return { deed, interaction: { ...origin, type: 'submission', form, command, about, values, files } }
}

function keepDraft(upload: Upload, sight: Sight, intake: Intake): Taken {
  const { 'form-id': form = '', command = '', about = '' } = upload.fields
  if (form === '') return { refused: phrase('workspace.broken') }
  const origin = originOf(upload, sight, `draft:${form}`)
  const deed = deedOf('submission', upload, origin, sight, intake)
  return { deed, interaction: { ...origin, type: 'draft', form, command, about, values: upload.values } }
}

function originOf(upload: Upload, sight: Sight, key: string): Origin {
  const { message, thread } = upload.fields
  const room = addressOf(sight)
  const id = numberOf(message) ?? numberOf(thread)
  const under = numberOf(thread)
  const ref: MessageRef | null =
    id === null ? null : { room, id: String(id), ...(under === null ? {} : { thread: String(under) }) }
  const at = sight.setting.clock()
  return {
    platform: 'workspace',
    key,
    account: sight.persona.account,
    room: sight.room?.address ?? null,
    message: ref,
    at,
  }
}

function deedOf(type: Deed['type'], upload: Upload, origin: Origin, sight: Sight, intake: Intake): Deed {
  const { message = '', thread = '', pane } = upload.fields
  return {
    type,
    asked: { message, thread, pane: pane === 'thread' ? 'thread' : 'log' },
    echo: '',
    pressed: '',
    beside: '',
    publish: body => publish(body, `reply:${origin.key}`, numberOf(thread), sight, intake),
  }
}

async function publish(body: HubBody, key: string, thread: number | null, sight: Sight, intake: Intake): Promise<void> {
  const at = intake.setting.clock()
  await intake.store.add({ key, room: addressOf(sight), thread, author: hubAuthor, body, at })
  intake.written()
}

/** A plain sentence in the persona's language, which the page shows where the words were typed. */
function sorry(c: Context, intake: Intake, why: Phrase, status: 400 | 404 | 413 | 422 | 500 | 503): Response {
  const { personas, clock } = intake.setting
  const persona = personas.find(one => one.account === c.req.param('persona'))
  const { language, zone } = persona ?? { language: 'en', zone: 'UTC' }
  return c.text(say(why, { language, zone, now: clock(), person: () => null }), status)
}

function numberOf(text: string | undefined): number | null {
  return text && /^\d{1,15}$/.test(text) ? Number(text) : null
}

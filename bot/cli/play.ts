import { Readable } from 'node:stream'
import type { Reply } from '../../commands/command.ts'
import type { OpenForm, Values } from '../../commands/form.ts'
import type { Store } from '../../db/store.ts'
import { type Act, accountsOf, type Day, type Deed, planDay, type Report } from '../../workflows/day.ts'
import type { MessageRef } from '../../workflows/delivery.ts'
import { roomsOf } from '../../workflows/directory.ts'
import { ConfigError, ConflictError, HubError } from '../../workflows/errors.ts'
import { namedIn } from '../../workflows/hush.ts'
import type { IncidentId } from '../../workflows/ids.ts'
import type { Phrase } from '../../workflows/phrase.ts'
import { say } from '../../workflows/text/say.ts'
import type { Answer, IncomingFile, Interaction, Origin, Receive } from '../platform.ts'

/** What the demo day drives: the real hub on the practice database, with a clock that the demo sets. */
export type Stage = {
  readonly store: Store
  readonly receive: Receive
  /** Sets the hub's present, epoch ms. */
  readonly setClock: (at: number) => void
  /** Fires what is due by now, then delivers until nothing is left. @throws ConflictError when a race is lost */
  readonly settle: () => Promise<void>
  /** Keeps words that a person writes into a thread, as the chat tool does before it tells the hub. */
  readonly write: (words: string, by: Origin & { readonly room: string; readonly message: MessageRef }) => Promise<void>
  /** Makes the keys of this run differ from those of any other. */
  readonly run: string
  /** Hears after every act how far the day has come; `at` is the simulated time, epoch ms. */
  readonly told: (done: number, of: number, at: number) => void
}

/** What came of the day: how many reports and acts were taken, and each that was not, in words. */
export type Played = { readonly reports: number; readonly acts: number; readonly problems: readonly string[] }

/**
 * Plays the day over the 24 hours before `end` (epoch ms), every clock at its own hour. What is refused unexpectedly,
 * say because somebody works in the browser meanwhile, is listed and does not stop the day.
 * @throws ConfigError if the database does not hold the people of the day
 */
export async function playDay(day: Day, seed: number, end: number, stage: Stage): Promise<Played> {
  await requirePeople(day, stage.store)
  const plan = planDay(day, seed, end)
  const game: Game = { stage, now: (plan[0]?.at ?? end) - 1, ids: new Map(), acts: 0, problems: [] }
  for (const [index, act] of plan.entries()) {
    await advance(act.at, game)
    const problem = await perform(act, index, game)
    if (problem) game.problems.push(problem)
    else game.acts += 1
    await settle(game)
    stage.told(index + 1, plan.length, act.at)
  }
  await advance(end, game)
  return { reports: game.ids.size, acts: game.acts, problems: game.problems }
}

type Game = {
  readonly stage: Stage
  now: number
  readonly ids: Map<string, IncidentId>
  acts: number
  readonly problems: string[]
}

const quarter = 15 * 60_000
const mostTries = 5

async function requirePeople(day: Day, { roster }: Store): Promise<void> {
  const missing: string[] = []
  for (const account of accountsOf(day)) if (!(await roster.whose('workspace', account))) missing.push(account)
  if (missing.length === 0) return
  throw new ConfigError(
    'The demo day is written for the sample network, and nobody here has the practice account ' +
      missing.slice(0, 3).join(', ') +
      `${missing.length > 3 ? ` and ${missing.length - 3} more` : ''}. ` +
      'Unset NETWORK_FILE and run it with --fresh, or name another database in PRACTICE_DATABASE_URL.',
  )
}

/** Moves the clock to a time, stopping wherever a timer falls due and at every quarter of an hour. */
async function advance(to: number, game: Game): Promise<void> {
  const { store } = game.stage
  for (;;) {
    const due = (await store.timers.next()) ?? Number.POSITIVE_INFINITY
    const next = Math.min(Math.max(due, game.now), Math.floor(game.now / quarter + 1) * quarter)
    if (next > to) break
    move(next, game)
    for (let round = 1; round === 1 || (await isDue(game)); round++) {
      if (round > mostTries) throw new HubError(lost)
      await settle(game)
    }
  }
  move(to, game)
  await settle(game)
}

async function isDue({ stage, now }: Game): Promise<boolean> {
  const next = await stage.store.timers.next()
  return next !== null && next <= now
}

const lost =
  'The clocks were taken over by another process, so the demo stopped. What it played so far stays. Try again.'

function move(to: number, game: Game): void {
  game.now = to
  game.stage.setClock(to)
}

async function settle({ stage }: Game): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await stage.settle()
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === mostTries) throw error
    }
  }
}

/** Does one act; gives what went otherwise than the day says, or null. */
async function perform(act: Act, index: number, game: Game): Promise<string | null> {
  const { run } = game.stage
  const origin: Origin = {
    platform: 'workspace',
    key: `demo:${run}:${index}`,
    account: act.by,
    room: null,
    message: null,
    at: game.now,
  }
  switch (act.type) {
    case 'duty': {
      const words = act.hours > 0 ? `on ${act.hours}h` : 'off'
      return judge(`duty of ${act.by}`, await ask(command('duty', words), origin, game))
    }
    case 'report':
      return file(act.report, origin, game)
    case 'deed': {
      const what = `${act.name}: ${act.deed.do} by ${act.by}`
      const id = game.ids.get(act.name)
      const answer = id ? await carryOut(act.deed, id, origin, game) : null
      return answer ? judge(what, answer, act.deed.no) : `${what} was left out: there is no card of it`
    }
  }
}

async function file(report: Report, origin: Origin, game: Game): Promise<string | null> {
  const { name, what, where, danger, contact, known } = report
  const files = Array.from({ length: report.photos }, (_, index) => photo(index + 1))
  const sent = form('report', '', { what, where, danger: dangers[danger], contact }, origin.key)
  const answer = await ask({ ...sent, files }, origin, game)
  const id = idIn(answer.reply)
  if (!id) return judge(`${name}: report by ${report.by}`, answer) ?? `${name}: the receipt names no incident`
  game.ids.set(name, id)
  if (!known) return null
  const source = form('sources', id, { known, informed: [], consent: [] }, `${origin.key}:sources`)
  return judge(`${name}: how it is known`, await ask(source, origin, game))
}

async function carryOut(deed: Deed, id: IncidentId, origin: Origin, game: Game): Promise<Answer | null> {
  switch (deed.do) {
    case 'say':
      return talk(deed.words, id, origin, game)
    case 'add':
      return ask(form('add', id, { text: deed.words }, origin.key), origin, game)
    case 'merge':
      return ask(command('merge', `${id} ${game.ids.get(deed.into) ?? deed.into}`), origin, game)
    case 'handover':
      return ask(command('handover', `${id} ${await callsign(deed.to, game)} ${deed.words}`), origin, game)
    default:
      return ask(command(deed.do, 'words' in deed ? `${id} ${deed.words}` : id), origin, game)
  }
}

/** Somebody writes into the thread under the card in the first room of the incident's region; null if there is none. */
async function talk(words: string, id: IncidentId, origin: Origin, game: Game): Promise<Answer | null> {
  const { store, write } = game.stage
  const known = await store.incidents.find(id)
  const rooms = known ? roomsOf(store.roster.directory(), known.incident.region) : []
  const room = rooms.find(one => one.platform === 'workspace')
  const card = room && (await store.cards.message(id, room.id))
  if (!room || !card) return null
  const place = { ...origin, room: room.address, message: { ...card, thread: card.id } }
  await write(words, place)
  return ask({ type: 'message', words, files: [] }, place, game)
}

type Asked<Type extends Interaction['type']> = Omit<Extract<Interaction, { type: Type }>, keyof Origin>

async function ask(
  asked: Asked<'command'> | Asked<'submission'> | Asked<'message'>,
  origin: Origin,
  game: Game,
): Promise<Answer> {
  return game.stage.receive({ ...origin, ...asked } as Interaction)
}

async function callsign(account: string, { stage: { store } }: Game): Promise<string> {
  const found = await store.roster.whose('workspace', account)
  return (found && store.roster.directory().people.get(found.person)?.callsign) ?? account
}

function judge(what: string, { reply, reader }: Answer, no = false): string | null {
  const refused = reply.type === 'refused' || reply.type === 'failed' || reply.type === 'form'
  if (refused === no) return null
  if (!refused) return `${what} was taken, though the day expects a refusal`
  const reasons = reply.type === 'form' ? reasonsOf(reply.form) : [reply.phrase]
  return `${what} was refused: ${reasons.map(reason => say(reason, { ...reader, language: 'en' })).join(' ')}`
}

function reasonsOf({ notice, errors }: OpenForm): readonly Phrase[] {
  return [...(notice ? [notice] : []), ...Object.values(errors)]
}

function command(name: string, words: string): Asked<'command'> {
  return { type: 'command', name, words }
}

function form(name: string, about: string, values: Values, id: string): Asked<'submission'> {
  return { type: 'submission', form: id, command: name, about, values, files: [] }
}

const dangers = { S5: 'now', S4: 'hurt', S3: 'soon', S2: 'no' } as const

/** A receipt first names the incident that it is about. */
function idIn(reply: Reply): IncidentId | null {
  return (reply.type === 'view' && namedIn(reply.view)[0]) || null
}

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=',
  'base64',
)

function photo(number: number): IncomingFile {
  return { name: `photo-${number}.png`, type: 'image/png', size: pixel.length, open: () => Readable.from([pixel]) }
}

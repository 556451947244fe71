import type { Logger } from 'pino'
import type { Reply } from '../commands/command.ts'
import type { Store } from '../db/store.ts'
import type { IncidentAction } from '../workflows/action.ts'
import { standsAs } from '../workflows/alike.ts'
import { button } from '../workflows/button.ts'
import { ConflictError, InputError, RuleError, reasonOf, StoreError } from '../workflows/errors.ts'
import type { IncidentId } from '../workflows/ids.ts'
import { type Incident, isOpen, isWaiting } from '../workflows/incident.ts'
import { addedLines } from '../workflows/kept.ts'
import { isLate } from '../workflows/late.ts'
import { type Actor, mayReport, maySee } from '../workflows/permission.ts'
import { type Phrase, phrase } from '../workflows/phrase.ts'
import { placedText, placeWords } from '../workflows/placing.ts'
import type { Known } from '../workflows/ports.ts'
import type { Places } from '../workflows/routing.ts'
import { noEvidence } from '../workflows/tally.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import { plainView } from '../workflows/view.ts'
import { type Kept, keepFiles, letGo } from './attachments.ts'
import { type Identity, identify } from './identify.ts'
import { lostOf, tellWriter } from './lost.ts'
import type { Media } from './media/media.ts'
import { park } from './parking.ts'
import type { Interaction } from './platform.ts'
import { type Answers, alsoSafe, answersIn, answersUnder, giveAnswer } from './replies.ts'
import { type Afterthought, asItStands, retryAfterthought } from './reword.ts'
import { answerCounts, type Safety, safetyIn } from './safety.ts'
import { transact } from './transact.ts'

type Message = Extract<Interaction, { type: 'message' }>
type Tools = {
  readonly store: Store
  readonly taxonomy: Taxonomy
  readonly places: Places
  readonly media: Media
  readonly pause: (ms: number) => Promise<void>
  readonly log: Pick<Logger, 'warn'>
}

const nothing: Reply = { type: 'nothing' }
const recently = 7 * 24 * 60 * 60_000
const mostTries = 5
const mostChanged = 3

/**
 * Takes what somebody wrote: its files and words are stored first, then handled once. In an incident's thread it is
 * talk, in the direct conversation it is added to the writer's own report. What is stored but cannot be handled yet is
 * said so, and tried again by `retryTalk`.
 * @throws RuleError, InputError when it cannot be taken; StoreError when it could not be stored
 */
export async function handleTalk(message: Message, identity: Identity, now: number, tools: Tools): Promise<Reply> {
  const { store, log } = tools
  const sender = identity.actor && store.roster.directory().people.get(identity.actor.id)
  if (sender?.blocked) {
    const why = sender.hidden === 'cut' ? 'shield.paused' : 'triage.blocked-you'
    return message.room === null ? { type: 'refused', phrase: phrase(why) } : nothing
  }
  const known = await aboutWhich(message, identity.actor, now, store)
  if (message.ifAsked && !known?.safety && !(await answersTo(message, identity.actor, known, now, store)))
    return nothing
  const kept =
    known && identity.actor ? await keepFiles(message, identity.actor, known.incident.id, now, tools) : noFiles
  const stored: Stored = { message: { ...message, files: [] }, kept }
  const heard = { key: message.key, payload: JSON.stringify(stored), receivedAt: now }
  const fresh = await store.inbox.take(heard, inHand)
  if (!fresh && (await store.inbox.answer(message.key)) !== undefined) return nothing
  try {
    return await settled(stored, known, identity, now, tools)
  } catch (error) {
    if (error instanceof RuleError || error instanceof InputError) {
      await store.inbox.handled(message.key, now)
      await letGo(kept.files, now, store)
      throw error
    }
    log.warn({ err: error }, 'what somebody wrote is stored, but could not be handled yet')
    // Where even this fails, it is due as it stands.
    await store.inbox.failed(message.key, reasonOf(error), now + firstPause).catch(() => {})
    const view = plainView([phrase('hub.kept', { time: { time: now } })])
    return { type: 'view', private: true, view }
  }
}

/**
 * Handles what was stored and is due again, such as what a crash left. What cannot be taken, or not after several
 * tries, is told to whoever wrote it. Rejects only if the store does.
 */
export async function retryTalk(stored: Due, now: number, tools: Tools): Promise<void> {
  const { store, log } = tools
  let writer: Actor | null = null
  try {
    const { message, kept = noFiles } = JSON.parse(stored.payload) as Kinds
    if (message.type !== 'message') return await retryAfterthought(message, stored, now, tools)
    const identity = await identify(message, store)
    writer = identity.actor
    const known = await aboutWhich(message, writer, now, store)
    await settled({ message: { ...message, files: [] }, kept }, known, identity, now, tools)
  } catch (error) {
    const refused = error instanceof RuleError || error instanceof InputError
    log.warn({ err: error, attempts: stored.attempts }, 'what somebody wrote could not be handled')
    if (refused) {
      await tellWriter(writer, stored, error, now, store)
      return store.inbox.handled(stored.key, now)
    }
    const wait = nextTry(stored.attempts, error)
    if (wait !== null) return store.inbox.failed(stored.key, reasonOf(error), now + wait)
    await park(lostOf(stored), reasonOf(error), { store, now })
  }
}

/** What is kept of a message until it is handled: its files are kept already. */
type Stored = { readonly message: Message; readonly kept: Kept }
type Kinds = { readonly message: Message | Afterthought; readonly kept?: Kept }
type Due = Awaited<ReturnType<Store['inbox']['due']>>[number]

const noFiles: Kept = { files: [], evidence: noEvidence, fetches: [] }
const firstPause = 15_000
const longestPause = 10 * 60_000
// Longer than handling it takes, so that nobody else begins meanwhile.
const inHand = 60_000

function nextTry(attempts: number, error: unknown): number | null {
  // Nothing is wrong with it where the database is.
  if (error instanceof StoreError) return Math.min(longestPause, firstPause * 2 ** attempts)
  return attempts >= mostTries ? null : firstPause * 2 ** attempts
}

/** Where it was changed while it was taken, it is taken as it stands then. */
async function settled(...about: Parameters<typeof handle>): Promise<Reply> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await handle(...about)
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === mostChanged) throw error
    }
  }
}

async function handle(
  { message: sent, kept }: Stored,
  known: About | null,
  { actor, room }: Identity,
  now: number,
  tools: Tools,
): Promise<Reply> {
  const { store } = tools
  const answers = await answersTo(sent, actor, known, now, store)
  if (actor && answers) return giveAnswer(sent, answers, actor, now, tools)
  const under = actor && !known ? await answersUnder(sent, actor, room, now, store) : null
  if (actor && under) {
    const said = await giveAnswer(sent, under, actor, now, tools)
    // What people say to each other there is kept, and interrupts nobody.
    return under.given.said === null || under.given.answer === 'help' ? said : nothing
  }
  if (!actor || !known) {
    await store.inbox.handled(sent.key, now)
    return sent.room === null ? strangerOrHelp(actor) : nothing
  }
  const { message, spoken } = await asItStands(sent, store)
  if (!message || isOver(message, kept, now)) {
    await store.inbox.handled(sent.key, now)
    await letGo(kept.files, now, store)
    return nothing
  }
  if (known.safety) {
    await alsoSafe(message, actor, now, tools)
    return answerCounts(message, known.safety, actor, now, tools)
  }
  const { id } = known.incident
  const said = actionOf(message, kept, room?.id ?? null)
  const action = answerToWhere(message, kept, known, tools) ?? { ...said, ...writtenBefore(message, now) }
  const timed = action.type === 'add' && (await isFirstTimed(message, id, actor, store)) ? [phrase('talk.timed')] : []
  return transact(
    {
      key: message.key,
      actor,
      now,
      action: { type: 'incident', about: id, do: action },
      ...(spoken ? { spoken } : {}),
      words: known.words,
      files: kept.files,
      fetches: kept.fetches,
      say: ({ incident, entries }) => {
        const kept = [...addedLines(entries), ...timed]
        return known.own ? addedTo(known.own, kept) : answerTo(action, incident ?? known.incident, kept, store)
      },
    },
    tools,
  )
}

/** When it was written, if that is long ago; on Signal that is by the writer's own clock, which may be anything. */
function writtenBefore({ platform, at }: Message, now: number): { readonly written?: number } {
  return platform !== 'signal' && isLate(at, now) ? { written: at } : {}
}

/** Talk that has disappeared from its chat already is not kept; what is given as a report is. */
function isOver({ room, until }: Message, kept: Kept, now: number): boolean {
  return room !== null && until !== undefined && until <= now && !hasFiles(kept)
}

async function isFirstTimed({ until }: Message, id: IncidentId, actor: Actor, store: Store): Promise<boolean> {
  return until !== undefined && !(await store.utterances.timed(id, actor.id))
}

/** Where the place was asked, words that name one are the answer: it goes there. */
function answerToWhere(message: Message, kept: Kept, { incident, own }: About, tools: Tools): IncidentAction | null {
  if (own || message.room !== null || incident.place.state !== 'asked' || hasFiles(kept)) return null
  const network = { directory: tools.store.roster.directory(), places: tools.places }
  const { region, place } = placeWords(message.words, null, network)
  return place.state === 'found' ? { type: 'place', region, place, where: message.words } : null
}

function hasFiles({ files, fetches }: Kept): boolean {
  return files.length + fetches.length > 0
}

function answerTo(action: IncidentAction, incident: Incident, kept: readonly Phrase[], { roster }: Store): Reply {
  if (action.type === 'say') return nothing
  if (action.type !== 'place') return added(incident, kept)
  return { type: 'view', private: true, view: plainView([placedText(incident, roster.directory())]) }
}

function actionOf(
  message: Message,
  kept: Kept,
  room: Extract<IncidentAction, { type: 'say' }>['room'],
): Extract<IncidentAction, { type: 'say' | 'add' }> {
  if (message.room !== null && !hasFiles(kept)) return { type: 'say', text: message.words, room }
  return { type: 'add', text: message.words, room, evidence: kept.evidence }
}

async function aboutWhich(message: Message, actor: Actor | null, now: number, store: Store): Promise<About | null> {
  if (!actor) return null
  const safety = await safetyIn(message, actor, now, store)
  if (safety) return { ...safety.known, safety }
  const id = message.message && (await store.cards.at(message.platform, message.message))
  if (id) {
    const known = await store.incidents.find(id)
    return known && maySee(actor, known.incident) ? known : null
  }
  // In the direct conversation a thread under a receipt is the conversation too.
  if (message.room !== null) return null
  const own = await store.incidents.list({
    regions: 'all',
    viewer: actor.id,
    reporter: actor.id,
    since: now - recently,
    limit: 10,
  })
  const mine = own.items.filter(incident => incident.reporter === actor.id)
  // Of what they reported on another tool they are told there.
  const here = mine.filter(incident => incident.account === actor.account)
  const freshest = (here.some(isOpen) ? here : mine).toSorted(
    (one, other) => lastSpokenOf(other) - lastSpokenOf(one),
  )[0]
  if (!freshest) return null
  const known = await standsAs(freshest.id, store.incidents)
  return known && (known.incident.id === freshest.id ? known : { ...known, own: freshest })
}

/** The broadcast that words answer; null where they answer a head count, or tell more of a report of theirs. */
async function answersTo(
  message: Message,
  actor: Actor | null,
  known: About | null,
  now: number,
  store: Store,
): Promise<Answers | null> {
  if (!actor || known?.safety) return null
  const own = known && (known.own ?? known.incident)
  // Where the place is asked, words name one.
  const spokenAt = own && (own.place.state === 'asked' && isOpen(own) ? now : lastSpokenOf(own))
  return answersIn(message, actor, spokenAt, now, store)
}

/**
 * What words are about; `own`: the writer's report, where that is part of another by now; `safety`: they answer whether
 * they are safe.
 */
type About = Known & { readonly own?: Incident; readonly safety?: Safety }

// What the hub told the reporter last is what they answer: that it was received, taken, or ended.
function lastSpokenOf({ reportedAt, claimedAt, resolvedAt }: Incident): number {
  return Math.max(reportedAt, claimedAt ?? 0, resolvedAt ?? 0)
}

// Their own number says enough: of the other they may know nothing.
function addedTo({ id }: Incident, kept: readonly Phrase[]): Reply {
  return { type: 'view', private: true, view: plainView([phrase('hub.added', { id }), ...kept]) }
}

function added(incident: Incident, kept: readonly Phrase[]): Reply {
  const { id } = incident
  const said = phrase(isWaiting(incident) ? 'triage.added' : 'hub.added', { id })
  const view = isOpen(incident)
    ? plainView([said, ...kept], [button('place', incident), button('withdraw', incident)])
    : plainView([phrase('hub.added-ended', { id }), ...kept], [reportAnew])
  return { type: 'view', private: true, view }
}

const reportAnew = { id: 'report', label: phrase('button.report') }

function strangerOrHelp(actor: Actor | null): Reply {
  if (!actor) return { type: 'refused', phrase: phrase('hub.stranger') }
  if (!actor.vetted) return { type: 'view', private: true, view: plainView([phrase('triage.hello')], [reportAnew]) }
  const buttons = mayReport(actor) ? [reportAnew] : []
  return { type: 'view', private: true, view: plainView([phrase('hub.hello')], buttons) }
}

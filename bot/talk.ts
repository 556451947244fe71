import type { Reply } from '../commands/command.ts'
import type { Store } from '../db/store.ts'
import type { IncidentAction } from '../workflows/action.ts'
import { button } from '../workflows/card.ts'
import { HubError, InputError, RuleError } from '../workflows/errors.ts'
import { isOpen } from '../workflows/incident.ts'
import { type Actor, actsAs, maySee } from '../workflows/permission.ts'
import { phrase } from '../workflows/phrase.ts'
import type { Known } from '../workflows/ports.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import { plainView } from '../workflows/view.ts'
import { type Kept, keepFiles } from './attachments.ts'
import type { Identity } from './identify.ts'
import type { Interaction } from './platform.ts'
import { transact } from './transact.ts'

type Message = Extract<Interaction, { type: 'message' }>
type Tools = {
  readonly store: Store
  readonly taxonomy: Taxonomy
  readonly pause: (ms: number) => Promise<void>
}

const nothing: Reply = { type: 'nothing' }
const recently = 7 * 24 * 60 * 60_000
const mostTries = 5

/**
 * Takes what somebody wrote: stored first, then handled once. In an incident's thread it is talk, in the direct
 * conversation it is added to the writer's own report. A failure is tried again with growing pauses, then parked with
 * the words kept.
 */
export async function handleTalk(message: Message, identity: Identity, now: number, tools: Tools): Promise<Reply> {
  const { store } = tools
  const payload = JSON.stringify({ ...message, files: [] })
  const fresh = await store.inbox.take({ key: message.key, payload, receivedAt: now })
  if (!fresh && (await store.inbox.answer(message.key)) !== undefined) return nothing
  try {
    return await handle(message, identity, now, tools)
  } catch (error) {
    if (error instanceof RuleError || error instanceof InputError) {
      await store.inbox.handled(message.key, now)
      throw error
    }
    const reason = error instanceof HubError ? error.message : String(error)
    await store.inbox.failed(message.key, reason, now + 15_000)
    throw error
  }
}

/** How long to wait before the next try of a message, ms; null when it is to be parked. */
export function nextTry(attempts: number): number | null {
  return attempts >= mostTries ? null : 15_000 * 2 ** attempts
}

async function handle(message: Message, { actor, room }: Identity, now: number, tools: Tools): Promise<Reply> {
  const { store } = tools
  const known = await aboutWhich(message, actor, now, store)
  if (!actor || !known) {
    await store.inbox.handled(message.key, now)
    return message.room === null ? strangerOrHelp(actor) : nothing
  }
  const kept = await keepFiles(message, actor, now, store)
  const { id } = known.incident
  const action = actionOf(message, kept, room?.id ?? null)
  return transact(
    {
      key: message.key,
      actor,
      now,
      action: { type: 'incident', about: id, do: action },
      words: known.words,
      files: kept.files,
      say: () => (action.type === 'say' ? nothing : added(known)),
    },
    tools,
  )
}

function actionOf(
  message: Message,
  kept: Kept,
  room: Extract<IncidentAction, { type: 'say' }>['room'],
): IncidentAction {
  if (message.room !== null && kept.files.length === 0) return { type: 'say', text: message.words, room }
  return { type: 'add', text: message.words, evidence: kept.evidence }
}

async function aboutWhich(message: Message, actor: Actor | null, now: number, store: Store): Promise<Known | null> {
  if (!actor) return null
  if (message.message) {
    const id = await store.cards.at(message.platform, message.message)
    const known = id && (await store.incidents.find(id))
    return known && maySee(actor, known.incident) ? known : null
  }
  if (message.room !== null) return null
  const own = await store.incidents.list({
    regions: 'all',
    viewer: actor.id,
    reporter: actor.id,
    since: now - recently,
    limit: 10,
  })
  const freshest = own.items
    .filter(incident => incident.reporter === actor.id && incident.status !== 'duplicate')
    .sort((one, other) => Number(isOpen(other)) - Number(isOpen(one)) || other.reportedAt - one.reportedAt)[0]
  return freshest ? store.incidents.find(freshest.id) : null
}

function added({ incident }: Known): Reply {
  return {
    type: 'view',
    private: true,
    view: plainView(
      [phrase('hub.added', { id: incident.id })],
      [button('place', incident), button('withdraw', incident)],
    ),
  }
}

function strangerOrHelp(actor: Actor | null): Reply {
  if (!actor) return { type: 'refused', phrase: phrase('hub.stranger') }
  const buttons = actsAs(actor, 'mediator') ? [{ id: 'report', label: phrase('button.report') }] : []
  return { type: 'view', private: true, view: plainView([phrase('hub.hello')], buttons) }
}

import type { Logger } from 'pino'
import type { Context, Leasing, OneTimeLink, Reply, Request, Sequel } from '../commands/command.ts'
import type { Store } from '../db/store.ts'
import { passphraseView } from '../workflows/export/view.ts'
import { identityView } from '../workflows/identity.ts'
import type { PersonId } from '../workflows/ids.ts'
import { contactView } from '../workflows/library/roster.ts'
import { fitView } from '../workflows/text/fit.ts'
import { batchFor, batchSize } from '../workflows/triage.ts'
import { readerOf } from './identify.ts'
import { newPassphrase } from './passphrase.ts'
import type { Answer, Interaction } from './platform.ts'

/** What follows once something is committed, and how a question that was answered is replaced in its place. */
export type SequelOptions = {
  readonly store: Store
  readonly clock: () => number
  readonly replace: (asked: Interaction, answer: Answer) => Promise<void>
  /** Makes somebody's link to their calendar; null where none may be given out. */
  readonly feed?: (person: PersonId, now: number) => Promise<OneTimeLink | null>
  readonly log: Pick<Logger, 'warn'>
}

/** What was asked, by whom, and how. */
export type Asked = { readonly request: Request; readonly context: Context; readonly interaction: Interaction }

/**
 * The answer once the sequel of what was done is done too. It never rejects: what is committed stays committed, so
 * where the sequel fails whoever asked gets the answer to what they did.
 */
export async function followUp(sequel: Sequel, said: Reply, asked: Asked, options: SequelOptions): Promise<Reply> {
  try {
    return await done(sequel, said, asked, options)
  } catch (error) {
    options.log.warn({ err: error, sequel: sequel.type }, 'it was done, but what follows failed')
    return said
  }
}

/** Takes a batch of the triage queue, or goes on with theirs, and shows it. */
export async function leaseBatch(
  { regions, show }: Leasing,
  said: Reply | null,
  { actor, now }: Context,
  store: Store,
): Promise<Reply> {
  const ask = { person: actor.id, regions, name: now.toString(36), limit: batchSize, ms: batchFor }
  return show(await store.triage.take(ask, now), said)
}

const mostEntries = 1000

async function done(sequel: Sequel, said: Reply, asked: Asked, options: SequelOptions): Promise<Reply> {
  switch (sequel.type) {
    case 'lease':
      return leaseBatch(sequel, said, asked.context, options.store)
    case 'reveal':
      return opened(sequel.person, said, asked.request, options.store)
    case 'contact': {
      const secret = await options.store.messengers.secret(sequel.messenger)
      const messenger = await options.store.messengers.find(sequel.messenger)
      return messenger && secret ? { type: 'view', view: contactView(messenger, secret), private: true } : said
    }
    case 'feed': {
      const link = await options.feed?.(asked.context.actor.id, asked.context.now)
      return link ? sequel.show(link) : said
    }
    case 'passphrase': {
      const found = await options.store.exports.find(sequel.export)
      const secret = await options.store.exports.secret(sequel.export, newPassphrase(), options.clock())
      return found && secret ? { type: 'view', view: passphraseView(found, secret), private: true } : said
    }
    case 'replace':
      await replaced(said, asked, options)
      return said
  }
}

/** A sealed name, once it is on record that it was opened; what is kept of the answer does not hold it. */
async function opened(person: PersonId, said: Reply, { incident }: Request, store: Store): Promise<Reply> {
  if (!incident) return said
  const { id } = incident.incident
  const entries = await store.incidents.timeline(id, mostEntries)
  const view = identityView(incident.incident, await store.held.identity(person), entries)
  return { type: 'view', view, private: true }
}

/** Nobody is left with buttons of a question that they have answered. */
async function replaced(said: Reply, { context, interaction }: Asked, options: SequelOptions): Promise<void> {
  if (interaction.type !== 'press' || interaction.room !== null || !interaction.message || said.type !== 'view') return
  const reader = readerOf(context.actor, null, options.store.roster.directory(), options.clock())
  const view = fitView({ ...said.view, buttons: [] }, reader)
  await options.replace(interaction, { reply: { ...said, view }, reader })
}

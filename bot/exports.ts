import { setImmediate as breathe } from 'node:timers/promises'
import type { Store } from '../db/store.ts'
import { personAsking } from '../workflows/directory.ts'
import type { ExportFiles } from '../workflows/export/link.ts'
import { endingOf, isIdentifiable, mediaOf } from '../workflows/export/plan.ts'
import { againFor, type ExportId, mayExport, mayTake } from '../workflows/export/request.ts'
import type { LonLat } from '../workflows/export/row.ts'
import { exportItem } from '../workflows/export/view.ts'
import { planText } from '../workflows/export/wording.ts'
import { type Phrase, phrase } from '../workflows/phrase.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import type { NotShown } from '../workflows/viewing.ts'
import { beginExport } from './export.ts'
import { actorOf, readerOf } from './identify.ts'
import { newPassphrase } from './passphrase.ts'

type Options = {
  readonly store: Pick<Store, 'tickets' | 'roster' | 'exports'>
  readonly taxonomy: Taxonomy
  readonly centre: (fips: string) => LonLat | null
  readonly clock: () => number
}

/** Joins links, rights and what is kept: that a file was taken is on record before its first byte goes out. */
export function createExportFiles({ store, taxonomy, centre, clock }: Options): ExportFiles {
  async function judge(secret: string) {
    const now = clock()
    const found = await store.tickets.find(secret, null, now)
    const directory = store.roster.directory()
    const person = found && personAsking(directory, found.ticket.person)
    if (!found || !person || found.ticket.item !== exportItem) return gone
    const { ticket } = found
    const id = ticket.incident as ExportId
    const actor = actorOf(person, { account: null, platform: ticket.platform }, directory)
    const reader = readerOf(actor, null, directory, now)
    const no = (why: NotShown['why'], said: Phrase): NotShown => ({ type: 'not-shown', why, phrase: said, reader })
    if (found.browser !== 'none') return no('other', phrase('export.page-spent', { id }))
    const one = await store.exports.find(id)
    if (one?.by !== person.id) return no('refused', phrase('export.unknown', { id }))
    if (!mayTake(one, now))
      return no('refused', phrase(one.state === 'taken' && one.until > now ? 'export.taken' : 'export.over', { id }))
    // A role that was lost since then opens nothing.
    if (!mayExport(actor, one.plan)) return no('refused', phrase('export.who'))
    const what = planText(one.plan, directory)
    return { type: 'export', export: id, what, one, reader, directory, no } as const
  }

  return {
    async find(secret) {
      const judged = await judge(secret)
      if (judged.type !== 'export') return judged
      const { export: id, what, reader } = judged
      return { type: 'export', export: id, what, reader }
    },
    async take(secret) {
      const judged = await judge(secret)
      if (judged.type !== 'export') return judged
      const { export: id, what, one, reader, directory, no } = judged
      const at = clock()
      const { plan } = one
      const locked = isIdentifiable(plan)
      const passphrase = locked ? await store.exports.secret(id, newPassphrase(), at) : null
      if (locked && passphrase === null) return no('refused', phrase('export.over', { id }))
      if (!(await store.tickets.bind(secret, at)) || !(await store.exports.take(id, at, at - againFor)))
        return no('other', phrase('export.page-spent', { id }))
      const file = `${id}.${endingOf(plan)}${locked ? '.age' : ''}`
      const media = locked ? 'application/octet-stream' : mediaOf(plan)
      const source = { pages: store.exports, directory, taxonomy, centre, plan, at, name: id }
      const bytes = out(source, passphrase)
      return { type: 'export', export: id, what, reader, file, media, bytes }
    },
  }

  async function* out(
    source: Parameters<typeof beginExport>[0],
    passphrase: string | null,
  ): AsyncGenerator<Uint8Array> {
    const { tally, pieces } = await beginExport(source)
    // Read when the first file is locked: most hubs never do.
    const { inBytes, locked } = await import('./locked.ts')
    const bytes = inBytes(patient(pieces))
    yield* passphrase === null ? bytes : await locked(bytes, passphrase)
    await store.exports.gone(source.name as ExportId, tally.written)
  }
}

/** Between two pages everybody else has their turn. */
async function* patient(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const piece of pieces) {
    await breathe()
    yield piece
  }
}

const gone: NotShown = { type: 'not-shown', why: 'gone', phrase: phrase('page.gone'), reader: null }

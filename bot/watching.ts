import type { Store } from '../db/store.ts'
import { type LiveTables, liveItem } from '../workflows/broadcast/answer/live.ts'
import { readTable, tableView } from '../workflows/broadcast/answer/table.ts'
import { readTableFor } from '../workflows/broadcast/answer/tabled.ts'
import { personAsking } from '../workflows/directory.ts'
import { RuleError } from '../workflows/errors.ts'
import { readBroadcastId } from '../workflows/ids.ts'
import { refusal } from '../workflows/permission.ts'
import { phrase } from '../workflows/phrase.ts'
import type { NotShown } from '../workflows/viewing.ts'
import { actorOf, readerOf } from './identify.ts'

type Options = {
  readonly store: Pick<Store, 'tickets' | 'roster' | 'broadcasts' | 'incidents'>
  readonly clock: () => number
}

/** Joins links, rights and the table as it stands at each look. */
export function createLiveTables({ store, clock }: Options): LiveTables {
  return {
    async find(secret, browser, narrowed) {
      const now = clock()
      const found = await store.tickets.find(secret, browser, now)
      const directory = store.roster.directory()
      const person = found && personAsking(directory, found.ticket.person)
      if (!found || !person || found.ticket.item !== liveItem) return gone
      const actor = actorOf(person, { account: null, platform: found.ticket.platform }, directory)
      const reader = readerOf(actor, null, directory, now)
      const id = readBroadcastId(found.ticket.incident)
      const refused = refusal('lead', actor, null, '')
      if (refused) return { type: 'not-shown', why: 'refused', phrase: refused, reader }
      if (!id) return gone
      if (found.browser === 'other')
        return { type: 'not-shown', why: 'other', phrase: phrase('answer.live-other'), reader }
      if (found.browser === 'none') return { type: 'live', broadcast: id, view: null, reader }
      const wish = readTable({ from: 'press', words: id, assumed: narrowed }, directory)
      if (!wish) return gone
      const { broadcasts, incidents } = store
      try {
        const table = await readTableFor(wish, rows, { read: { broadcasts, incidents, directory }, actor })
        return { type: 'live', broadcast: id, view: tableView(table, directory), reader }
      } catch (error) {
        if (error instanceof RuleError) return { type: 'not-shown', why: 'refused', phrase: error.phrase, reader }
        throw error
      }
    },
    bind: secret => store.tickets.bind(secret, clock()),
  }
}

// A page is drawn anew every few seconds: no more than people read.
const rows = 100
const gone: NotShown = { type: 'not-shown', why: 'gone', phrase: phrase('answer.live-gone'), reader: null }

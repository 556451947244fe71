import { hash } from 'node:crypto'
import type { Store } from '../db/store.ts'
import type { FoundTicket } from '../db/tickets.ts'
import type { CalendarDay } from '../workflows/agenda/calendar.ts'
import { type Board, boardOf } from '../workflows/board/board.ts'
import { whyNotBoard } from '../workflows/board/right.ts'
import { type BoardScope, readBoardItem, sessionItem } from '../workflows/board/scope.ts'
import type { BoardSeen, Boards } from '../workflows/board/session.ts'
import { personAsking } from '../workflows/directory.ts'
import { leaves } from '../workflows/edition.ts'
import type { Actor } from '../workflows/permission.ts'
import { type Phrase, phrase } from '../workflows/phrase.ts'
import type { Places } from '../workflows/routing.ts'
import { readSitrep } from '../workflows/sitrep.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import type { Reader } from '../workflows/text/say.ts'
import type { NotShown } from '../workflows/viewing.ts'
import { actorOf, readerOf } from './identify.ts'
import { sitrepReads } from './summaries.ts'

/** What boards work with; `address` is where the hub's pages are reached. */
export type BoardOptions = {
  readonly store: Store
  readonly taxonomy: Taxonomy
  readonly places: Places
  readonly calendar: readonly CalendarDay[]
  readonly clock: () => number
  readonly address: () => string
}

const lifetime = 60 * 60_000
// Many may watch: what one has just read is good for the others, and for the same one again.
const freshMs = 10_000
const mostKept = 40
const day = 24 * 60 * 60_000
// Some are left out for their reader, and sixty are shown.
const mostRead = 200

/** Joins links, sessions, rights and figures. */
export function createBoards(options: BoardOptions): Boards {
  const { store, clock, address } = options
  const kept = new Map<string, { readonly at: number; readonly board: Promise<Board> }>()
  let last: Promise<unknown> = Promise.resolve()

  async function judge(secret: string, type: 'link' | 'session'): Promise<Case | NotShown> {
    const now = clock()
    const found = await store.tickets.find(secret, null, now)
    const item = found && readBoardItem(found.ticket.item)
    if (!found || item?.type !== type) return none(type)
    const directory = store.roster.directory()
    const { ticket } = found
    const person = personAsking(directory, ticket.person)
    // The link came through an account: whoever has it no longer may have lost the phone that it was on.
    const through = person?.accounts.find(account => account.platform === ticket.platform)
    if (!person || !through || person.blocked || person.hidden === 'cut') return none(type)
    const actor = actorOf(person, { account: through.id, platform: ticket.platform }, directory)
    const reader = readerOf(actor, null, directory, now)
    const refused = whyNotBoard(actor, item.scope)
    if (refused) return { type: 'not-shown', why: 'refused', phrase: refused, reader }
    if (found.browser === 'none') return { type: 'case', ticket, scope: item.scope, actor, reader }
    const said = phrase(type === 'link' ? 'board.spent' : 'board.ended')
    return { type: 'not-shown', why: 'other', phrase: said, reader }
  }

  function fresh({ actor, scope }: Case, now: number): Promise<Board> {
    const key = keyOf(actor, scope)
    const known = kept.get(key)
    if (known && now - known.at < freshMs && now >= known.at) return known.board
    // One at a time: many boards must not keep the database from what people send in.
    const board = last.then(() => read(actor, scope, now, options))
    last = board.catch(() => {})
    kept.delete(key)
    kept.set(key, { at: now, board })
    board.catch(() => kept.get(key)?.board === board && kept.delete(key))
    const [oldest] = kept.keys()
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
    return board
  }

  return {
    closed: () => whyClosed(address()),

    async find(secret) {
      const judged = await judge(secret, 'link')
      if (judged.type !== 'case') return judged
      return { type: 'gate', network: store.roster.directory().name, reader: judged.reader }
    },

    async open(secret) {
      const judged = await judge(secret, 'link')
      if (judged.type !== 'case') return judged
      const now = clock()
      const { ticket, scope, reader } = judged
      if (!(await store.tickets.bind(secret, now)))
        return { type: 'not-shown', why: 'other', phrase: phrase('board.spent'), reader }
      const until = now + lifetime
      const session = await store.tickets.issue({ ...ticket, item: sessionItem(scope), until }, now)
      return { type: 'opened', session, until }
    },

    async look(session): Promise<BoardSeen | NotShown> {
      const judged = await judge(session, 'session')
      if (judged.type !== 'case') return judged
      const { ticket, reader } = judged
      return { type: 'board', board: await fresh(judged, clock()), reader, until: ticket.until }
    },

    async end(session) {
      const judged = await judge(session, 'session')
      if (judged.type === 'case') await store.tickets.bind(session, clock())
    },
  }
}

/** Why no board may be opened by that address: it is neither https nor this machine itself; null if it may. */
export function whyClosed(address: string): Phrase | null {
  const { protocol, hostname } = new URL(address)
  const here = hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname)
  return protocol === 'https:' || here ? null : phrase('board.https')
}

type Case = {
  readonly type: 'case'
  readonly ticket: FoundTicket['ticket']
  readonly scope: BoardScope
  readonly actor: Actor
  readonly reader: Reader
}

function none(type: 'link' | 'session'): NotShown {
  const said = phrase(type === 'link' ? 'board.gone' : 'board.ended')
  return { type: 'not-shown', why: 'gone', phrase: said, reader: null }
}

/** Two people share what was read only where they may see the same. */
function keyOf(actor: Actor, scope: BoardScope): string {
  const { id, platform, roles, regions, zone } = actor
  return hash('sha256', JSON.stringify([id, platform, roles, regions, zone, scope]))
}

async function read(actor: Actor, scope: BoardScope, now: number, options: BoardOptions): Promise<Board> {
  const { store, taxonomy, places } = options
  const { edition, regions } = scope
  const directory = store.roster.directory()
  // What came in at this very moment is in it.
  const span = { from: now + 1 - day, to: now + 1 }
  const asked = { span, regions, edition, taxonomy, zone: actor.zone, now }
  const given = await readSitrep(sitrepReads(options, now), asked)
  const open = leaves(edition)
    ? []
    : (await store.incidents.list({ regions, viewer: actor.id, open: true, limit: mostRead })).items
  return boardOf({ ...given, incidents: open }, { scope, actor, directory, taxonomy, places })
}

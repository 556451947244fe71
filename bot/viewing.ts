import type { OneTimeLink, Showing } from '../commands/command.ts'
import type { Store } from '../db/store.ts'
import type { Ticket } from '../db/tickets.ts'
import type { IncidentAction } from '../workflows/action.ts'
import { readBoardItem } from '../workflows/board/scope.ts'
import { liveItem } from '../workflows/broadcast/answer/live.ts'
import { answersItem } from '../workflows/broadcast/answer/sheet.ts'
import { type Item, type Shown, whyNotExport, whyNotOpen } from '../workflows/custody.ts'
import { personAsking, personNow } from '../workflows/directory.ts'
import { InputError, RuleError } from '../workflows/errors.ts'
import type { EvidenceItem } from '../workflows/evidence.ts'
import { collect, family, openable } from '../workflows/exhibit.ts'
import { exportItem } from '../workflows/export/view.ts'
import type { IncidentId } from '../workflows/ids.ts'
import type { Incident } from '../workflows/incident.ts'
import { manifestOf } from '../workflows/manifest.ts'
import type { Actor } from '../workflows/permission.ts'
import { type Phrase, phrase } from '../workflows/phrase.ts'
import { asSeen } from '../workflows/sight.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import type { NotShown, Viewed, Viewing } from '../workflows/viewing.ts'
import { whyClosed } from './board.ts'
import { actorOf, readerOf } from './identify.ts'
import { isTable } from './tables.ts'
import { transact } from './transact.ts'

/** What viewing works with; `address` is where the hub's pages are reached, without a slash at its end. */
export type ViewingOptions = {
  readonly store: Store
  readonly taxonomy: Taxonomy
  readonly clock: () => number
  readonly address: () => string
  readonly pause: (ms: number) => Promise<void>
}

/** Evidence as it is looked at: the one-time links to it, and what the pages behind them may show. */
export type Views = Viewing & {
  /** Makes the one-time link to something that this person may look at. */
  readonly link: (showing: Showing, actor: Actor, now: number) => Promise<OneTimeLink>
}

const lifetime = 10 * 60_000
// What is watched while a broadcast goes out and is answered, by the one browser that it belongs to.
const watched = 4 * 60 * 60_000

/** Joins links, rights, the timeline and the kept bytes: whatever is shown was committed as opened before. */
export function createViewing(options: ViewingOptions): Views {
  const { store, clock, address } = options

  /** Judges a link anew: whether it holds, for this browser, and whether its person may still look. */
  async function judge(secret: string, browser: string | null): Promise<Case | NotShown> {
    const now = clock()
    const found = await store.tickets.find(secret, browser, now)
    if (!found) return gone
    const directory = store.roster.directory()
    const { ticket } = found
    const person = personAsking(directory, ticket.person)
    if (!person) return gone
    const actor = actorOf(person, { account: null, platform: ticket.platform }, directory)
    const reader = readerOf(actor, null, directory, now)
    const no = (why: NotShown['why'], said: Phrase): NotShown => ({ type: 'not-shown', why, phrase: said, reader })
    if (found.browser === 'other') return no('other', phrase('page.other', { id: ticket.incident }))
    const known = isOfOther(ticket) ? null : await store.incidents.find(ticket.incident as IncidentId)
    if (!known) return no('refused', phrase('refusal.unknown', { id: ticket.incident }))
    const { incident } = known
    const kept = ticket.item === null ? null : await itemOf(ticket.item, incident)
    if (kept === 'gone') return no('refused', phrase('look.gone', { id: incident.id }))
    const item = kept?.item ?? null
    const refused = kept
      ? whyNotOpen(actor, incident, kept.item.by, directory, kept.part)
      : whyNotExport(actor, incident, directory)
    if (refused) return no('refused', refused)
    const viewed: Viewed = {
      type: 'viewed',
      incident: incident.id,
      item,
      reader,
      callsign: actor.callsign,
      maySave: whyNotExport(actor, incident, directory) === null,
      until: ticket.until,
      fresh: found.browser === 'none',
    }
    return { type: 'case', ticket, incident, item, actor, viewed, no }
  }

  async function itemOf(id: string, incident: Incident): Promise<{ item: EvidenceItem; part: Incident } | 'gone'> {
    const item = await store.files.find(id)
    const parts = item?.incident ? await family(incident, store) : []
    const part = parts.find(one => one.id === item?.incident)
    return item && part ? { item, part } : 'gone'
  }

  /** Judges a link that must belong to this browser already, so that a guess or a copied link shows nothing. */
  async function own(secret: string, browser: string | null): Promise<Case | NotShown> {
    const judged = await judge(secret, browser)
    if (judged.type === 'case' && judged.viewed.fresh) return judged.no('other', phrase('page.start'))
    return judged
  }

  async function commit(key: string, judged: Case, action: IncidentAction): Promise<Viewed | NotShown> {
    const { actor, incident, viewed, no } = judged
    const words = { what: null, where: null }
    const unit = { key, actor, now: clock(), words, say: () => ({ type: 'nothing' }) as const }
    try {
      await transact({ ...unit, action: { type: 'incident', about: incident.id, do: action } }, options)
      return viewed
    } catch (error) {
      if (error instanceof RuleError) return no('refused', error.phrase)
      if (error instanceof InputError) return no('reason', Object.values(error.fields)[0] as Phrase)
      throw error
    }
  }

  async function done(key: string): Promise<boolean> {
    return (await store.inbox.answer(key)) !== undefined
  }

  return {
    async link({ incident, item }, { id: person, platform }, now) {
      const closed = readBoardItem(item) && whyClosed(address())
      if (closed) throw new RuleError(closed)
      const until = now + (item === liveItem ? watched : lifetime)
      const secret = await store.tickets.issue({ incident, item, person, platform, until }, now)
      return { url: `${address()}/${pageOf(item)}/${secret}`, until }
    },

    async find(secret, browser) {
      const judged = await judge(secret, browser)
      return judged.type === 'case' ? judged.viewed : judged
    },

    bind: secret => store.tickets.bind(secret, clock()),

    async open(secret, browser, copy) {
      const judged = await own(secret, browser)
      if (judged.type !== 'case') return judged
      if (!judged.item) return judged.viewed
      const action: IncidentAction = { type: 'open-evidence', item: briefOf(judged.item), copy }
      return commit(openedKey(secret, copy), judged, action)
    },

    async save(secret, browser, reason) {
      const judged = await own(secret, browser)
      if (judged.type !== 'case') return judged
      const item = judged.item && briefOf(judged.item)
      return commit(savedKey(secret), judged, { type: 'export-evidence', item, reason })
    },

    async copy(secret, browser, look) {
      const judged = await own(secret, browser)
      if (judged.type !== 'case') return judged
      if (!judged.item || !(await done(openedKey(secret, look)))) return judged.no('refused', phrase('page.start'))
      return store.files.copy(judged.item.id, look)
    },

    async whole(secret, browser, use) {
      const judged = await own(secret, browser)
      if (judged.type !== 'case') return judged
      const { item, incident, no, viewed } = judged
      const opened = use === 'look' ? await done(openedKey(secret, 'original')) : await done(savedKey(secret))
      if (!item || !opened || (use === 'keep' && !viewed.maySave)) return no('refused', phrase('page.start'))
      const read = (from: number) => store.files.read(item.id, from)
      return { type: 'whole', item, incident: incident.id, read }
    },

    async record(secret, browser) {
      const judged = await own(secret, browser)
      if (judged.type !== 'case') return judged
      const { incident, actor, viewed, no } = judged
      if (!viewed.maySave || !(await done(savedKey(secret)))) return no('refused', phrase('page.start'))
      const sources = { incidents: store.incidents, evidence: store.files.list }
      const directory = store.roster.directory()
      const name = (id: Actor['id']) => personNow(directory, id)?.callsign ?? null
      const made = { at: clock(), by: actor.id, name }
      const all = await collect(incident, sources)
      const kin = await family(incident, store)
      const seen = asSeen({ incident, kin }, { person: actor, through: actor.platform }, directory)
      return {
        type: 'manifest',
        incident: incident.id,
        data: manifestOf(seen, { ...all, exhibits: openable(all, incident, actor, directory) }, made),
      }
    },
  }
}

type Case = {
  readonly type: 'case'
  readonly ticket: Ticket
  readonly incident: Incident
  readonly item: EvidenceItem | null
  readonly actor: Actor
  readonly viewed: Viewed
  readonly no: (why: NotShown['why'], said: Phrase) => NotShown
}

const gone: NotShown = { type: 'not-shown', why: 'gone', phrase: phrase('page.gone'), reader: null }

function isOfOther({ item }: Ticket): boolean {
  return item === answersItem || item === liveItem || readBoardItem(item) !== null
}

function pageOf(item: string | null): string {
  if (readBoardItem(item)) return 'board'
  if (isTable(item)) return 'report'
  if (item === exportItem) return 'export'
  return item === answersItem ? 'answers' : item === liveItem ? 'live' : 'evidence'
}

// Once for each link: a page that is loaded again is the same opening.
const openedKey = (secret: string, copy: Shown) => `look:${secret}:${copy}`
const savedKey = (secret: string) => `save:${secret}`

function briefOf({ id, kind, by }: EvidenceItem): Item {
  return { id, kind, by }
}

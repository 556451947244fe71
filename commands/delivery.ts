import {
  castItem,
  type LedgerPress,
  ledgerNamed,
  ledgerOf,
  ledgerPage,
  readLedger,
  stuckCastLine,
} from '../workflows/broadcast/progress/ledger.ts'
import { mayReadAll } from '../workflows/broadcast/screen/rights.ts'
import type { Destination } from '../workflows/change.ts'
import { decideDetour, detour } from '../workflows/detour.ts'
import { type Directory, hasRole } from '../workflows/directory.ts'
import type { PersonId } from '../workflows/ids.ts'
import { parkedItem, parkedLine, parkedView } from '../workflows/parked.ts'
import { maySee } from '../workflows/permission.ts'
import { plain } from '../workflows/spoken.ts'
import {
  isTheirs,
  readStuck,
  type Stuck,
  type StuckDeed,
  type StuckItem,
  stuckList,
  stuckOne,
  whereText,
} from '../workflows/stuck.ts'
import type { Subject } from '../workflows/trace.ts'
import { readMore, stuckIn, tracedView } from '../workflows/traced.ts'
import { type Context, type Doing, defineCommand, type Reply, type Request, refuse, shown, tell } from './command.ts'

/**
 * Shows what did not go out, newest first, and lets a coordinator send it again, leave it, say that it arrived, or say
 * the same in another place. With an id (or in its thread) it shows how everything about that incident goes, also to
 * whoever has it; with `here`, how everything goes that is for the room it is typed in; with a broadcast's id, who has
 * it and who has not.
 */
export const delivery = defineCommand({
  name: 'delivery',
  summary: 'command.delivery',
  usage: 'usage.delivery',
  permission: 'deliver',
  about: 'maybe-incident',
  opens: 'work',
  private: true,
  run: async (request, context) => {
    const incident = request.incident?.incident ?? null
    const cast = request.from === 'press' ? readLedger(request.assumed) : ledgerNamed(request.words)
    if (cast) return castAsked(cast, context)
    if (request.from !== 'press') {
      if (incident) return traced({ incident: incident.id }, 0, context, request)
      return request.words.trim() === '' ? overview(context) : here(context, request)
    }
    const more = readMore(request.assumed, incident?.id ?? null)
    if (more) return traced(more.subject, more.page, context, request)
    const asked = readStuck(request.assumed)
    if (!asked) return incident ? traced({ incident: incident.id }, 0, context, request) : overview(context)
    const { item } = asked
    if (item.type === 'heard') return heard(asked.deed, item.id, context)
    const found = (await among(request, context)).find(one => isSame(one.item, item))
    if (!found) return tell('delivery.gone')
    if (asked.deed === 'open') return opened(found, request, context)
    if (asked.deed === 'arrived' && found.state !== 'unsure') return refuse('delivery.gone')
    if (asked.deed === 'elsewhere') return elsewhere(found, request, context)
    return settle(asked.deed, item)
  },
})

function settle(deed: Exclude<StuckDeed, 'elsewhere'>, item: StuckItem): Doing {
  return { type: 'do', action: { type: 'deliver', item, deed }, say: (): Reply => tell(`delivery.done-${deed}`) }
}

/** Who has a broadcast and who has not, and what is decided about all of those at once. */
async function castAsked(press: LedgerPress, context: Context): Promise<Doing | Reply> {
  if (!looksAfter(context)) return refuse('delivery.who')
  const { id } = press
  const broadcast = await ledgerOf(id, context)
  if (!broadcast) return refuse('ledger.unknown', { id })
  if (press.type === 'page') return shown(await ledgerPage(broadcast, press.page, context))
  if (!mayReadAll(broadcast, context.actor)) return refuse('ledger.whole', { id })
  const { deed } = press
  const action = { type: 'deliver', item: castItem(id, deed), deed } as const
  return { type: 'do', action, say: (): Reply => tell(`ledger.done-${deed}`, { id }) }
}

async function overview(context: Context): Promise<Reply> {
  if (!looksAfter(context)) return refuse('delivery.who')
  const [list, parked, casts] = await Promise.all([
    theirs(context).then(all => masked(all, context)),
    context.read.parked.list(),
    context.read.stuck.casts(),
  ])
  return shown(stuckList(list, context.read.directory, [...casts.map(stuckCastLine), ...parked.map(parkedLine)]))
}

async function here(context: Context, request: Request): Promise<Reply> {
  if (!looksAfter(context)) return refuse('delivery.who')
  const asked = plain(request.words).trim()
  const { directory } = context.read
  const named = directory.rooms.filter(one => plain(one.name).includes(asked))
  const room = isHere.has(asked) ? context.room : named.length === 1 ? named[0] : null
  return room ? traced({ room: room.id }, 0, context, request) : refuse('trace.no-room')
}

const isHere: ReadonlySet<string> = new Set(['here', 'aqui', 'esta sala', 'this room'])

async function traced(subject: Subject, page: number, context: Context, request: Request): Promise<Reply> {
  const { read, actor } = context
  const { directory } = read
  const mine =
    'incident' in subject ? request.incident !== null : looksAfter(context) && isTheirs(subject, actor, directory)
  if (!mine) return refuse('delivery.who')
  const traces = await read.stuck.traces(subject)
  return shown(tracedView(subject, traces, { directory, nameless: reporterOf(request), now: context.now, page }))
}

/** What can be decided on from there: of that incident, else all that this person looks after. */
async function among(request: Request, context: Context): Promise<readonly Stuck[]> {
  const subject = request.incident && { incident: request.incident.incident.id }
  if (subject) return stuckIn(await context.read.stuck.traces(subject), subject)
  return looksAfter(context) ? inRooms(request, context) : []
}

/** Those of the whole list; what a room's own list has together with others stands there too. */
async function inRooms(request: Request, context: Context): Promise<readonly Stuck[]> {
  const list = await theirs(context)
  const item = readStuck(request.assumed)?.item
  if (item?.type !== 'all' || !('room' in item.to) || list.some(one => isSame(one.item, item))) return list
  if (!isTheirs(item.to, context.actor, context.read.directory)) return list
  return [...list, ...stuckIn(await context.read.stuck.traces(item.to), item.to)]
}

async function opened(one: Stuck, request: Request, context: Context): Promise<Reply> {
  const { directory } = context.read
  const way = await wayOf(one, context)
  const about = request.incident?.incident.id ?? null
  const [named = one] = await masked([one], context)
  return shown(stuckOne(named, directory, { elsewhere: way !== null, about, nameless: reporterOf(request) }))
}

async function elsewhere(one: Stuck, request: Request, context: Context): Promise<Doing | Reply> {
  const { directory, connections } = context.read
  const to = await wayOf(one, context)
  if (!to) return refuse('trace.no-way')
  const incident = await incidentOf(one, context)
  const decided = decideDetour(one, to, { directory, connections, incident })
  const where = whereText(to, directory, reporterOf(request))
  return { type: 'do', action: { type: 'deliver', ...decided }, say: () => tell('trace.elsewhere', { where }) }
}

async function wayOf(one: Stuck, context: Context) {
  const { directory, connections } = context.read
  // Of several incidents at once nobody can tell what each reporter wishes.
  if ('account' in one.to && !one.incident && one.item.type === 'all') return null
  return detour(one.to, { directory, connections, incident: await incidentOf(one, context) })
}

async function incidentOf({ incident }: Stuck, { read }: Context) {
  return incident ? ((await read.incidents.find(incident))?.incident ?? null) : null
}

async function heard(deed: StuckDeed | 'open', id: string, context: Context): Promise<Doing | Reply> {
  const found = looksAfter(context) ? await context.read.parked.find(id) : null
  if (!found) return tell('delivery.gone')
  if (deed === 'open') return shown(parkedView(found))
  if (deed !== 'again' && deed !== 'leave') return tell('delivery.gone')
  const said = deed === 'again' ? 'parked.again' : 'parked.left'
  return { type: 'do', action: { type: 'deliver', item: parkedItem(found), deed }, say: () => tell(said) }
}

/** What this person looks after. */
async function theirs({ read, actor, now }: Context): Promise<readonly Stuck[]> {
  return (await read.stuck.list(now)).filter(one => isTheirs(one.to, actor, read.directory))
}

/** The same without the names of incidents that they may not know of, or whose reporter it is for. */
async function masked(list: readonly Stuck[], { read, actor }: Context): Promise<readonly Stuck[]> {
  const ids = [...new Set(list.flatMap(one => one.incident ?? []))]
  const known = await Promise.all(ids.map(id => read.incidents.find(id)))
  const incidents = new Map(known.flatMap(one => (one ? [[one.incident.id, one.incident]] : [])))
  return list.map(one => {
    const incident = one.incident && incidents.get(one.incident)
    const named = incident && maySee(actor, incident) && !isReporter(one.to, incident.reporter, read.directory)
    return named ? one : { ...one, incident: null }
  })
}

function isReporter(to: Destination, reporter: PersonId | null, { people }: Directory): boolean {
  const accounts = (reporter && people.get(reporter)?.accounts) || []
  return 'account' in to && accounts.some(own => own.id === to.account)
}

function reporterOf({ incident }: Request): PersonId | null {
  return incident?.incident.reporter ?? null
}

function looksAfter({ actor }: Context): boolean {
  return hasRole(actor, 'coordinator', 'admin')
}

function isSame(one: StuckItem, other: StuckItem): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

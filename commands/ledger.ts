import { type LedgerPress, ledgerPage, ledgerView, mayRead, notHad } from '../workflows/broadcast/ledger.ts'
import type { RecipientStanding } from '../workflows/broadcast/standing.ts'
import type { Broadcast } from '../workflows/broadcast.ts'
import { takeBroadcastId } from '../workflows/ids.ts'
import { maySee } from '../workflows/permission.ts'
import { plain } from '../workflows/spoken.ts'
import type { StuckState } from '../workflows/stuck.ts'
import { type Context, type Doing, type Reply, refuse, shown, tell } from './command.ts'

/** The broadcast that words after a command name, as its first page; null where they name none. */
export function ledgerNamed(words: string): LedgerPress | null {
  const { id } = takeBroadcastId(plain(words).trim())
  return id && { id, type: 'page', page: 0 }
}

/**
 * Shows who has a broadcast and who has not, by name where it is theirs to read, and does what is decided about all of
 * those at once. For whoever looks after what is delivered.
 */
export async function ledger(press: LedgerPress, context: Context): Promise<Doing | Reply> {
  const broadcast = await context.read.broadcasts.find(press.id)
  if (!broadcast || !(await maySeeIt(broadcast, context))) return refuse('ledger.unknown', { id: press.id })
  if (press.type === 'page') return page(broadcast, press.page, context)
  if (!isWhole(broadcast, context)) return refuse('ledger.whole', { id: press.id })
  const { deed, id } = press
  const states = statesOf[deed]
  const action = { type: 'deliver', item: { type: 'cast', broadcast: id, states }, deed } as const
  return { type: 'do', action, say: (): Reply => tell(`ledger.done-${deed}`, { id }) }
}

const statesOf: Readonly<Record<'again' | 'arrived' | 'leave', readonly StuckState[]>> = {
  again: ['failed', 'unsure', 'kept', 'parked'],
  arrived: ['unsure'],
  leave: ['failed', 'unsure', 'kept', 'parked'],
}

async function page(broadcast: Broadcast, at: number, context: Context): Promise<Reply> {
  const { read } = context
  const [tally, found] = await Promise.all([read.broadcasts.tally(broadcast.id), missing(broadcast, at, context)])
  const list = found.slice(at * ledgerPage, (at + 1) * ledgerPage)
  const more = found.length > (at + 1) * ledgerPage
  const whole = isWhole(broadcast, context)
  return shown(ledgerView({ broadcast, tally, list, page: at, more, whole }, read.directory))
}

/** Those who have not got it, as far as this person may read of them; one more than fits on that page. */
async function missing(broadcast: Broadcast, at: number, { read, actor }: Context): Promise<RecipientStanding[]> {
  const wanted = (at + 1) * ledgerPage + 1
  const found: RecipientStanding[] = []
  for (let after: string | null = null; found.length < wanted; ) {
    const filter = { reached: notHad, limit: atOnce, ...(after === null ? {} : { after }) }
    const { items, next } = await read.broadcasts.recipients(broadcast.id, filter)
    found.push(...items.filter(one => mayRead(one, broadcast, actor)))
    if (next === null) break
    after = next
  }
  return found
}

/** What may be decided about all at once is for who may read of all. */
function isWhole(broadcast: Broadcast, { actor }: Context): boolean {
  return mayRead({ region: null }, broadcast, actor)
}

async function maySeeIt({ plan, by }: Broadcast, { read, actor }: Context): Promise<boolean> {
  const known = plan.incident && (await read.incidents.find(plan.incident))
  return !known || by === actor.id || maySee(actor, known.incident)
}

const atOnce = 100

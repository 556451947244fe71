import type { Happening } from '../agenda.ts'
import { concerns } from '../broadcast/audience/concern.ts'
import type { Tally } from '../broadcast/standing.ts'
import type { Broadcast, BroadcastState } from '../broadcast.ts'
import type { Directory } from '../directory.ts'
import type { Edition } from '../edition.ts'
import { leaves } from '../edition.ts'
import { type Figures, type FigureWindow, figureWindow, type Span } from '../figures.ts'
import { type Cell, type Correction, corrections, type Former, type FormerStore } from '../former.ts'
import type { BroadcastId, RegionCode } from '../ids.ts'
import type { Incident } from '../incident.ts'
import type { Read } from '../ports.ts'
import type { Rumour } from '../rumour.ts'
import type { Kind, Taxonomy } from '../taxonomy.ts'
import type { Alarm, Warning } from '../warning.ts'

/** A message to many that went out in the window, and how far it came. */
export type Sent = { readonly id: BroadcastId; readonly tally: Tally }

/** What a summary tells besides figures; what nobody asked for is empty. */
export type Material = {
  /** How the regions stand that it speaks of. */
  readonly warnings: readonly Warning[]
  /** Those heard since the window began, the one that spreads most first. */
  readonly rumours: readonly Rumour[]
  /** What falls into the 72 hours after now. */
  readonly agenda: readonly Happening[]
  /** When the next day of voting begins (epoch ms), or the last began, within 60 days; null: none is known. */
  readonly poll: number | null
  readonly broadcasts: readonly Sent[]
  /** Messages to many that wait for approval, at most five. */
  readonly unapproved: readonly BroadcastId[]
  /** Incidents in which people are asked whether they are safe. */
  readonly asking: readonly Incident[]
  /** The last summary of the same plan, and what of it is otherwise by now; null: there was none. */
  readonly former: { readonly told: Former; readonly corrected: readonly Correction[] } | null
}

/** Nothing besides figures. */
export const noMaterial: Material = {
  warnings: [],
  rumours: [],
  agenda: [],
  poll: null,
  broadcasts: [],
  unapproved: [],
  asking: [],
  former: null,
}

/** Whose summary of what is asked for; times are epoch ms. `kinds` leaves all others out. */
export type SitrepAsked = {
  readonly span: Span
  readonly regions: 'all' | readonly RegionCode[]
  readonly kinds?: readonly Kind[]
  readonly edition: Edition
  readonly taxonomy: Taxonomy
  /** Whose days the trend has. */
  readonly zone: string
  readonly now: number
  /** The plan it is made for, whose last summary it is compared with. */
  readonly plan?: string
}

/** What a summary is read from. */
export type SitrepReads = Pick<Read, 'incidents' | 'warnings' | 'rumours' | 'agenda' | 'broadcasts' | 'directory'> & {
  /** Absent: it is compared with no former one. */
  readonly summaries?: Pick<FormerStore, 'last'>
}

/** Reads everything that a summary tells, cut to its edition. */
export async function readSitrep(
  read: SitrepReads,
  asked: SitrepAsked,
): Promise<{ readonly figures: Figures; readonly material: Material }> {
  const { span, now, regions } = asked
  const figures = await read.incidents.figures(windowOf(span, asked))
  const ahead = await read.agenda.between({ from: now, to: now + 60 * day }, regions)
  const behind = await read.agenda.between({ from: now - 60 * day, to: now }, regions)
  const codes = regions === 'all' ? read.directory.regions.map(region => region.code) : regions
  return {
    figures,
    material: {
      warnings: await warningsFor(codes, read, asked),
      rumours: await read.rumours.list({ since: span.from, regions, outside: leaves(asked.edition) }, mostRumours),
      agenda: ahead.filter(one => one.from < now + 3 * day),
      poll: pollOf(ahead, behind),
      broadcasts: await sentIn(asked, read),
      unapproved: await unapproved(asked, read),
      asking: (await read.incidents.counting()).filter(({ visibility, drill, region }) => {
        return visibility === 'region' && drill === undefined && codes.includes(region)
      }),
      former: await formerOf(read, asked),
    },
  }
}

/** What is kept of a summary, for the next of its plan. */
export async function formerFor(
  read: Pick<Read, 'incidents'>,
  asked: SitrepAsked & { readonly plan: string; readonly key: string },
  told: Pick<Former, 'urgent' | 'hot' | 'levels'>,
): Promise<Former> {
  const { key, plan, span, now } = asked
  const cells = await read.incidents.cells(windowOf(span, asked))
  return { key, plan, ...span, at: now, cells, ...told }
}

const day = 86_400_000
const mostRumours = 50
const mostBroadcasts = 20
// Those of other regions are left out of what is read.
const mostRead = 100
const mostUnapproved = 5
const begunStates: readonly BroadcastState[] = ['sending', 'paused', 'sent', 'cancelled', 'expired']

function windowOf(span: Span, { regions, taxonomy, now, zone, kinds, edition }: SitrepAsked): FigureWindow {
  const cut = leaves(edition) ? ({ withoutRed: true } as const) : {}
  return figureWindow(span, { regions, taxonomy, now, zone, ...(kinds ? { kinds } : {}), ...cut })
}

/** How regions stand; beyond the network without what was found where RED ones were counted as well: it would show. */
async function warningsFor(codes: readonly RegionCode[], read: SitrepReads, asked: SitrepAsked) {
  const found = await read.warnings.standing(codes)
  if (!leaves(asked.edition) || found.every(one => one.alarms.length === 0)) return found
  const { withoutRed: _, kinds: _all, ...window } = windowOf({ from: asked.now - 30 * day, to: asked.now }, asked)
  const whole = await read.incidents.cells(window)
  const told = await read.incidents.cells({ ...window, withoutRed: true })
  const groupOf = ({ kind }: Cell) => asked.taxonomy.kinds.find(one => one.code === kind)?.group
  const differs = ({ region, group, counties }: Alarm) => {
    const of = (cells: readonly Cell[]) => {
      // A scan may reach beyond its region.
      const here = cells.filter(cell => counties.length > 1 || cell.region === region)
      const counted = here.filter(cell => group === null || groupOf(cell) === group)
      return counted.reduce((sum, cell) => sum + cell.count, 0)
    }
    return of(whole) !== of(told)
  }
  return found.map(one => ({ ...one, alarms: one.alarms.filter(alarm => !differs(alarm)) }))
}

async function formerOf(read: SitrepReads, asked: SitrepAsked): Promise<Material['former']> {
  if (asked.plan === undefined || !read.summaries) return null
  const told = await read.summaries.last(asked.plan, asked.span.to)
  if (!told) return null
  const now = await read.incidents.cells(windowOf({ from: told.from, to: told.to }, asked))
  // Beyond the network nobody was told of what was set aside.
  const toldOf = (cells: Former['cells']) => (leaves(asked.edition) ? cells.filter(cell => !cell.aside) : cells)
  return { told, corrected: corrections(toldOf(told.cells), toldOf(now)) }
}

async function sentIn(
  { span, regions }: SitrepAsked,
  { broadcasts, directory }: SitrepReads,
): Promise<readonly Sent[]> {
  const found = await broadcasts.latest({ states: begunStates, limit: mostRead })
  const begun = found.filter(one => {
    const { startedAt } = one
    return startedAt !== null && startedAt >= span.from && startedAt < span.to && isOf(one, regions, directory)
  })
  const latest = begun.slice(0, mostBroadcasts)
  return Promise.all(latest.map(async ({ id }) => ({ id, tally: await broadcasts.tally(id) })))
}

async function unapproved({ regions }: SitrepAsked, { broadcasts, directory }: SitrepReads) {
  const found = await broadcasts.latest({ states: ['submitted', 'held'], limit: mostRead })
  const own = found.filter(one => isOf(one, regions, directory))
  return own.slice(0, mostUnapproved).map(one => one.id)
}

/** True if it is no exercise and means somebody of these regions: a region reads of no other one's messages. */
function isOf({ drill, plan }: Broadcast, regions: SitrepAsked['regions'], directory: Directory): boolean {
  return drill === undefined && (plan.audience === null || concerns(plan.audience, regions, directory))
}

function pollOf(ahead: readonly Happening[], behind: readonly Happening[]): number | null {
  const polls = (list: readonly Happening[]) => list.filter(one => one.kind === 'poll').map(one => one.from)
  return polls(ahead)[0] ?? polls(behind).at(-1) ?? null
}

import {
  type CountyCount,
  countyOf,
  type DurationCount,
  type Figures,
  type FigureWindow,
} from '../../workflows/figures.ts'
import type { Cell } from '../../workflows/former.ts'
import { type Incident, isOpen, isWaiting } from '../../workflows/incident.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** Counts the figures of some incidents one by one, as figures.ts words them: what any database must agree with. */
export function countFigures(all: readonly Incident[], window: FigureWindow, firsts: Firsts = () => null): Figures {
  const { from, to, now, since } = window
  const asked = askedOf(all, window)
  const open = asked.filter(isOpen)
  const serious = asked.filter(one => !window.setAside.includes(one.status))
  const fresh = serious.filter(one => periodOf(one.reportedAt, window) === 0)
  const ended = asked.filter(one => one.status === 'resolved' || one.status === 'closed')
  const isPositive = (one: Incident) => one.kind !== null && window.positive.includes(one.kind)
  const urgent = open.filter(one => one.severity >= 4)
  return {
    window,
    reported: group(
      asked.flatMap(({ reportedAt, severity, status }) => inPeriod(reportedAt, window, { severity, status })),
    ),
    resolved: group(ended.flatMap(({ resolvedAt, severity }) => inPeriod(resolvedAt, window, { severity }))),
    kinds: group(serious.flatMap(({ reportedAt, kind }) => inPeriod(reportedAt, window, { kind }))),
    open: group(open.map(({ region, severity, status }) => ({ region, severity, status }))),
    openAtStart: asked.filter(one => one.reportedAt < from && (isOpen(one) || (one.resolvedAt ?? 0) >= from)).length,
    urgent: urgent
      .toSorted((one, other) => other.severity - one.severity || one.reportedAt - other.reportedAt)
      .slice(0, window.most.urgent),
    claims: group(
      fresh.flatMap(one => duration(one, one.claimedAt, now).map(took => ({ ...took, region: one.region }))),
    ),
    seen: group(fresh.flatMap(one => duration(one, firsts(one)?.seen ?? null, now))),
    actions: group(fresh.flatMap(one => duration(one, firsts(one)?.action ?? null, now))),
    resolutions: group(
      serious
        .filter(one => one.reportedAt >= since.resolutions && one.reportedAt < to)
        .flatMap(one => duration(one, one.resolvedAt, now)),
    ),
    unclaimed: group(
      open.filter(one => one.severity >= 2 && one.claimedAt === null).flatMap(one => duration(one, null, now)),
    ),
    oldestOpen: oldest(open.filter(one => one.severity >= 2)),
    counties: group(
      serious
        .filter(one => one.reportedAt >= since.load && one.reportedAt <= now && !isPositive(one))
        .flatMap(one => countyRow(one, window)),
    ),
    credibility: group(fresh.map(({ credibility }) => ({ credibility }))),
    oldestUnverified: oldest(open.filter(one => one.severity >= 3 && one.credibility === 'unverified')),
    lastReports: [...new Set(asked.map(one => one.region))].flatMap(region => {
      const times = asked.filter(one => one.region === region).map(one => one.reportedAt)
      const at = Math.max(...times.filter(time => time <= now))
      return at >= since.silence ? [{ region, at }] : []
    }),
    positives: fresh
      .filter(isPositive)
      .toSorted((one, other) => other.reportedAt - one.reportedAt)
      .slice(0, window.most.positive),
    trend: group(
      serious.flatMap(({ reportedAt, severity }) => {
        const day = (window.days ?? []).findLastIndex(begin => begin <= reportedAt)
        return day < 0 || reportedAt >= to ? [] : [{ day, severity }]
      }),
    ),
    outcomes: group(
      ended
        .filter(({ resolvedAt }) => resolvedAt !== null && resolvedAt >= from && resolvedAt < to)
        .map(({ outcome }) => ({ outcome })),
    ),
    deployed: new Set(open.flatMap(one => one.claim?.by ?? [])).size,
    running: open
      .filter(one => (one.runs ?? []).length > 0)
      .toSorted((one, other) => other.severity - one.severity || one.reportedAt - other.reportedAt),
  }
}

function askedOf(all: readonly Incident[], { regions, withoutRed, kinds }: FigureWindow): readonly Incident[] {
  return all.filter(
    one =>
      one.visibility === 'region' &&
      (!withoutRed || one.mark !== 'RED') &&
      (!kinds || (one.kind !== null && kinds.includes(one.kind))) &&
      (regions === 'all' || regions.includes(one.region)),
  )
}

/** Counts what was reported in the window, by what may be changed of it. */
export function countCells(all: readonly Incident[], window: FigureWindow): Cell[] {
  const asked = askedOf(all, window).filter(one => periodOf(one.reportedAt, window) === 0 && !isWaiting(one))
  return group(
    asked.map(({ region, severity, kind, status }) => {
      return { region, severity, kind, aside: window.setAside.includes(status) }
    }),
  )
}

/** When an incident was first seen by others, and first acted upon (epoch ms). */
type Firsts = (incident: Incident) => { readonly seen: number | null; readonly action: number | null } | null

function periodOf(at: number, { from, to, stride }: FigureWindow): number | null {
  const past = at - (from - 7 * stride)
  const period = 7 - Math.floor(past / stride)
  return period >= 0 && period <= 7 && past % stride < to - from ? period : null
}

function inPeriod<Row>(at: number | null, window: FigureWindow, row: Row): (Row & { period: number })[] {
  const period = at === null ? null : periodOf(at, window)
  return period === null ? [] : [{ period, ...row }]
}

/** Set-aside and ended incidents that never came so far have neither a time nor a wait. */
function duration(one: Incident, end: number | null, now: number): Omit<DurationCount, 'count'>[] {
  const { severity } = one
  if (end === null && !isOpen(one)) return []
  return [{ severity, minutes: Math.ceil(((end ?? now) - one.reportedAt) / minute), done: end !== null }]
}

function countyRow(
  { place, severity, credibility, reportedAt }: Incident,
  { now, from, to }: FigureWindow,
): Omit<CountyCount, 'count'>[] {
  const county = countyOf(place)
  const within = reportedAt >= from && reportedAt < to
  return county === null ? [] : [{ county, severity, credibility, day: Math.floor((now - reportedAt) / day), within }]
}

function oldest(list: readonly Incident[]): Incident | null {
  return list.toSorted((one, other) => one.reportedAt - other.reportedAt)[0] ?? null
}

function group<Row extends object>(rows: readonly Row[]): (Row & { count: number })[] {
  const groups = Map.groupBy(rows, row => JSON.stringify(row))
  return [...groups.values()].map(same => ({ ...(same[0] as Row), count: same.length }))
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Base, tablesOf } from '../../db/base.ts'
import { openDatabase } from '../../db/database.ts'
import { figures } from '../../db/figures.ts'
import { standings } from '../../db/standing.ts'
import { type Figures, type FigureWindow, figureWindow } from '../../workflows/figures.ts'
import { makeIncidentId } from '../../workflows/ids.ts'
import type { Credibility, Incident, Status } from '../../workflows/incident.ts'
import type { Severity } from '../../workflows/taxonomy.ts'
import { needs } from '../need.ts'
import { postgresNeed, usePostgres } from '../postgres.ts'
import { countFigures } from '../workflows/count.ts'
import { finch, incidentAfter, reported, robin, taxonomy } from '../workflows/specification.ts'

const hour = 3_600_000
const day = 24 * hour
const now = Date.UTC(2026, 10, 3, 14, 0, 30)
const top = mkdtempSync(join(tmpdir(), 'trust-hub-figures-'))
afterAll(() => rmSync(top, { recursive: true, force: true }))

const history = incidents(400)
const windows: Record<string, FigureWindow> = {
  'the last day': ask(now - day, now, 'all'),
  'a day that ended hours ago': ask(now - 30 * hour, now - 6 * hour, 'all'),
  'an hour': ask(now - hour, now, 'all'),
  'the 25 hours of an autumn day': ask(now - 25 * hour, now, 'all'),
  'three days of one region': ask(now - 3 * day, now, ['NV']),
  'two of three regions': ask(now - day, now, ['AZ', 'US']),
  'a region without reports': ask(now - day, now, ['XX']),
  'two kinds of one region': figureWindow(
    { from: now - day, to: now },
    { regions: ['AZ'], taxonomy, now, kinds: ['VI-1', 'SP-3'], zone: 'America/Phoenix' },
  ),
  'what leaves the network, by the days of a zone': figureWindow(
    { from: now - 3 * day, to: now },
    { regions: 'all', taxonomy, now, withoutRed: true, zone: 'America/New_York' },
  ),
}

describe('SQLite', () => counts(async () => `file:${join(top, 'hub.db')}`))
needs(postgresNeed()).describe('PostgreSQL', () => {
  const server = usePostgres()
  counts(() => server().fresh())
})

function counts(url: () => Promise<string>): void {
  let base: Base
  beforeAll(async () => {
    const database = await openDatabase({ url: await url() })
    base = { database, tables: tablesOf(database.engine), seal: { proof: () => '' } as never }
    const rows = standings(base)
    await database.transaction(async tx => {
      for (const incident of history) await rows.insert(tx, incident, '')
    })
  })
  afterAll(() => base?.database.close())

  test.each(Object.entries(windows))('%s, as counted one by one', async (_name, window) => {
    expect(sorted(await figures(base)(window))).toEqual(sorted(countFigures(history, window)))
  })
}

function ask(from: number, to: number, regions: FigureWindow['regions']): FigureWindow {
  return figureWindow({ from, to }, { regions, taxonomy, now })
}

/** Groups come in no order; lists of incidents keep theirs. */
function sorted(found: Figures): unknown {
  const byText = (rows: readonly object[]) => rows.map(row => JSON.stringify(row, Object.keys(row).sort())).sort()
  const { window, urgent, positives, running, oldestOpen, oldestUnverified, openAtStart, deployed, ...rest } = found
  const { waiting, ...groups } = rest
  const lists = Object.entries(groups).map(([name, rows]) => [name, byText(rows)])
  const ids = (list: readonly (Incident | null)[]) => list.map(one => one?.id)
  return {
    ...Object.fromEntries(lists),
    openAtStart,
    deployed,
    running: ids(running),
    waiting: waiting ?? 0,
    urgent: ids(urgent),
    positives: ids(positives),
    oldest: ids([oldestOpen, oldestUnverified]),
  }
}

/** The same history every time, of all kinds and ages up to twenty days, to the millisecond. */
function incidents(count: number): Incident[] {
  let seed = 7
  const pick = <T>(from: readonly T[]): T => {
    seed = (seed * 48_271) % 2_147_483_647
    return from[seed % from.length] as T
  }
  const span = (ms: number) => pick(Array.from({ length: 997 }, (_, at) => Math.floor((ms * at) / 997) + at))
  return Array.from({ length: count }, (_, index) => {
    const age = span(pick([hour, day, day, 3 * day, 20 * day]))
    const reportedAt = now - age
    const status = pick<Status>(['reported', 'claimed', 'resolved', 'closed', 'duplicate', 'dismissed', 'unfounded'])
    const claimedAt = status === 'reported' ? pick([null, reportedAt + 1]) : reportedAt + span(Math.min(age, hour))
    const ended = ['resolved', 'closed', 'unfounded'].includes(status)
    return {
      ...incidentAfter(reported()),
      id: makeIncidentId('AZ', index + 1),
      region: pick(['AZ', 'NV', 'US']),
      status,
      severity: pick<Severity>([1, 2, 3, 4, 5]),
      kind: pick([null, 'PO-1', 'VI-1', 'SP-3']),
      credibility: pick<Credibility>(['unverified', 'checking', 'corroborated', 'verified', 'false']),
      visibility: pick(['region', 'region', 'region', 'restricted'] as const),
      allowed: [finch.id],
      mark: pick(['AMBER', 'AMBER', 'RED'] as const),
      outcome: ended ? pick(['calmed', 'referred', null] as const) : null,
      claim: status === 'claimed' ? { by: pick([finch.id, robin.id]), since: now, until: now } : null,
      place: { state: 'found', fips: null, usState: 'AZ', county: pick([null, 'Pima County', 'Maricopa County']) },
      reportedAt,
      poolSince: reportedAt,
      updatedAt: reportedAt,
      claimedAt,
      resolvedAt: ended ? Math.min(now, reportedAt + span(age)) : null,
    }
  })
}

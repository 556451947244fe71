import { expect, test } from 'vitest'
import type { Audience } from '../../../workflows/audience.ts'
import { blankPlan } from '../../../workflows/broadcast/plan.ts'
import type { Broadcast, BroadcastState } from '../../../workflows/broadcast.ts'
import type { Edition } from '../../../workflows/edition.ts'
import { type FigureWindow, figureWindow } from '../../../workflows/figures.ts'
import type { RegionCode } from '../../../workflows/ids.ts'
import { readSitrep, type SitrepReads } from '../../../workflows/sitrep.ts'
import { countFigures } from '../count.ts'
import { roster, taxonomy } from '../specification.ts'
import { day, hour, now, zone } from './day.ts'

const to = (region: string): Audience => ({ type: 'region', region: region as RegionCode })
const broadcast = (id: string, state: BroadcastState, audience: Audience) => {
  return { id, state, startedAt: now - hour, plan: blankPlan({ audience }) } as unknown as Broadcast
}
const kept = [
  broadcast('B-0001', 'sent', to('AZ')),
  broadcast('B-0002', 'sent', to('GA')),
  broadcast('B-0003', 'sent', { type: 'everyone' }),
  broadcast('B-0004', 'sent', { type: 'or', of: [to('GA'), to('AZ')] }),
  broadcast('B-0005', 'sent', { type: 'and', of: [to('GA'), { type: 'role', role: 'responder' }] }),
  broadcast('B-0006', 'sent', { type: 'rooms', region: 'GA' as RegionCode }),
  broadcast('B-0007', 'submitted', to('GA')),
  broadcast('B-0008', 'held', to('AZ')),
]
const none = { standing: async () => [], list: async () => [], between: async () => [] }
const read = {
  ...{ warnings: none, rumours: none, agenda: none, directory: roster() },
  incidents: {
    figures: async () =>
      countFigures([], figureWindow({ from: now - day, to: now }, { regions: 'all', taxonomy, now })),
    counting: async () => [],
  },
  broadcasts: {
    latest: async ({ states }: { states: readonly BroadcastState[] }) => kept.filter(one => states.includes(one.state)),
    tally: async () => ({}),
  },
} as unknown as SitrepReads

const alarm = { id: 'W', method: 'ears-c2', region: 'AZ', group: 'AR', counties: ['04013'], count: 4 }
const cell = { region: 'AZ', severity: 4, aside: false, count: 3 }

test('beyond the network no alarm is told that RED reports may have raised: its count would show them', async () => {
  const found = async (edition: Edition, red: string) => {
    const cells = async ({ withoutRed }: FigureWindow) => [
      { ...cell, kind: 'AR-1' },
      ...(withoutRed ? [] : [{ ...cell, kind: red, count: 1 }]),
    ]
    const standing = async () => [{ region: 'AZ', level: 'watch', since: now, alarms: [alarm], alert: null }]
    const given = { ...read, incidents: { ...read.incidents, cells }, warnings: { standing } } as unknown as SitrepReads
    const asked = { span: { from: now - day, to: now }, regions: 'all', edition, taxonomy, zone, now } as const
    return (await readSitrep(given, asked)).material.warnings[0]?.alarms.length
  }
  expect([await found('leadership', 'AR-1'), await found('partner', 'AR-1'), await found('partner', 'VI-1')]).toEqual([
    1, 0, 1,
  ])
})

async function told(regions: 'all' | readonly string[]) {
  const asked = { span: { from: now - day, to: now }, regions: regions as 'all' | readonly RegionCode[] }
  const { material } = await readSitrep(read, { ...asked, edition: 'leadership', taxonomy, zone, now })
  return [material.broadcasts.map(one => one.id), material.unapproved]
}

test('a summary of a region tells of no message that is for another one only', async () => {
  const [sent, waiting] = await told(['AZ'])
  expect(sent).toEqual(['B-0001', 'B-0003', 'B-0004'])
  expect(waiting).toEqual(['B-0008'])
  expect((await told('all')).map(list => list.length)).toEqual([6, 2])
})

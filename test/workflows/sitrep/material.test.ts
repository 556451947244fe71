import { expect, test } from 'vitest'
import type { Audience } from '../../../workflows/audience.ts'
import { blankPlan } from '../../../workflows/broadcast/plan.ts'
import type { Broadcast, BroadcastState } from '../../../workflows/broadcast.ts'
import { figureWindow } from '../../../workflows/figures.ts'
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

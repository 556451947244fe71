import { afterEach, beforeEach, expect, test } from 'vitest'
import type { IncidentId } from '../../workflows/ids.ts'
import { type Ground, ground } from '../house.ts'
import { type Across, newWorld, openAcross } from './across.ts'

let at: Ground
let hub: Across

beforeEach(async () => {
  at = ground()
  hub = await openAcross(at, newWorld())
})

afterEach(async () => {
  await hub.close()
  at.leave()
})

const heard = async (id: string) => JSON.stringify(await hub.store.incidents.timeline(id as IncidentId, 50))

test('what somebody writes alone goes to what they reported on that tool, whatever they read elsewhere', async () => {
  await hub.report({ what: 'Shouting' }, 'Robin', 'discord')
  await hub.report({ what: 'Leaflets' }, 'Robin', 'slack')
  hub.skip(5)
  // Robin reads of that on Discord.
  await hub.type('Finch', 'slack', 'claim AZ-0001')
  await hub.settle()
  await hub.send(hub.message('Robin', 'slack', 'They have left', { room: null }))
  expect(await heard('AZ-0002')).toContain('They have left')
  await hub.send(hub.message('Robin', 'discord', 'They are hoarse', { room: null }))
  expect(await heard('AZ-0001')).toContain('They are hoarse')
  // On a tool where they reported nothing it is what they were told of last.
  await hub.send(hub.message('Robin', 'signal', 'It begins again', { room: null }))
  expect(await heard('AZ-0001')).toContain('It begins again')
})

import { expect, test } from 'vitest'
import { twinOf } from '../../../workflows/broadcast/twin.ts'
import type { Broadcast } from '../../../workflows/broadcast.ts'
import { makeBroadcastId } from '../../../workflows/ids.ts'
import { at, crane, eagle } from '../specification.ts'
import { plan, stage } from './stage.ts'

const draft = stage(plan(), crane).now()
const other = (more: Partial<Broadcast>): Broadcast => ({
  ...{ ...stage(plan({ title: 'Other' }), eagle).now(), id: makeBroadcastId(8), startedAt: at(0) },
  ...more,
})
const found = (more: Partial<Broadcast>, minute = 10) => twinOf(draft, [other(more)], at(minute))?.id ?? null

test('a twin says the same to the same people, on its way or of the last hour', () => {
  for (const state of ['submitted', 'approved', 'held', 'sending', 'sent'] as const)
    expect(found({ state }), state).toBe('B-0008')
  for (const state of ['draft', 'cancelled', 'expired'] as const) expect(found({ state }), state).toBeNull()
  expect(found({ state: 'sent' }, 61)).toBeNull()
  const tomorrow = plan({ when: { type: 'at', at: at(24 * 60) } })
  expect(found({ state: 'approved', startedAt: null })).toBe('B-0008')
  expect(found({ state: 'approved', startedAt: null, plan: tomorrow })).toBeNull()
  expect(found({ state: 'sent', plan: plan({ words: { en: 'Stay home.' } }) })).toBeNull()
  expect(found({ state: 'sent', plan: plan({ audience: { type: 'duty' } }) })).toBeNull()
  expect(found({ state: 'sent', id: draft.id })).toBeNull()
  const taken = { wave: 1, by: eagle.id, at: at(1), words: {}, recall: true }
  expect(found({ state: 'sent', corrections: [taken] })).toBeNull()
})

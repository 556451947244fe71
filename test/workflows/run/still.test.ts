import { expect, test } from 'vitest'
import { phrase } from '../../../workflows/phrase.ts'
import { gatePress, stepPress } from '../../../workflows/run/button.ts'
import { isCall, stillCalled } from '../../../workflows/run/still.ts'
import type { View } from '../../../workflows/view.ts'
import { crane, id, owl } from '../specification.ts'
import { play } from './play.ts'

const press = (name: string) => ({ id: stepPress(id, 'P1', name, 0, 'done'), label: phrase('protocol.button-done') })
const gate = { id: gatePress(id, 'P1', 'G1'), label: phrase('protocol.button-ask', { gate: 'G1' }) }

/** A call to several steps. */
const several = (...buttons: readonly { id: string; label: ReturnType<typeof phrase> }[]): View => ({
  tone: 'S3',
  title: phrase('remind.title', { count: buttons.length, id }),
  lines: [
    ...buttons.map(button => ({ type: 'item', text: phrase('remind.on-it'), button }) as const),
    { type: 'text', text: phrase('remind.on-it') },
  ],
  buttons: [],
})

test('a call that waited is without the steps that are over by then, and nothing once all of them are', () => {
  const here = play()
  here.start(crane)
  here.gate(owl, 'G1', 'no')
  here.press(owl, '1')
  const one: View = { ...several(), buttons: [gate, press('2')] }
  const both = several(press('2'), press('7'), gate)
  expect(stillCalled(both, here.incident())).toBe(both)
  expect(stillCalled(one, here.incident())).toBe(one)
  here.press(crane, '2', 0, { armed: '3', mood: 'calm' })
  expect(stillCalled(one, here.incident())).toBeNull()
  expect(stillCalled(both, here.incident())).toEqual(several(press('7'), gate))
  here.deed(crane, { type: 'stop', run: 'P1', reason: 'they left' })
  expect(stillCalled(both, here.incident())).toBeNull()
})

test('a call is told by its key', () => {
  expect(['AZ-0001:12:due:a-1', 'DRILL-0001:3:due'].map(isCall)).toEqual([true, true])
  expect(['AZ-0001:12:given:a-1', 'AZ-0001:12:r-az'].map(isCall)).toEqual([false, false])
})

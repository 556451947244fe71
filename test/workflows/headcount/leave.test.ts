import { expect, test } from 'vitest'
import { countsAsking, leaveCounts } from '../../../workflows/headcount/state.ts'
import type { Count } from '../../../workflows/headcount.ts'
import { at, finch, wren } from '../specification.ts'

const asked: Count = {
  ...{ kind: 'checkin', scope: 'deployed', asked: [finch.id, wren.id], answers: {}, help: {}, at: at(0), round: 1 },
  ...{ every: 15, rung: 0, missed: {}, back: [], over: false },
}

test('whoever leaves is asked no more, but a cry for help stands until they are safe', () => {
  const help = { ...asked, help: { [finch.id]: at(3) } }
  expect(leaveCounts({ '3': asked }, finch.id)).toEqual({ '3': { ...asked, back: [finch.id] } })
  expect(leaveCounts({ '3': help }, finch.id)).toEqual({ '3': help })
  expect(countsAsking({ counts: { '3': help } }, finch.id)).toEqual([])
  expect(countsAsking({ counts: { '3': help } }, wren.id)).toEqual(['3'])
  expect(countsAsking({ counts: { '3': { ...asked, over: true } } }, finch.id)).toEqual([])
})

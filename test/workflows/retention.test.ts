import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { usualRetention } from '../../workflows/network/retention.ts'
import { NetworkError, parseNetwork } from '../../workflows/network.ts'

const sample = parse(readFileSync('workflows/content/network.yaml', 'utf8'))
const wrong = (retention: unknown): string => {
  try {
    parseNetwork({ ...sample, retention })
  } catch (error) {
    if (error instanceof NetworkError) return JSON.stringify(error.problems)
    throw error
  }
  return ''
}

describe('how long things are kept', () => {
  it('is as the field guide says where the network file says nothing', () => {
    expect(parseNetwork(sample).retention).toEqual(usualRetention)
    expect(usualRetention).toEqual({ noise: 14, contact: 90, narrative: 180, evidence: 730, messages: 30 })
  })

  it('is what the network file says, the rest as usual', () => {
    expect(parseNetwork({ ...sample, retention: { noise: 3, contact: 30 } }).retention).toMatchObject({
      noise: 3,
      contact: 30,
      narrative: 180,
    })
  })

  it.each([
    [{ noise: 0 }, 'noise'],
    [{ noise: 366 }, 'noise'],
    [{ contact: 1.5 }, 'contact'],
    [{ evidence: 'long' }, 'evidence'],
    [{ forever: 1 }, 'forever'],
    [{ contact: 200 }, 'wrong order'],
    [{ evidence: 100 }, 'wrong order'],
  ])('%o is refused with its field and the reason', (retention, said) => {
    expect(wrong(retention)).toContain(said)
    expect(wrong(retention)).toContain('retention')
  })
})

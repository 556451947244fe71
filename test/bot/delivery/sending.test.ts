import { describe, expect, test, vi } from 'vitest'
import { Unsettled } from '../../../bot/outcome.ts'
import { inTime, perhapsTwice } from '../../../bot/sending.ts'
import { plainView } from '../../../workflows/view.ts'

describe('an answer', () => {
  test('in time is the answer; a refusal is the refusal', async () => {
    const late = vi.fn(async () => {})
    expect(await inTime(Promise.resolve('stands'), 1000, late)).toBe('stands')
    await expect(inTime(Promise.reject(new Error('no')), 1000, late)).rejects.toThrow('no')
    expect(late).not.toHaveBeenCalled()
  })

  test('that comes too late is unsettled first, and heard all the same', async () => {
    const late = vi.fn(async () => {})
    let answer = (_: string) => {}
    const work = new Promise<string>(resolve => {
      answer = resolve
    })
    await expect(inTime(work, 1, late)).rejects.toBeInstanceOf(Unsettled)
    answer('stands after all')
    await work
    await Promise.resolve()
    expect(late).toHaveBeenCalledExactlyOnceWith('stands after all')
  })

  test('of a refusal that comes too late changes nothing', async () => {
    let refuse = (_: Error) => {}
    const work = new Promise<string>((_, reject) => {
      refuse = reject
    })
    await expect(inTime(work, 1)).rejects.toBeInstanceOf(Unsettled)
    refuse(new Error('no'))
    await expect(work).rejects.toThrow('no')
  })

  test('that was lost makes the second copy say so in its first line', () => {
    const [first] = perhapsTwice(plainView([{ words: 'alarm' }])).lines
    expect(first).toMatchObject({ text: { key: 'delivery.twice' } })
  })
})

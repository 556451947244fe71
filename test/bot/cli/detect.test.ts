import { describe, expect, it } from 'vitest'
import type { AskedToDetect } from '../../../bot/cli/detect.ts'
import { detect } from '../../../bot/cli/detect.ts'
import type { Row } from '../../../bot/cli/table/read.ts'
import { methods } from '../../../workflows/detect/method.ts'
import { agona, newport, pennsylvania } from '../../workflows/detect/published.ts'

type Answer = {
  readonly alarms: readonly (string | number)[]
  readonly notes: readonly string[]
  readonly by: Readonly<Record<string, unknown>>
  readonly values: readonly { readonly day?: string; readonly count: number | null; readonly upper: number | null }[]
}

async function* rows(table: readonly Readonly<Record<string, string | number>>[]): AsyncGenerator<Row> {
  for (const [at, row] of table.entries()) {
    const cells = new Map(Object.entries(row).map(([name, value]) => [name, String(value)]))
    yield { number: at + 2, cells, problem: null }
  }
}

const answer = (table: Parameters<typeof rows>[0], asked: Partial<AskedToDetect> = {}) =>
  detect(rows(table), { method: 'ears-c2', column: 'count', ...asked } as AskedToDetect) as Promise<Answer>

const series = (counts: readonly number[]) => counts.map(count => ({ count }))

describe('hub detect', () => {
  it('gives what the R package gives, with its settings', async () => {
    const asked = { method: 'ears-c1', alpha: '0.05', minSigma: '0', atLeast: '0' } as const
    const found = await answer(series(newport), asked)
    expect(found.alarms.filter(at => Number(at) > 11).map(at => Number(at) - 11)).toEqual([31, 35, 43, 44, 45, 46])
    expect(found.values[11]?.upper).toBeCloseTo(3.278854, 6)
    const rossi = await answer(series(agona.slice(208)), { method: 'cusum-rossi', calm: '2.8413461538' })
    expect(rossi.alarms.map(at => Number(at) + 208)).toEqual([250, 264, 265, 266, 294, 295, 296, 297])
  })

  it.each(methods)('runs %s on any series, the empty one too, and says by which figures', async method => {
    for (const counts of [[], [0], new Array(40).fill(0), new Array(40).fill(3), [...agona]]) {
      const found = await answer(series(counts), { method })
      expect(found.values).toHaveLength(counts.length)
      expect(Object.keys(found.by).length).toBeGreaterThan(1)
      expect(JSON.stringify(found)).not.toContain('NaN')
    }
  })

  it('puts days in order, adds up what fell on one, and says what it did with gaps', async () => {
    const table = [
      { day: '2026-11-03', count: 2 },
      { day: '2026-11-01', count: 1 },
      { day: '2026-11-03T09:00', count: 4 },
      { day: '2026-11-05', count: 1 },
    ]
    const found = await answer(table, { date: 'day' })
    expect(found.values.map(value => [value.day, value.count])).toEqual([
      ...[
        ['2026-11-01', 1],
        ['2026-11-02', 0],
        ['2026-11-03', 6],
        ['2026-11-04', 0],
        ['2026-11-05', 1],
      ],
    ])
    expect(found.notes).toHaveLength(3)
    const unknown = await answer(table, { date: 'day', missing: 'unknown' })
    expect(unknown.values.map(value => value.count)).toEqual([1, null, 6, null, 1])
  })

  it('takes an empty cell for unknown, and names the row of what is no count', async () => {
    expect((await answer([{ count: '' }, { count: 3 }])).notes[0]).toContain('1 empty cells')
    await expect(answer([{ count: 1 }, { count: 'many' }])).rejects.toThrow('Row 3: "many" is no number')
    await expect(answer([{ count: -2 }])).rejects.toThrow('Row 2: a count is 0 or more')
    await expect(answer([{ cases: 1 }])).rejects.toThrow('There is no column "count". The file has: "cases".')
    await expect(answer([{ count: 1, day: '2026-02-30' }], { date: 'day' })).rejects.toThrow('is no day')
    const far = [
      { count: 1, day: '1970-01-01' },
      { count: 1, day: '2270-01-01' },
    ]
    await expect(answer(far, { date: 'day' })).rejects.toThrow('mistyped')
  })

  it('refuses settings that make no sense in words', async () => {
    await expect(answer(series([1]), { k: 'two' })).rejects.toThrow('k takes a number')
    await expect(answer(series([1]), { method: 'ears-c1', alpha: '7' })).rejects.toThrow('between 0 and 1')
    await expect(answer(series([1]), { method: 'cusum', calm: '3', raised: '2' })).rejects.toThrow('must be more than')
  })

  it('scans counties in a thread of its own, the same for the same seed', async () => {
    const table = pennsylvania.map(({ name, ...rest }) => ({ county: name, ...rest }))
    const asked = { method: 'scan', column: 'cases', expected: 'people', replications: '99', seed: '3' } as const
    const found = (await answer(table, asked)) as unknown as { cluster: { sites: string[]; llr: number; p: number } }
    expect(found.cluster.sites).toHaveLength(7)
    expect(found.cluster.sites[0]).toBe('washington')
    expect(found.cluster.llr).toBeCloseTo(36.538616, 6)
    expect(found.cluster.p).toBe(0.01)
    expect(await answer(table, asked)).toEqual(found)
  })

  it('scans days too, and says from when to when', async () => {
    const table = [1, 2, 3, 4].flatMap(day =>
      [0, 1, 2, 3, 4, 5, 6, 7].map(at => ({
        ...{ county: `C${at}`, lon: -100 + at, lat: 40, day: `2026-11-0${day}` },
        count: at === 2 && day > 2 ? 9 : 1,
      })),
    )
    const found = await answer(table, { method: 'scan', date: 'day', replications: '99' })
    expect(found).toMatchObject({ cluster: { sites: ['C2'], days: 2, from: '2026-11-03', to: '2026-11-04', p: 0.01 } })
    await expect(answer(series([1]), { method: 'scan' })).rejects.toThrow('--place')
  })
})

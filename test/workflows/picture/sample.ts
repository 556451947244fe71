import type { CountyMark, Drawing, TrendDrawing } from '../../../workflows/drawing.ts'

const hour = 3_600_000
const counts = [
  [1, 1, 0, 0, 0],
  [2, 1, 0, 0, 0],
  [1, 0, 0, 0, 0],
  [2, 1, 1, 0, 0],
  [0, 2, 1, 0, 0],
  [2, 2, 1, 0, 0],
  [1, 1, 0, 0, 0],
  [3, 2, 1, 0, 0],
  [2, 3, 2, 1, 0],
  [2, 2, 1, 0, 0],
  [3, 3, 2, 1, 0],
  [4, 4, 3, 1, 0],
  [3, 4, 2, 1, 0],
  [6, 8, 5, 2, 1],
] as const

/** Fourteen days, of which the last is the worst. */
export const days: TrendDrawing['days'] = counts.map((each, at) => ({
  day: new Date(Date.UTC(2026, 9, 21 + at)).toISOString().slice(0, 10),
  counts: each,
  mean: at < 6 ? null : 5 + at / 10,
}))

/** Counties of Arizona with reports of every severity. */
export const arizona: readonly CountyMark[] = [
  { code: '04013', count: 12, load: 30, worst: 5, alarm: true },
  { code: '04019', count: 4, load: 7, worst: 4 },
  { code: '04025', count: 2, load: 4, worst: 3 },
  { code: '04027', count: 3, load: 2, worst: 2 },
  { code: '04005', count: 1, load: 1, worst: 1 },
]

const regions = ['Arizona', 'Georgia', 'Michigan', 'Pennsylvania', 'Wisconsin', 'North Carolina and the coast']

/** A drawing with everything in it, changed as told. */
export function drawingOf(more: Partial<Drawing> = {}): Drawing {
  return {
    ...{ kind: 'summary', edition: 'leadership', theme: 'light', exercise: false },
    title: { en: 'Sample network: situation summary', es: 'Red de ejemplo: resumen de la situación' },
    subtitle: { en: 'Mon 2 Nov 07:00 to Tue 3 Nov 07:00 EST', es: 'lun 2 nov 07:00 a mar 3 nov 07:00 EST' },
    map: { codes: ['04'], counties: arizona },
    trend: { days, until: '07:00' },
    claims: {
      regions: regions.map((name, at) => ({ name, n: 5 + at, median: at === 4 ? null : 12 + at * 17 })),
    },
    coverage: {
      regions: regions.map((name, at) => ({ name, age: at === 3 ? null : at * 9 * hour, available: at % 3 })),
    },
    ...more,
  }
}

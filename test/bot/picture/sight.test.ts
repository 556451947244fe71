import { describe, expect, test } from 'vitest'
import { shades } from '../../../workflows/picture/shade.ts'

type Three = readonly [number, number, number]

// How colors look to whoever lacks one kind of cone (Machado, Oliveira and Fernandes 2009, severity 1), in linear light.
const kinds: Readonly<Record<string, readonly [Three, Three, Three]>> = {
  'without red cones': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'without green cones': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  'without blue cones': [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}
/** The striped S1 from afar. */
const stripes = '#94b9d9'

function lightOf(color: string): Three {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return [red, green, blue]
}

const times = (rows: readonly [Three, Three, Three], light: Three): Three => {
  const of = (row: Three) => Math.max(0, row[0] * light[0] + row[1] * light[1] + row[2] * light[2])
  return [of(rows[0]), of(rows[1]), of(rows[2])]
}

/** CIE L*a*b*, in which 2.3 is just seen and 10 is plain. */
function labOf(light: Three): Three {
  const [x, y, z] = times(
    [
      [0.4124, 0.3576, 0.1805],
      [0.2126, 0.7152, 0.0722],
      [0.0193, 0.1192, 0.9505],
    ],
    light,
  )
  const f = (part: number) => (part > 0.008856 ? Math.cbrt(part) : 7.787 * part + 16 / 116)
  const [fx, fy, fz] = [f(x / 0.95047), f(y), f(z / 1.08883)]
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)]
}

describe.each(Object.entries(kinds))('to somebody %s', (_, rows) => {
  const seen = (color: string) => labOf(times(rows, lightOf(color)))
  const apart = (one: string, other: string) => {
    const [a, b] = [seen(one), seen(other)]
    return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
  }

  test('all severities look plainly different', () => {
    const fills = Object.values(shades.light.severity).map(({ fill }) => (fill.startsWith('url') ? stripes : fill))
    for (const [at, one] of fills.entries()) {
      for (const other of fills.slice(at + 1)) expect.soft(apart(one, other), `${one} ${other}`).toBeGreaterThan(10)
    }
  })

  test.each(['light', 'dark'] as const)('each step of load differs from the next on a %s ground', theme => {
    const { loads } = shades[theme]
    for (const [at, load] of loads.slice(1).entries()) {
      expect.soft(apart(load, loads[at] ?? ''), `step ${at + 1}`).toBeGreaterThan(4)
    }
  })
})

import type { Drawing } from '../drawing.ts'
import type { Severity } from '../taxonomy.ts'
import { element } from './svg.ts'

/** The colours of a picture on a light or a dark ground. */
export type Shade = {
  readonly ground: string
  readonly ink: string
  /** For what is said less loudly; still legible. */
  readonly soft: string
  readonly line: string
  /** Bars that tell no severity. */
  readonly bar: string
  /** From no load to the most: each step also differs without its colour. */
  readonly loads: readonly [string, string, string, string, string]
  /** The rim of bubbles and of the most severe, which stand out by it from any ground. */
  readonly edge: string
  readonly border: string
  readonly frame: string
  readonly severity: Readonly<Record<Severity, { readonly fill: string; readonly ink: string }>>
}

const severity = {
  1: { fill: 'url(#s1)', ink: '#111111' },
  2: { fill: '#f2c14e', ink: '#111111' },
  3: { fill: '#ef8a26', ink: '#111111' },
  4: { fill: '#d7301f', ink: '#ffffff' },
  5: { fill: '#7f0000', ink: '#ffffff' },
} as const

/** Lands are drawn that much larger and then shrunk: see `mapOf`. */
export const landGrain = 10

/**
 * What fills refer to: S1 is striped, or in grey it would be as dark as S3; what is not told is striped in grey. In
 * the head of every picture.
 */
export function stripes({ loads, soft, frame }: Shade): string {
  return element('defs', {}, [
    pattern('s1', '#b5d1e8', '#6ba2cf', 1),
    pattern('untold', loads[0], soft, 1),
    pattern('untold-land', loads[0], frame, landGrain),
  ])
}

function pattern(id: string, ground: string, line: string, scale: number): string {
  const tile = {
    id,
    width: 5,
    height: 5,
    patternUnits: 'userSpaceOnUse',
    patternTransform: `rotate(45) scale(${scale})`,
  }
  const fields = [
    element('rect', { width: 5, height: 5, fill: ground }),
    element('rect', { width: 1.6, height: 5, fill: line }),
  ]
  return element('pattern', tile, fields)
}

/** The colours for each ground. */
export const shades: Readonly<Record<Drawing['theme'], Shade>> = {
  light: {
    ground: '#ffffff',
    ink: '#1d2430',
    soft: '#566070',
    line: '#d5dae2',
    bar: '#6482ad',
    loads: ['#f3f4f6', '#dde4ee', '#bccbe0', '#92a9c9', '#6482ad'],
    edge: '#ffffff',
    border: '#ffffff',
    frame: '#8a94a3',
    severity,
  },
  dark: {
    ground: '#171b22',
    ink: '#eef1f5',
    soft: '#a9b3c1',
    line: '#353d4a',
    bar: '#7596c8',
    loads: ['#242a34', '#2f3b50', '#3f5373', '#55719c', '#7596c8'],
    edge: '#eef1f5',
    border: '#171b22',
    frame: '#7b8696',
    severity,
  },
}

/** Which of the five classes of load a county falls into: none, under 3, under 6, under 11, and above. */
export function loadClass(load: number): 0 | 1 | 2 | 3 | 4 {
  if (!(load > 0)) return 0
  return load < 3 ? 1 : load < 6 ? 2 : load < 11 ? 3 : 4
}

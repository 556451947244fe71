import type { Drawing } from '../drawing.ts'
import type { Severity } from '../taxonomy.ts'

/** The colours of a picture on a light or a dark ground. */
export type Shade = {
  readonly ground: string
  readonly ink: string
  /** For what is said less loudly; still legible. */
  readonly soft: string
  readonly line: string
  /** From no load to the most: each step also differs without its colour. */
  readonly loads: readonly [string, string, string, string, string]
  /** The rim of bubbles and of the most severe, which stand out by it from any ground. */
  readonly edge: string
  readonly border: string
  readonly frame: string
  readonly severity: Readonly<Record<Severity, { readonly fill: string; readonly ink: string }>>
}

const severity = {
  1: { fill: '#7fb0d8', ink: '#111111' },
  2: { fill: '#f2c14e', ink: '#111111' },
  3: { fill: '#ef8a26', ink: '#111111' },
  4: { fill: '#d7301f', ink: '#ffffff' },
  5: { fill: '#7f0000', ink: '#ffffff' },
} as const

/** The colours for each ground. */
export const shades: Readonly<Record<Drawing['theme'], Shade>> = {
  light: {
    ground: '#ffffff',
    ink: '#1d2430',
    soft: '#566070',
    line: '#d5dae2',
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

import type { Credibility, Mark, Outcome, Status } from './incident.ts'
import type { Kind, Severity, Taxonomy } from './taxonomy.ts'
import { fold } from './words.ts'

/** Something that was read from the start of what a person typed, and what they typed after it. */
export type Spoken<T> = { readonly value: T; readonly rest: string }

/** How a person says what came of it, in any language of the hub; null if the words start with no outcome. */
export function readOutcome(words: string): Spoken<Outcome> | null {
  return pick(words, outcomes)
}

/** How far a person says it is to be believed; null if the words do not start so. */
export function readCredibility(words: string): Spoken<Credibility> | null {
  return pick(words, credibilities)
}

/** The sharing mark that the words start with, with or without "TLP:"; null if none. */
export function readMark(words: string): Spoken<Mark> | null {
  return pick(words.replace(/^\s*tlp\s*:?\s*/i, ''), marks)
}

/** Whether the words start by keeping an incident to named people (`restricted`) or opening it again (`region`). */
export function readVisibility(words: string): Spoken<'restricted' | 'region'> | null {
  return pick(words, visibilities)
}

/** Whether the words start with going on or off duty; null if neither. */
export function readSwitch(words: string): Spoken<'on' | 'off'> | null {
  return pick(words, switches)
}

/** The statuses that a word or two of a list filter mean; null if they mean none. */
export function readStatus(words: string): readonly Status[] | null {
  return statuses.get(plain(words)) ?? null
}

/** The severity that the words start with, as `S4`; null if none. */
export function readSeverity(words: string): Spoken<Severity> | null {
  const found = /^\s*s([1-5])(?![\p{L}\p{N}])[\s:.,-]*/iu.exec(words)
  return found ? { value: Number(found[1]) as Severity, rest: words.slice(found[0].length) } : null
}

/** The whole hours that the words start with, as `8h`, `8` or `8 horas`; null if none. */
export function readHours(words: string): Spoken<number> | null {
  const found = /^\s*(\d{1,4})\s*(?:h|hrs?|hours?|horas?)?(?![\p{L}\p{N}])\s*/iu.exec(words)
  return found ? { value: Number(found[1]), rest: words.slice(found[0].length) } : null
}

/** The kind that was meant by its code (`AR-1`) or its whole name in any language; null if there is none. */
export function readKind(words: string, taxonomy: Taxonomy): Kind | null {
  const said = plain(words)
  const found = taxonomy.kinds.find(kind => [kind.code, ...Object.values(kind.name)].some(name => plain(name) === said))
  return found?.code ?? null
}

/** What stands after the word that asks to join an account; null if the words ask something else. */
export function linkWords(words: string): string | null {
  const found = /^\s*(?:link|join|vincular|unir|enlazar)(?![\p{L}\p{N}])\s*(.*)$/isu.exec(words)
  return found ? (found[1] ?? '').trim() : null
}

/** Words as people compare them: folded, with single spaces between letters and digits. */
export function plain(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** What was typed without its first `count` words, of which there are at least so many; the rest as it was typed. */
export function after(words: string, count: number): string {
  return words.trim().replace(new RegExp(`^(?:\\S+\\s*){${count}}`), '')
}

function pick<T>(words: string, table: ReadonlyMap<string, T>): Spoken<T> | null {
  const tokens = words.trim().split(/\s+/)
  for (let count = Math.min(3, tokens.length); count > 0; count--) {
    const value = table.get(plain(tokens.slice(0, count).join(' ')))
    if (value !== undefined) return { value, rest: after(words, count) }
  }
  return null
}

function table<T extends string>(ways: Readonly<Record<T, string>>): ReadonlyMap<string, T> {
  return new Map(
    Object.entries<string>(ways).flatMap(([value, said]) =>
      [value, ...said.split(',')].map(way => [plain(way), value as T] as const),
    ),
  )
}

const outcomes = table<Outcome>({
  calmed: 'calm, calmado, calmada, calma',
  referred: 'handed over, derivado, derivada, remitido, remitida',
  'moved-on': 'moved on, left, gone, se fueron, se fue, se retiraron',
  supported: 'support, apoyado, apoyada, apoyo, acompañado',
  'no-action': 'no action, sin acción, nada que hacer',
  worse: 'got worse, escalated, peor, empeoró',
  unfounded: 'nothing found, infundado, infundada, sin fundamento',
})
const credibilities = table<Credibility>({
  unverified: 'sin verificar',
  checking: 'check, en revisión, revisando',
  corroborated: 'corroborado, corroborada',
  verified: 'verificado, verificada',
  false: 'falso, falsa',
})
const marks = table<Mark>({ CLEAR: 'claro, libre', GREEN: 'verde', AMBER: 'ámbar', RED: 'rojo, roja' })
const visibilities = table<'restricted' | 'region'>({
  restricted: 'restrict, restringido, restringida, restringir',
  region: 'unrestricted, unrestrict, open, región, abierto, abrir, sin restricción',
})
const switches = table<'on' | 'off'>({
  on: 'in, start, sí, entrar, entro, activo, activa, de turno',
  off: 'out, stop, end, no, salir, salgo, fin, libre',
})
const statuses = new Map<string, readonly Status[]>(
  Object.entries<readonly Status[]>({
    'open, abierto, abierta, abiertos, abiertas': ['reported', 'claimed'],
    'unclaimed, reported, sin tomar, libres': ['reported'],
    'claimed, tomado, tomada, tomados, tomadas': ['claimed'],
    'resolved, resuelto, resuelta, resueltos, resueltas': ['resolved'],
    'closed, cerrado, cerrada, cerrados, cerradas': ['closed'],
    'dismissed, descartado, descartados': ['dismissed'],
    'unfounded, infundado, infundados': ['unfounded'],
    'duplicate, duplicates, duplicado, duplicados': ['duplicate'],
    'withdrawn, retirado, retirados': ['withdrawn'],
  }).flatMap(([ways, value]) => ways.split(',').map(way => [plain(way), value] as const)),
)

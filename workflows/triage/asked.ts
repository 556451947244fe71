import type { Rule } from '../batch.ts'
import { type IncidentId, type PersonId, readIncidentId } from '../ids.ts'
import { plain } from '../spoken.ts'

/** What can be done with many at once. */
export type Deed = 'pass' | 'no'

/** What somebody wants of triage; `value` is a code that was picked or the words that were typed. */
export type TriageAsked =
  | { readonly type: 'list' | 'start' | 'blocked' | 'unknown' }
  | { readonly type: 'item'; readonly do: ItemDeed; readonly value: string }
  | {
      readonly type: 'many'
      readonly do: Deed
      readonly rule: Rule | { readonly type: 'callsign'; readonly name: string }
    }
  /** Many that were shown: so many, reported up to then (epoch ms). */
  | { readonly type: 'sure'; readonly do: Deed; readonly rule: Rule; readonly until: number; readonly shown: number }
  | { readonly type: 'set-back'; readonly do: Deed; readonly act: string }
  | { readonly type: 'unblock'; readonly person: PersonId }
  | { readonly type: 'named'; readonly do: 'block' | 'unblock'; readonly words: string }

/** What can be done with one report. */
export type ItemDeed =
  | 'open'
  | 'next'
  | 'pass'
  | 'no'
  | 'same'
  | 'kind'
  | 'grade'
  | 'region'
  | 'place'
  | 'block'
  | 'undo'
  | 'unpass'

/** Reads what a button says: what to do, how things stood, and what was picked, between dots. */
export function readPress(assumed: string, id: IncidentId | null): TriageAsked {
  const [name = '', first = '', ...rest] = assumed.split('.')
  if (name === '' || name === 'list') return { type: id ? 'item' : 'list', do: 'open', value: '' } as TriageAsked
  if (name === 'start') return { type: 'start' }
  if (name === 'blocked') return { type: 'blocked' }
  if (name === 'unblock') return { type: 'unblock', person: first as PersonId }
  if (name === 'back') return { type: 'set-back', do: deedOf(first), act: rest[0] ?? '' }
  if (name === 'many' || name === 'sure') {
    const [kind = '', what = '', until = '', shown = ''] = rest
    const rule = readRule(kind, what)
    if (!rule) return { type: 'unknown' }
    if (name === 'many') return { type: 'many', do: deedOf(first), rule }
    const counts = { until: Number.parseInt(until, 36), shown: Number.parseInt(shown, 36) }
    return { type: 'sure', do: deedOf(first), rule, ...counts }
  }
  return id && isItemDeed(name) ? { type: 'item', do: name, value: rest.join('.') } : { type: 'unknown' }
}

/** Reads what was typed after the command, the id taken out of it: a verb in either language and what follows. */
export function readTyped(words: string, id: IncidentId | null): TriageAsked {
  const [, said = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*)$/.exec(words) ?? []
  const verb = verbs.get(plain(said))
  if (said === '') return id ? { type: 'item', do: 'open', value: '' } : { type: 'list' }
  if (verb === 'blocked') return { type: 'blocked' }
  if (verb === 'block' || verb === 'unblock') {
    if (verb === 'block' && id) return { type: 'item', do: 'block', value: rest }
    return { type: 'named', do: verb, words: rest }
  }
  const like = /^(?:like|como)\b/i.test(rest)
  if ((verb === 'pass' || verb === 'no') && (!id || like)) return readMany(verb, rest, id)
  if (verb === 'next' && !id) return { type: 'start' }
  if (verb === undefined || !id) return { type: 'unknown' }
  return { type: 'item', do: verb, value: rest.trim() }
}

/** The part of a button's id that names a rule; ids of people and batches hold no dots. */
export function ruleCode(rule: Rule): string {
  switch (rule.type) {
    case 'from':
      return `from.${rule.sender}`
    case 'like':
      return `like.${rule.id}`
    case 'batch': {
      const places = rule.places?.map(place => place.toString(36)).join('')
      return `batch.${rule.name}${places === undefined ? '' : `~${places}`}`
    }
  }
}

/** The highest place in a batch that a button can name. */
export const lastPlace = 35

function readRule(kind: string, what: string): Rule | null {
  if (kind === 'from') return { type: 'from', sender: what as PersonId }
  const id = kind === 'like' ? readIncidentId(what) : null
  if (id) return { type: 'like', id }
  if (kind !== 'batch') return null
  const [name = '', places] = what.split('~')
  return { type: 'batch', name, places: places === undefined ? null : [...places].map(one => Number.parseInt(one, 36)) }
}

// "no from Guest-31", "no like AZ-0412", "no batch".
function readMany(verb: Deed, rest: string, id: IncidentId | null): TriageAsked {
  const [, how = '', name = ''] = /^\s*(\S*)\s*([\s\S]*)$/.exec(rest) ?? []
  if (id && /^(?:like|como)$/i.test(how)) return { type: 'many', do: verb, rule: { type: 'like', id } }
  if (/^(?:from|de)$/i.test(how) && name.trim() !== '')
    return { type: 'many', do: verb, rule: { type: 'callsign', name } }
  if (/^(?:batch|all|lote|todos|todo)$/i.test(how)) {
    return { type: 'many', do: verb, rule: { type: 'batch', name: '', places: null } }
  }
  return { type: 'unknown' }
}

function deedOf(text: string): Deed {
  return text === 'pass' ? 'pass' : 'no'
}

function isItemDeed(name: string): name is ItemDeed {
  return itemDeeds.has(name)
}

const itemDeeds = new Set<string>([
  ...(['open', 'next', 'pass', 'no', 'same', 'kind', 'grade', 'region', 'place', 'block', 'undo', 'unpass'] as const),
])

type Verb = ItemDeed | 'blocked' | 'unblock'
const verbs = new Map<string, Verb>(
  Object.entries<string>({
    open: 'open, abrir, ver',
    next: 'next, siguiente, start, empezar',
    pass: 'pass, pasar',
    no: 'no, dismiss, not, descartar, nada',
    same: 'same, merge, igual, unir',
    kind: 'kind, tipo',
    grade: 'severity, gravedad, grade',
    region: 'region',
    place: 'place, lugar, where, donde',
    block: 'block, bloquear',
    unblock: 'unblock, desbloquear',
    blocked: 'blocked, bloqueados',
    undo: 'undo, deshacer',
  }).flatMap(([verb, ways]) => ways.split(', ').map(way => [plain(way), verb as Verb] as const)),
)

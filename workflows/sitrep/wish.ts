import { type Directory, hasRole } from '../directory.ts'
import type { Drawing } from '../drawing.ts'
import type { Edition } from '../edition.ts'
import type { Span } from '../figures.ts'
import type { RegionCode } from '../ids.ts'
import type { Actor } from '../permission.ts'
import { plain, readHours } from '../spoken.ts'
import type { Kind, Taxonomy } from '../taxonomy.ts'
import { localTime } from '../zone.ts'

/** What summary somebody wants: of which time, regions and kinds, for whom, and whether whole or one picture alone. */
export type SitrepWish = {
  readonly span: Span
  /** The time as it was said: `72h`, or `2026-11-01..2026-11-03`. */
  readonly time: string
  readonly regions: 'all' | readonly RegionCode[]
  /** Codes of kinds or of their groups, as they were said; none: all. */
  readonly codes: readonly string[]
  readonly kinds: readonly Kind[]
  readonly edition: Edition
  readonly show: Drawing['kind']
  readonly theme: Drawing['theme']
  /** Which of its messages, from 0. */
  readonly part: number
}

/** Why it cannot be made: a word that is not known, or a time out of range. */
export type NoWish = { readonly unknown: string } | { readonly hours: number }

const hour = 3_600_000
const usual = 24
/** The longest window, in hours. */
export const longestWindow = 31 * 24

/** Reads what was typed after `/sitrep`, in any order: `AZ 72h`, `GA AR-1 2026-11-01..2026-11-03 partner`, `map`. */
export function readWish(
  words: string,
  { actor, directory, taxonomy, now }: { actor: Actor; directory: Directory; taxonomy: Taxonomy; now: number },
): SitrepWish | NoWish {
  const regions: RegionCode[] = []
  const codes: string[] = []
  let all = false
  let wish: Omit<SitrepWish, 'regions' | 'codes' | 'kinds'> = {
    ...{ span: { from: now - usual * hour, to: now }, time: `${usual}h` },
    ...{ edition: usualEdition(actor), show: 'summary', theme: 'light', part: 0 },
  }
  for (const word of words.split(/[\s,;+]+/).filter(each => each !== '')) {
    const said = plain(word)
    const region = directory.regions.find(one => plain(one.code) === said)
    const code = word.toUpperCase()
    const hours = readHours(word)
    const days = daysIn(word, actor.zone, now)
    if (region) regions.push(region.code)
    else if (taxonomy.kinds.some(kind => kind.code === code || groupOf(kind.code) === code)) codes.push(code)
    else if (hours && hours.rest === '') {
      if (hours.value < 1 || hours.value > longestWindow) return { hours: hours.value }
      wish = { ...wish, span: { from: now - hours.value * hour, to: now }, time: `${hours.value}h` }
    } else if (days) {
      if (days.from >= days.to || days.to - days.from > longestWindow * hour) return { hours: longestWindow }
      wish = { ...wish, span: days, time: word }
    } else if (everything.has(said)) all = true
    else if (said in editionWords) wish = { ...wish, edition: editionWords[said] ?? wish.edition }
    else if (said in shows) wish = { ...wish, show: shows[said] ?? wish.show }
    else if (dark.has(said)) wish = { ...wish, theme: 'dark' }
    else if (/^part\d$/.test(said)) wish = { ...wish, part: Number(said.slice(4)) }
    else return { unknown: word }
  }
  const kinds = taxonomy.kinds
    .map(kind => kind.code)
    .filter(code => codes.includes(code) || codes.includes(groupOf(code)))
  const asked = regions.length > 0 ? regions : all ? ('all' as const) : actor.regions
  return { ...wish, regions: asked, codes, kinds }
}

/** The same as words that a button can carry, without spaces; `readWish` reads them. */
export function packWish({ time, regions, codes, edition, show, theme, part }: SitrepWish): string {
  return [
    ...(regions === 'all' ? ['all'] : regions),
    ...codes,
    ...[time, edition],
    ...(show === 'summary' ? [] : [show]),
    ...(theme === 'dark' ? ['dark'] : []),
    ...(part > 0 ? [`part${part}`] : []),
  ].join('+')
}

/** What somebody reads who names no edition: leaders without a part in responding read theirs. */
export function usualEdition(actor: Pick<Actor, 'roles'>): Edition {
  return hasRole(actor, 'coordinator') ? 'response' : 'leadership'
}

const everything = new Set(['all', 'todo', 'todos', 'todas'])
const dark = new Set(['dark', 'oscuro', 'oscura'])
const shows: Readonly<Record<string, Drawing['kind']>> = {
  ...{ map: 'map', mapa: 'map', trend: 'trend', chart: 'trend', tendencia: 'trend', grafico: 'trend' },
}
const editionWords: Readonly<Record<string, Edition>> = {
  ...{ response: 'response', responders: 'response', respuesta: 'response' },
  ...{ leadership: 'leadership', leaders: 'leadership', direccion: 'leadership', liderazgo: 'leadership' },
  ...{ partner: 'partner', partners: 'partner', socio: 'partner', socios: 'partner', aliados: 'partner' },
  ...{ public: 'public', publico: 'public', publica: 'public' },
}

function groupOf(code: string): string {
  return code.split('-')[0] ?? code
}

/** A local day, or some in a row, whole; what is still to come is left off. */
function daysIn(word: string, zone: string, now: number): Span | null {
  const [, first, last = first] = /^(\d{4}-\d{2}-\d{2})(?:\.\.(\d{4}-\d{2}-\d{2}))?$/.exec(word) ?? []
  if (first === undefined || last === undefined) return null
  const midnight = (date: string, later: number) => {
    const at = new Date(`${date}T12:00:00Z`)
    if (Number.isNaN(at.getTime())) return Number.NaN
    at.setUTCDate(at.getUTCDate() + later)
    const [year = 0, month = 1, day = 1] = at.toISOString().slice(0, 10).split('-').map(Number)
    return localTime({ year, month, day, hour: 0, minute: 0 }, zone)
  }
  const [from, to] = [midnight(first, 0), Math.min(now, midnight(last, 1))]
  return Number.isNaN(from) || Number.isNaN(to) ? null : { from, to }
}

import { type Audience, type PartnerKind, partnerKinds } from '../../audience.ts'
import type { Directory, Language, Role } from '../../directory.ts'
import { type Phrase, phrase } from '../../phrase.ts'
import { plain } from '../../spoken.ts'

/** What was picked instead of typed: regions by their letters, ticked people and partners, a language, rooms. */
export type Picked = {
  readonly regions: string
  readonly people: readonly string[]
  readonly partners: readonly string[]
  readonly language: string
  readonly rooms: string
}

/** The people that can be ticked, in the order in which they stand. */
export const pickedPeople = ['mediator', 'responder', 'coordinator', 'leader', 'duty'] as const

/** What was picked as an audience: what stands in one field adds up, the fields narrow each other. */
export function audiencePicked(
  picked: Picked,
  directory: Pick<Directory, 'regions'>,
): { readonly audience: Audience } | { readonly field: keyof Picked; readonly problem: Phrase } {
  const regions = regionsIn(picked.regions, directory)
  if ('problem' in regions) return { field: 'regions', problem: regions.problem }
  const { codes, all } = regions
  const where = codes.map((region): Audience => ({ type: 'region', region }))
  const who: Audience[] = [...peopleIn(picked.people), ...partnersIn(picked.partners)]
  const reads: Audience[] = picked.language === '' ? [] : [{ type: 'language', language: picked.language as Language }]
  const rooms: Audience[] =
    all || codes.length === 0
      ? [{ type: 'rooms', region: 'all' }]
      : codes.map(region => ({ type: 'rooms' as const, region }))
  const narrowed = [anyOf(where), anyOf(who), anyOf(reads)].flatMap(part => part ?? [])
  if (narrowed.length === 0 && !all) return { field: 'regions', problem: phrase('broadcast.pick-nobody') }
  const people = allOf(narrowed) ?? { type: 'everyone' }
  if (picked.rooms === 'only')
    return { audience: allOf([anyOf(rooms), anyOf(reads)].flatMap(part => part ?? [])) ?? people }
  if (picked.rooms !== 'also') return { audience: people }
  const places = allOf([anyOf(rooms), anyOf(reads)].flatMap(part => part ?? []))
  return { audience: anyOf([people, ...(places ? [places] : [])]) ?? people }
}

function regionsIn(
  words: string,
  { regions }: Pick<Directory, 'regions'>,
): { readonly codes: readonly string[]; readonly all: boolean } | { readonly problem: Phrase } {
  const parts = words.split(/[,;/+&]|\s+(?:and|or|y|e|o)\s+/iu).flatMap(one => (one.trim() === '' ? [] : [one.trim()]))
  const codes: string[] = []
  for (const part of parts) {
    if (alls.has(plain(part))) return { codes: [], all: true }
    const named = regions.find(({ code, name }) => plain(code) === plain(part) || plain(name) === plain(part))
    const each = named ? [named] : part.split(/\s+/).map(one => regions.find(({ code }) => plain(code) === plain(one)))
    for (const region of each) {
      if (region) codes.push(region.code)
      else {
        const all = regions.map(({ code }) => code)
        return { problem: phrase('broadcast.region-unknown', { words: { words: part }, all }) }
      }
    }
  }
  return { codes: [...new Set(codes)], all: false }
}

const alls = new Set(['all', 'all regions', 'everywhere', 'todas', 'todas las regiones', 'toda la red', 'todo', '*'])

function peopleIn(values: readonly string[]): readonly Audience[] {
  return values.map(value => (value === 'duty' ? { type: 'duty' } : { type: 'role', role: value as Role }))
}

function partnersIn(values: readonly string[]): readonly Audience[] {
  if (partnerKinds.every(kind => values.includes(kind))) return [{ type: 'partner', kind: 'any' }]
  return values.map(kind => ({ type: 'partner', kind: kind as PartnerKind }))
}

function anyOf(parts: readonly Audience[]): Audience | null {
  const [first, ...rest] = parts
  return first ? (rest.length === 0 ? first : { type: 'or', of: parts }) : null
}

function allOf(parts: readonly Audience[]): Audience | null {
  const [first, ...rest] = parts
  return first ? (rest.length === 0 ? first : { type: 'and', of: parts }) : null
}

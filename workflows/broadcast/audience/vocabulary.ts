import { type Audience, type PartnerKind, partnerKinds } from '../../audience.ts'
import type { Directory, Language, Role } from '../../directory.ts'
import type { PlatformName } from '../../ids.ts'
import { plain } from '../../spoken.ts'
import { isReader } from './resolve.ts'

/** What a word or a few of them mean in an audience. */
export type Meaning =
  | { readonly type: 'whom'; readonly audience: Audience }
  /** `rooms` alone, which regions beside it narrow. */
  | { readonly type: 'rooms' }
  /** `and` joins, `or` and a comma part, `not` leaves the next one out, `but` all that follows. */
  | { readonly type: 'and' | 'both' | 'or' | 'not' | 'but' | 'open' | 'close' }
  /** Says nothing by itself, as `in` and `who`. */
  | { readonly type: 'filler' }

/** Everything that can be said, by how it is said: folded words with single spaces. */
export type Vocabulary = ReadonlyMap<string, Meaning>

/** The most words that one meaning has. */
export const mostWords = 6

/**
 * All that an audience may be made of in that network, in both languages. A call sign or a room that is called like a
 * word of the language must be typed with `@` or `#`, with which they are there too.
 */
export function vocabularyOf(directory: Directory): Vocabulary {
  const words = new Map<string, Meaning>(fixed)
  const add = (name: string, audience: Audience) => {
    const said = plain(name)
    if (said !== '' && !words.has(said)) words.set(said, { type: 'whom', audience })
  }
  for (const { code, name } of directory.regions) {
    // A code such as OR or NO is a word of the language, and meant where it is written in capitals.
    words.set(`=${code}`, { type: 'whom', audience: { type: 'region', region: code } })
    add(name, { type: 'region', region: code })
    add(code, { type: 'region', region: code })
  }
  for (const person of directory.people.values()) {
    if (!isReader(person)) continue
    const audience: Audience = { type: 'person', person: person.id }
    words.set(`@${plain(person.callsign)}`, { type: 'whom', audience })
    add(person.callsign, audience)
  }
  for (const room of directory.rooms) {
    const audience: Audience = { type: 'room', room: room.id }
    const named = words.get(`#${plain(room.name)}`)
    // Rooms of one name on several tools are one room to those who name it.
    const whom = named?.type === 'whom' ? joined(named.audience, audience) : audience
    words.set(`#${plain(room.name)}`, { type: 'whom', audience: whom })
    if (room.purpose !== 'region') common(words, room.purpose, audience)
  }
  return words
}

function common(words: Map<string, Meaning>, purpose: string, audience: Audience): void {
  for (const said of purposes[purpose] ?? []) {
    const known = words.get(said)
    words.set(said, { type: 'whom', audience: known?.type === 'whom' ? joined(known.audience, audience) : audience })
  }
}

function joined(one: Audience, other: Audience): Audience {
  return { type: 'or', of: [...(one.type === 'or' ? one.of : [one]), other] }
}

const purposes: Readonly<Record<string, readonly string[]>> = {
  coordination: ['coordination room', 'coordination rooms', 'sala de coordinacion', 'salas de coordinacion'],
  leadership: ['leadership room', 'leadership rooms', 'sala de direccion', 'salas de direccion'],
  triage: ['triage room', 'triage rooms', 'sala de triaje', 'salas de triaje'],
}

function ways(said: string): readonly string[] {
  return said.split(',').map(plain)
}

const whom = (audience: Audience, said: string): readonly (readonly [string, Meaning])[] =>
  ways(said).map(way => [way, { type: 'whom', audience }] as const)
const role = (value: Role, said: string) => whom({ type: 'role', role: value }, said)
const language = (value: Language, said: string) => whom({ type: 'language', language: value }, said)
const platform = (value: PlatformName, said: string) => whom({ type: 'platform', platform: value }, said)
const partner = (kind: PartnerKind | 'any', said: string) => whom({ type: 'partner', kind }, said)
const mark = (type: Exclude<Meaning['type'], 'whom'>, said: string): readonly (readonly [string, Meaning])[] =>
  ways(said).map(way => [way, { type }] as const)

const fixed: readonly (readonly [string, Meaning])[] = [
  ...whom(
    { type: 'everyone' },
    'everyone, everybody, all, anyone, all people, the network, todos, todas, todo el mundo, ' +
      'todas las personas, toda la gente, todos y todas, la red, toda la red',
  ),
  ...role('mediator', 'mediator, mediators, mediador, mediadora, mediadores, mediadoras, mediación'),
  ...role('responder', 'responder, responders, respuesta, personas de respuesta, respondedores, respondientes'),
  ...role(
    'coordinator',
    'coordinator, coordinators, coordinador, coordinadora, coordinadores, coordinadoras, coordinación',
  ),
  ...role('leader', 'leader, leaders, leadership, líder, líderes, dirigente, dirigentes, dirección, directiva'),
  ...role(
    'admin',
    'admin, admins, administrator, administrators, administrador, administradora, administradores, ' +
      'administradoras, administración',
  ),
  ...language('en', 'english, english speakers, english readers, inglés, angloparlantes'),
  ...language('es', 'spanish, spanish speakers, spanish readers, español, castellano, hispanohablantes'),
  ...platform('slack', 'slack'),
  ...platform('discord', 'discord'),
  ...platform('signal', 'signal'),
  ...platform('workspace', 'workspace, practice workspace, espacio de práctica'),
  ...whom({ type: 'duty' }, 'duty, on duty, onduty, who is on duty, guardia, de guardia, de turno, en turno'),
  ...partner('any', 'partner, partners, any partner, all partners, aliado, aliada, aliados, aliadas, socios'),
  ...partnerKinds.flatMap(kind => partner(kind, `${kind}, ${kind} partner, ${kind} partners`)),
  ...partner('faith', 'clergy, faith leaders, religiosos, fe, iglesias, clero, líderes religiosos, aliados religiosos'),
  ...partner('civic', 'civic groups, cívico, cívicos, cívicas, sociedad civil, aliados cívicos'),
  ...partner('youth', 'juventud, jóvenes, juvenil, juveniles, aliados juveniles'),
  ...partner('business', 'businesses, empresa, empresas, empresarial, empresariales, comercio, aliados empresariales'),
  ...partner('sport', 'sports, sports partners, deporte, deportes, aliados del deporte'),
  ...partner('veterans', 'veteran, veteran partners, veterano, veterana, veteranos, veteranas, aliados veteranos'),
  ...partner(
    'election-officials',
    'election official, election officials, officials, autoridades electorales, funcionarios electorales',
  ),
  ...partner('journalists', 'journalist, press, periodista, periodistas, prensa'),
  ...mark(
    'rooms',
    'room, rooms, all rooms, all regional rooms, group, groups, channel, channels, sala, salas, grupo, ' +
      'grupos, canal, canales, todas las salas, todas las salas regionales, todos los grupos, todos los canales',
  ),
  ...mark('and', 'and, y, e, with, con, plus, also, además, as well as'),
  ...mark('both', 'only, solo, just, sólo, únicamente'),
  ...mark('or', 'or, o, u'),
  ...mark('not', 'not, no, non, without, sin'),
  ...mark('but', 'but, but not, except, except for, excepting, save, excepto, salvo, menos, pero no, a excepción de'),
  ...mark(
    'filler',
    'in, of, from, on, at, the, who, are, is, that, speak, speaks, read, reads, speaking, their, its, to, ' +
      'people, persons, those, de, del, en, la, las, los, el, al, a, que, quien, quienes, hablan, habla, leen, lee, ' +
      'están, esta, son, es que, personas, gente, sus, su, para, for, region, región, regions, regiones',
  ),
]

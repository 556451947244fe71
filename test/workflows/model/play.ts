import fc from 'fast-check'
import type { Action, IncidentAction } from '../../../workflows/action.ts'
import type { IncidentId, PersonId } from '../../../workflows/ids.ts'
import type { Incident, Mark } from '../../../workflows/incident.ts'
import { type Command, cast, type Model, type Name, rule, type Which, type World } from './rules.ts'

/** A command, or (`pick`) one of those that the rules allow by then: else much is only ever asked in vain. */
type Asked = { readonly command: Command; readonly pick: number | null }

/** One step: minutes pass, clocks ring or are late, then one command, or two at the same moment. */
export type Step = { readonly wait: number; readonly rings: boolean; readonly commands: readonly Asked[] }

/** Everything that a play needs of whoever plays: ids for names, and minutes since the beginning. */
export type Ids = {
  readonly person: Record<Name, PersonId>
  readonly incident: Record<Which, IncidentId>
  readonly start: number
}

const somebody = fc.constantFrom<Name[]>('heron', 'finch', 'finch', 'wren', 'wren', 'crane', 'owl')
const severity = fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const, 5 as const)
const about = fc.constantFrom('A' as const, 'A' as const, 'B' as const)
const base = { about, who: somebody }
const plain = [
  ...(['claim', 'accept', 'decline', 'cannot', 'join', 'leave', 'release', 'update', 'keep', 'unrestrict'] as const),
  ...(['undo', 'merge', 'unmerge', 'reopen', 'withdraw', 'dismiss'] as const),
] as const
const handing = fc.constantFrom<'handover' | 'restrict'>('handover', 'handover', 'handover', 'restrict')
const grading = fc.constantFrom<'severity' | 'agree'>('severity', 'severity', 'agree')
const mark = fc.constantFrom<Mark>('CLEAR', 'GREEN', 'AMBER', 'RED')
const outcome = fc.constantFrom<'calmed' | 'unfounded'>('calmed', 'calmed', 'unfounded')

/** Any command, more of those on which others hang. */
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ ...base, type: fc.constantFrom(...plain) }) },
  { weight: 3, arbitrary: fc.record({ ...base, type: handing, to: somebody }) },
  { weight: 3, arbitrary: fc.record({ ...base, type: grading, to: severity }) },
  { weight: 1, arbitrary: fc.record({ ...base, type: fc.constant('mark' as const), to: mark }) },
  { weight: 1, arbitrary: fc.record({ ...base, type: fc.constant('resolve' as const), to: outcome }) },
)

const wait = fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0.5, 0.5, 1, 4, 9, 16, 31, 130, 500, 1500)

/** So many steps at most; `most` commands at the same moment. */
export function steps(length: number, most: number): fc.Arbitrary<readonly Step[]> {
  const pick = fc.option(fc.nat(9999), { freq: 2 })
  const asked = fc.record({ command, pick })
  const commands = fc.array(asked, { minLength: 1, maxLength: most })
  // Without a leaning to what is small: in a short day nothing is handed over.
  return fc.noBias(fc.array(fc.record({ wait, rings: fc.boolean(), commands }), { maxLength: length, size: 'max' }))
}

/** What is asked then. */
export function chosen({ command, pick }: Asked, world: World, now: number): Command {
  if (pick === null) return command
  for (let turn = 0; turn < wished.length; turn += 1) {
    const ways = everyWay[wished[(pick + turn) % wished.length] as Command['type']] ?? []
    const allowed = ways.filter(way => rule(world, way, now) !== null)
    const found = allowed[Math.floor(pick / wished.length) % allowed.length]
    if (found) return found
  }
  return command
}

// Where one is not allowed the next is asked: what is rarely possible stands before what often is, and ends are last.
const wished: readonly Command['type'][] = [
  ...(['accept', 'decline', 'handover', 'accept', 'handover', 'claim', 'agree', 'keep', 'severity', 'leave'] as const),
  ...([
    'release',
    'claim',
    'handover',
    'undo',
    'claim',
    'unmerge',
    'unmerge',
    'unmerge',
    'reopen',
    'claim',
    'unrestrict',
    'update',
  ] as const),
  ...([
    'mark',
    'join',
    'claim',
    'restrict',
    'cannot',
    'claim',
    'merge',
    'claim',
    'resolve',
    'dismiss',
    'withdraw',
  ] as const),
]

/** Every command there is, by its type. */
const everyWay = Object.groupBy(
  (['A', 'B'] as const).flatMap(about => cast.flatMap(who => waysOf({ about, who }))),
  way => way.type,
)

function waysOf(base: Pick<Command, 'about' | 'who'>): readonly Command[] {
  return [
    ...plain.map(type => ({ ...base, type })),
    ...cast.flatMap(to => (['handover', 'restrict'] as const).map(type => ({ ...base, type, to }))),
    ...([1, 2, 3, 4, 5] as const).flatMap(to => (['severity', 'agree'] as const).map(type => ({ ...base, type, to }))),
    ...(['CLEAR', 'GREEN', 'AMBER', 'RED'] as const).map(to => ({ ...base, type: 'mark' as const, to })),
    ...(['calmed', 'unfounded'] as const).map(to => ({ ...base, type: 'resolve' as const, to })),
  ]
}

/** How grave both are at first. */
export const beginning = fc.record({ A: severity, B: severity })

/** The command as the hub takes it. */
export function actionOf(command: Command, { person, incident }: Ids): Action {
  const id = incident[command.about]
  const other = incident[command.about === 'A' ? 'B' : 'A']
  if (command.type === 'merge') return { type: 'merge', from: id, into: other }
  if (command.type === 'unmerge') return { type: 'unmerge', about: id }
  return { type: 'incident', about: id, do: plainAction(command, person) }
}

function plainAction(command: Command, person: Ids['person']): IncidentAction {
  const reason = 'it is so'
  switch (command.type) {
    case 'release':
    case 'unrestrict':
    case 'reopen':
    case 'dismiss':
      return { type: command.type, reason }
    case 'update':
      return { type: 'update', text: 'I am on the phone with them' }
    case 'keep':
      return { type: 'keep-severity' }
    case 'handover':
      return { type: 'handover', to: person[command.to], note: '' }
    case 'restrict':
      return { type: 'restrict', allow: [person[command.to]], reason }
    case 'severity':
      return { type: 'severity', to: command.to, reason }
    case 'agree':
      return { type: 'agree-lowering', to: command.to }
    case 'mark':
      return { type: 'mark', to: command.to, reason }
    case 'resolve':
      return { type: 'resolve', outcome: command.to, note: '' }
    case 'merge':
    case 'unmerge':
      throw new Error('it concerns both')
    default:
      return { type: command.type }
  }
}

/** What the rules speak of, of an incident as the hub has it. */
export function seenAs(incident: Incident, ids: Ids): object {
  const name = (id: PersonId) => cast.find(one => ids.person[one] === id) ?? id
  const which = (id: IncidentId): Which => (ids.incident.A === id ? 'A' : 'B')
  const minute = (at: number) => (at - ids.start) / 60_000
  const claimed = (claim: Incident['claim']) => claim && { by: name(claim.by), until: minute(claim.until) }
  const { status, severity, mark, claim, joined, handover, lowering, undo, mergedInto, visibility } = incident
  return {
    ...{ status, severity, mark, claim: claimed(claim), joined: joined.map(name) },
    named: visibility === 'restricted' ? incident.allowed.map(name).sort() : null,
    // Somebody whose report was withdrawn altogether stays on its record.
    reporter: incident.reporter && name(incident.reporter),
    offer: handover && { to: name(handover.to), until: minute(handover.until) },
    lowering: lowering && { by: name(lowering.by), to: lowering.to },
    undo: undo && { until: minute(undo.until), status: undo.status, claim: claimed(undo.claim) },
    into: mergedInto && which(mergedInto),
  }
}

/** The same of the model. */
function modelSeen({ took: _, endedAt: __, into, named, ...rest }: Model): object {
  return { ...rest, named: named && [...named].sort(), into: into === null ? null : into.which }
}

/** Both of them. */
export const worldSeen = (world: World) => ({ A: modelSeen(world.A), B: modelSeen(world.B) })

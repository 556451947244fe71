import type { IncidentAction, ReportAction } from './action.ts'
import { type Context, type Decision, follow, happen, no } from './decision.ts'
import { servesRegion } from './directory.ts'
import { InputError } from './errors.ts'
import type { PersonId } from './ids.ts'
import type { Details, Evidence, Incident, Place } from './incident.ts'
import { linksIn } from './link.ts'
import { keepers } from './mark.ts'
import { phrase } from './phrase.ts'
import { requireCurrent, requireOwnStanding } from './standing.ts'
import { counted } from './tally.ts'
import { kindInfo } from './taxonomy.ts'
import { limits, optional, required } from './typed.ts'

/** A new incident: AMBER and open to its region, unless its guessed kind starts RED or restricted. */
export function report(action: ReportAction, context: Context): Decision[] {
  const what = required('what', action.what, limits.what, 'rule.what-empty')
  const info = action.kind === null ? null : kindInfo(context.taxonomy, action.kind)
  // What is made up is played with everybody who is in its exercise.
  const apart = action.drill === undefined
  const inside =
    (apart && info?.restricted) || action.visibility === 'restricted' ? keepers(context.directory, action.region) : []
  const restricted = inside.length > 0
  const event = {
    type: 'reported',
    id: action.id,
    region: action.region,
    severity: action.severity,
    kind: info?.code ?? null,
    kindGuessed: info !== null && !action.kindSaid,
    mark: info?.startsRed ? 'RED' : 'AMBER',
    visibility: restricted ? 'restricted' : 'region',
    allowed: restricted ? inside : [],
    place: action.place,
    evidence: withLinks(action.evidence, what),
    ...(action.files?.length ? { files: action.files } : {}),
    ...(action.awaited ? { awaited: action.awaited } : {}),
    contact: action.contact,
    account: action.account,
    room: action.room,
    ...(context.actor?.vetted === false ? { waiting: true as const } : {}),
    ...(action.drill ? { drill: action.drill } : {}),
  } as const
  return [happen(event, { what, where: whereOf(action.where, action.place) })]
}

/** Somebody adds what they know, in words or files; taken also after the end, so that nothing sent is lost. */
export function add(incident: Incident, { text, room, evidence, files, awaited, written }: Added): Decision[] {
  requireOwnStanding(incident)
  const limit = limits.talk
  const fresh = files?.filter(file => !incident.files?.includes(file.id))
  if (text.trim() === '' && files?.length && fresh?.length === 0 && !awaited) throw again(incident)
  const counts = fresh ? counted(fresh) : evidence
  const some = awaited !== undefined || Object.values(counts).some(count => count > 0)
  const words = { text: some ? optional('text', text, limit) : required('text', text, limit) }
  return [
    happen(
      {
        type: 'added',
        ...(room ? { room } : {}),
        evidence: withLinks(counts, words.text),
        ...(fresh?.length ? { files: fresh } : {}),
        ...(awaited ? { awaited } : {}),
        ...(written ? { written } : {}),
      },
      words,
    ),
  ]
}

type Added = Pick<Of<'add'>, 'text' | 'room' | 'evidence' | 'files' | 'awaited' | 'written'>
type Of<Type extends IncidentAction['type']> = Extract<IncidentAction, { type: Type }>

function again({ id }: Incident): InputError {
  const already = phrase('file.already', { id })
  return new InputError({ files: already })
}

/** Somebody speaks in the thread; taken whatever the status. */
export function say({ text, room, written }: Of<'say'>): Decision[] {
  const words = { text: required('text', text, limits.talk) }
  return [happen({ type: 'said', room, ...linkCount(words.text), ...(written ? { written } : {}) }, words)]
}

/** News for the card, while it is open or freshly resolved. */
export function update(incident: Incident, text: string): Decision[] {
  requireCurrent(incident)
  const words = { text: required('text', text, limits.update) }
  return [happen({ type: 'updated', ...linkCount(words.text) }, words)]
}

/** The facts of the optional screens, added to those known; nothing given is no event. */
export function detail(incident: Incident, details: Details, safeContact = ''): Decision[] {
  // How somebody knows counts also for the incident that theirs has become part of.
  if (incident.status !== 'duplicate') requireOwnStanding(incident)
  const words = { safeContact: optional('safeContact', safeContact, limits.where) }
  const given = Object.keys(details).length > 0 || words.safeContact !== ''
  return given ? [happen({ type: 'detailed', details }, words)] : []
}

/** It lies elsewhere than thought: the id stays; the new region's coordinators come to know a restricted one. */
export function move(
  incident: Incident,
  to: { readonly region: string; readonly place: Place; readonly where: string },
  context: Context,
): Decision[] {
  requireCurrent(incident)
  const where = optional('where', to.where, limits.where)
  const { region, place } = to
  if (where === '' && region === incident.region && samePlace(place, incident.place)) {
    throw no('rule.place-already', { id: incident.id })
  }
  const placed = happen({ type: 'placed', region, place }, { where })
  if (region === incident.region) return [placed]
  if (incident.visibility !== 'restricted') return [placed, ...leftBehind(incident, region, context)]
  const allowed = [...new Set([...incident.allowed, ...keepers(context.directory, region)])]
  if (allowed.length === incident.allowed.length) return [placed]
  return [placed, follow({ type: 'restricted', allowed })]
}

/** Whoever has it and does not serve its new region can no longer see it: it goes back to the pool. */
function leftBehind(incident: Incident, region: string, context: Context): Decision[] {
  const claimer = incident.status === 'claimed' && context.directory.people.get(incident.claim?.by as PersonId)
  const stays = !claimer || servesRegion(claimer, region) || incident.allowed.includes(claimer.id)
  return stays ? [] : [follow({ type: 'released' })]
}

function withLinks(evidence: Evidence, text: string): Evidence {
  const { links } = linkCount(text)
  return links ? { ...evidence, link: links } : evidence
}

function linkCount(text: string): { readonly links?: number } {
  const links = linksIn(text).length
  return links > 0 ? { links } : {}
}

function whereOf(text: string, place: Place): string {
  if (place.state === 'room') return optional('where', text, limits.where)
  return required('where', text, limits.where, 'rule.where-empty')
}

function samePlace(one: Place, other: Place): boolean {
  return (
    one.state === other.state && one.county === other.county && one.fips === other.fips && one.usState === other.usState
  )
}

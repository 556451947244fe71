import { type Directory, type Person, regionOf } from '../../../workflows/directory.ts'
import type { Plan, PlannedStep } from '../../../workflows/protocol/plan.ts'
import { lengthOf } from '../../../workflows/protocol/times.ts'
import type { Condition, Protocol, RunRole, Step, Trigger } from '../../../workflows/protocol.ts'
import { kindInfo, type Taxonomy } from '../../../workflows/taxonomy.ts'
import { count } from '../terminal.ts'

/** What each role is called in the terminal. */
const roleNames: Readonly<Record<RunRole, string>> = {
  DO: 'duty officer',
  RC: 'regional coordinator',
  FR: 'field responder pair',
  SO: 'safety officer',
  VE: 'verifier',
  CM: 'communications lead',
  LI: 'liaison',
  LG: 'legal adviser',
  WB: 'wellbeing lead',
  LD: 'leadership',
  SC: 'scribe',
}

/** What a protocol would touch if it were started now (epoch ms), line by line; times are those of the region. */
export function previewLines(
  protocol: Protocol,
  plan: Plan,
  { directory, taxonomy, now }: { readonly directory: Directory; readonly taxonomy: Taxonomy; readonly now: number },
): readonly string[] {
  const { incident, rooms, told, roles, steps, later, chain } = plan
  const region = regionOf(directory, incident.region)
  const at = (time: number) => hour(time, region?.zone ?? directory.zone)
  const kind = kindInfo(taxonomy, incident.kind ?? '')?.name.en
  const ringing = steps.filter(one => one.ringsAt !== null).length
  return [
    `On a sample incident: ${incident.kind} ${kind}, S${incident.severity}, in ${region?.name ?? incident.region}`,
    `(${incident.mark}${incident.visibility === 'restricted' ? ', restricted' : ''}), started ${at(now)}.`,
    'Nothing of this is sent or kept.',
    '',
    `Rooms (${rooms.length})`,
    ...rooms.map(({ room, checklist }) => {
      const seen = checklist ? 'the checklist stands on its card' : 'sees nothing of it: the incident is RED'
      return `  ${room.name} (${room.platform}): ${seen}`
    }),
    ...(rooms.length > 0 ? [] : ['  none: only single people see it']),
    '',
    `People told of the start (${told.length})`,
    `  ${names(told) || 'nobody directly; it stands in the rooms'}`,
    '',
    'Roles',
    ...roles.map(({ role, people }) => {
      const who = people.length > 0 ? `${people.length}: ${names(people)}` : 'nobody yet: whoever takes it'
      return `  ${role.padEnd(3)} ${roleNames[role].padEnd(22)} ${who}`
    }),
    '',
    `Steps that stand at once (${steps.length}), with ${count(ringing, 'timer')}`,
    ...steps.map(one => stepLine(one, at)),
    '',
    `Steps that come only if (${later.length})`,
    ...later.map(step => `  ${label(step)}\n       if ${sayCondition(step.when)}`),
    '',
    'If nobody answers the first step that is due',
    ...chain.map(({ at: time, people }) => `  ${at(time)}  ${names(people)}`),
    ...(chain.length > 0 ? [] : ['  nobody could be called: put people with these roles on the roster']),
    '',
    'What proposes it',
    ...protocol.triggers.map(trigger => `  ${sayTrigger(trigger)}`),
    ...(protocol.triggers.length > 0 ? [] : ['  nothing: it is started by hand']),
  ]
}

/** A condition in words. */
function sayCondition(when: Condition | null): string {
  switch (when?.type) {
    case undefined:
      return 'always'
    case 'answer':
      return `"${when.ask}" was answered with ${when.is.join(' or ')}`
    case 'number':
      return `"${when.ask}" is more than ${when.over}`
    case 'gate':
      return `gate ${when.gate} is ${when.is}`
    case 'step':
      return `step ${when.step} is ${when.is}`
    case 'severity':
      return `it is S${when.atLeast} or more`
    case 'kind':
      return `the kind is ${when.in.join(' or ')}`
    case 'weapons':
      return `weapons are ${when.in.join(' or ')}`
    case 'credibility':
      return `it is ${when.in.join(' or ')}`
    case 'not':
      return `not (${sayCondition(when.of)})`
    case 'all':
    case 'any': {
      const said = when.of.map(one =>
        one.type === 'any' || one.type === 'all' ? `(${sayCondition(one)})` : sayCondition(one),
      )
      return said.join(when.type === 'all' ? ' and ' : ' or ')
    }
  }
}

function stepLine({ step, people, dueAt, ringsAt }: PlannedStep, at: (time: number) => string): string {
  const due = dueAt === null ? dueWords(step) : `due ${at(dueAt)}`
  const rung = ringsAt !== null && ringsAt !== dueAt ? `, reminded ${at(ringsAt)}` : ''
  const facts = [
    ...(step.gate ? [`behind ${step.gate}`] : []),
    ...(step.repeat !== null ? [`then every ${lengthOf(step.repeat)}`] : []),
    ...(step.checkin !== null ? [`check-in every ${lengthOf(step.checkin)}`] : []),
    ...(step.headcount ? [`head count: ${step.headcount}`] : []),
    ...(step.skill ? [`needs ${step.skill}`] : []),
    ...(step.notify.length > 0 ? [`tells ${step.notify.join(', ')}`] : []),
  ]
  const who = people.length > 0 ? names(people) : 'nobody yet'
  return `  ${label(step)}\n       ${[`${due}${rung}`, who, ...facts].join(' · ')}`
}

function dueWords({ due }: Step): string {
  if (!due) return 'at no set time'
  if (typeof due.from === 'object') return `due ${lengthOf(due.minutes)} after step ${due.from.step}`
  return `due ${lengthOf(Math.abs(due.minutes))} ${due.minutes < 0 ? 'before' : 'after'} the ${due.from}`
}

function sayTrigger({ id, kinds, severity, regions, words, count: often, unclaimed, start }: Trigger): string {
  const same = { county: ' in one county', region: ' in one region', network: '' }
  const facts = [
    ...(often ? [`${often.atLeast} or more within ${lengthOf(often.minutes)}${same[often.within]}`] : []),
    ...(often && often.counties > 1 ? [`from ${often.counties} counties`] : []),
    ...(often?.alike ? ['that say much the same'] : []),
    ...(kinds.length > 0 ? [kinds.join(' or ')] : []),
    ...(severity ? [`S${severity} or more`] : []),
    ...(regions.length > 0 ? [`in ${regions.join(' or ')}`] : []),
    ...(words ? [`with words like ${[...words.en, ...words.es].slice(0, 3).join(', ')}`] : []),
    ...(unclaimed === null ? [] : [`nobody has claimed it for ${lengthOf(unclaimed)}`]),
  ]
  return `${id}: ${facts.join(', ')}${start === 'itself' ? ' (starts by itself)' : ''}`
}

function label({ id, role, text }: Step): string {
  return `${id.padEnd(4)} ${role}  ${text.en}`
}

function names(people: readonly Person[]): string {
  const shown = people.slice(0, 12).map(person => person.callsign)
  return people.length > 12 ? `${shown.join(', ')} and ${people.length - 12} more` : shown.join(', ')
}

function hour(time: number, timeZone: string): string {
  return new Date(time).toLocaleString('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
}

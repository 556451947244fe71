import { stateOf } from '../places/states.ts'
import { type Cell, csvLine, lineCounter } from './cells.ts'
import type { Row } from './row.ts'
import type { Heading, Writer } from './writer.ts'

/** The columns of files that readers of ACLED data expect, in their order. */
export const acledColumns = [
  ...['event_id_cnty', 'event_date', 'year', 'time_precision', 'disorder_type', 'event_type', 'sub_event_type'],
  ...['actor1', 'assoc_actor_1', 'inter1', 'actor2', 'assoc_actor_2', 'inter2', 'interaction', 'civilian_targeting'],
  ...['iso', 'region', 'country', 'admin1', 'admin2', 'admin3', 'location', 'latitude', 'longitude', 'geo_precision'],
  ...['source', 'source_scale', 'notes', 'fatalities', 'tags', 'timestamp'],
] as const

/** Each type of sub-event with its type of event. */
export const acledTypes: Readonly<Record<string, string>> = {
  'Armed clash': 'Battles',
  'Government regains territory': 'Battles',
  'Non-state actor overtakes territory': 'Battles',
  'Chemical weapon': 'Explosions/Remote violence',
  'Air/drone strike': 'Explosions/Remote violence',
  'Suicide bomb': 'Explosions/Remote violence',
  'Shelling/artillery/missile attack': 'Explosions/Remote violence',
  'Remote explosive/landmine/IED': 'Explosions/Remote violence',
  Grenade: 'Explosions/Remote violence',
  'Sexual violence': 'Violence against civilians',
  Attack: 'Violence against civilians',
  'Abduction/forced disappearance': 'Violence against civilians',
  'Peaceful protest': 'Protests',
  'Protest with intervention': 'Protests',
  'Excessive force against protesters': 'Protests',
  'Violent demonstration': 'Riots',
  'Mob violence': 'Riots',
  Agreement: 'Strategic developments',
  Arrests: 'Strategic developments',
  'Change to group/activity': 'Strategic developments',
  'Disrupted weapons use': 'Strategic developments',
  'Headquarters or base established': 'Strategic developments',
  'Looting/property destruction': 'Strategic developments',
  'Non-violent transfer of territory': 'Strategic developments',
  Other: 'Strategic developments',
}

/**
 * A table in the style of ACLED's files. Threats, hate speech, rumours and whatever else that method does not code have
 * no place in it; nor have reports that were found false.
 */
export function acledWriter({ directory, name }: Heading): Writer {
  return {
    head: csvLine(acledColumns),
    row(row, index) {
      const sub = subTypeOf(row)
      return sub && row.verification !== 'false' ? csvLine(cellsOf(row, sub, directory.name, `${name}-${index}`)) : null
    },
    tail: () => '',
    counter: lineCounter(1),
  }
}

/** The kind's usual type; force against protesters that hurt somebody is excessive. */
function subTypeOf({ kindInfo, kind, details }: Row): string | null {
  const allowed = (kindInfo?.acled ?? []).filter(one => acledTypes[one])
  const hurt = details?.injuries === 'minor' || details?.injuries === 'serious' || details?.injuries === 'dead'
  const excessive = 'Excessive force against protesters'
  if (hurt && allowed.includes(excessive)) return excessive
  // Damage without an attack on a person: a hate crime (HA-2) on property, say.
  if (kind?.startsWith('HA-') && details?.injuries === 'none' && allowed.includes(looting)) return looting
  return allowed[0] ?? null
}

const looting = 'Looting/property destruction'

/** What kind of disorder a type of sub-event is. */
export function disorderOf(sub: string): string {
  const type = acledTypes[sub]
  if (sub === 'Excessive force against protesters') return 'Political violence; Demonstrations'
  if (type === 'Protests' || sub === 'Violent demonstration') return 'Demonstrations'
  return type === 'Strategic developments' ? type : 'Political violence'
}

function cellsOf(row: Row, sub: string, source: string, made: string): readonly Cell[] {
  const { place, details } = row
  const type = acledTypes[sub] ?? ''
  const date = row.occurred ?? row.reported.slice(0, 10)
  const american = place.state !== null && stateOf(place.state) !== null
  const { one, other } = actorsOf(type, american ? ' (United States)' : '')
  return [
    row.id ?? made,
    longDate(date),
    Number(date.slice(0, 4)),
    row.occurred === null ? 2 : 1,
    disorderOf(sub),
    type,
    sub,
    one.name,
    null,
    one.code,
    other.name,
    null,
    other.code,
    interaction(one.code, other.code),
    other.code === 7 ? 'Civilian targeting' : null,
    american ? 840 : null,
    american ? 'North America' : null,
    american ? 'United States' : null,
    place.stateName,
    place.county,
    null,
    place.county ?? place.stateName,
    place.point?.[1] ?? null,
    place.point?.[0] ?? null,
    place.county === null ? 3 : 2,
    source,
    'Local partner',
    notesOf(row),
    details?.injuries === 'dead' ? 1 : 0,
    `severity=S${row.severity}; verification=${row.verification}`,
    Date.parse(row.updated) / 1_000,
  ]
}

type Party = { readonly name: string | null; readonly code: number | null }
const nobody: Party = { name: null, code: null }

/** Only what the type itself says: who else took part nobody has coded. */
function actorsOf(type: string, where: string): { readonly one: Party; readonly other: Party } {
  const civilians: Party = { name: `Civilians${where}`, code: 7 }
  switch (type) {
    case 'Protests':
      return { one: { name: `Protesters${where}`, code: 6 }, other: nobody }
    case 'Riots':
      return { one: { name: `Rioters${where}`, code: 5 }, other: nobody }
    case 'Violence against civilians':
      return { one: nobody, other: civilians }
    default:
      return { one: nobody, other: nobody }
  }
}

// The lower digit first, 0 for a side that is not there.
function interaction(one: number | null, other: number | null): number | null {
  if (one === null && other === null) return null
  return other === null
    ? (one as number) * 10
    : one === null
      ? other * 10
      : Math.min(one, other) * 10 + Math.max(one, other)
}

function notesOf({ what, kindName, severity, details }: Row): string {
  const dead = details?.injuries === 'dead' ? ' At least one person died; how many is not coded.' : ''
  const happened = what ?? `${kindName ?? 'Incident'}, severity ${severity} of 5.`
  return `${happened}${dead} Reported by a mediator of the network.`
}

const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
]

/** `03 November 2026`. */
function longDate(day: string): string {
  const [year, month, date] = day.split('-')
  return `${date} ${months[Number(month) - 1]} ${year}`
}

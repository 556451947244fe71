import { claimBy } from './arming.ts'
import { countyText } from './card/place.ts'
import { kindOf } from './card.ts'
import type { Directory, Language, Person, Region } from './directory.ts'
import type { Identity } from './held.ts'
import type { PersonId, RegionCode } from './ids.ts'
import type { Incident } from './incident.ts'
import { type Phrase, phrase } from './phrase.ts'
import { firstCallers, keepersOf, networkPeople, phoneTree } from './sheet/tree.ts'
import { toolName } from './sight.ts'
import { clocksFor, type Taxonomy } from './taxonomy.ts'
import { type Reader, say } from './text/say.ts'
import { zoneName } from './zone.ts'

/** A table on paper: cells may have several lines, `step` sets a row in, an empty cell is to write in. */
export type SheetTable = {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly { readonly step: number; readonly cells: readonly (readonly string[])[] }[]
}

/** One page or more that begin on paper of their own, with the line that stands at the foot of all paper. */
export type SheetPage = {
  readonly title: string
  readonly lines: readonly string[]
  readonly tables: readonly SheetTable[]
}

/** Everything that is printed, in one language. */
export type Sheet = {
  readonly language: Language
  readonly title: string
  readonly foot: string
  readonly pages: readonly SheetPage[]
}

/** What a sheet is made from; `identities` only of those whose names and contacts may stand on it. */
export type SheetFacts = {
  readonly directory: Directory
  readonly taxonomy: Taxonomy
  readonly regions: readonly Region[]
  readonly identities: ReadonlyMap<PersonId, Identity>
  /** The open work of each region, as everybody there may know it. */
  readonly open: ReadonlyMap<RegionCode, readonly Incident[]>
  /** The restricted work that every one of its keepers may know of. */
  readonly restricted: ReadonlyMap<RegionCode, readonly Incident[]>
  readonly language: Language
  readonly now: number
}

/** Phone trees, duty and open work for paper: no words of any incident; RED and restricted ones apart, by kind. */
export function sheetOf(facts: SheetFacts): Sheet {
  const { directory, now, language, identities } = facts
  const reader = readerIn(facts, directory.zone)
  const printed = phrase('sheet.printed', { time: { date: now }, zone: zoneName(directory.zone, now, language) })
  const secret = phrase(identities.size > 0 ? 'sheet.secret' : 'sheet.callsigns')
  return {
    language,
    title: `${directory.name}: ${say(phrase('sheet.title'), reader)}`,
    foot: [printed, secret].map(text => say(text, reader)).join(' '),
    pages: [networkPage(facts), ...facts.regions.flatMap(region => regionPages(facts, region))],
  }
}

/** Everybody who stands on the sheet of those regions. */
export function sheetPeople(directory: Directory, regions: readonly Region[], now: number): readonly Person[] {
  const trees = regions.flatMap(({ code }) => phoneTree(directory, code, now).map(({ person }) => person))
  return [...new Set([...networkPeople(directory, now), ...trees])]
}

/** The open work of a region that goes on the page of its coordinators. */
const isApart = ({ mark, visibility }: Incident) => mark === 'RED' || visibility === 'restricted'

const readerIn = ({ directory, language, now }: SheetFacts, zone: string): Reader => ({
  ...{ language, zone, now },
  person: id => directory.people.get(id)?.callsign ?? null,
})

function networkPage(facts: SheetFacts): SheetPage {
  const { directory, regions, now } = facts
  const reader = readerIn(facts, directory.zone)
  const first = firstCallers(directory, now)
  const [begins] = first
  const people = networkPeople(directory, now)
  const begun = regions.flatMap(({ code }) =>
    phoneTree(directory, code, now)
      .slice(0, 1)
      .map(head => ({ head, code })),
  )
  const heads = [...Map.groupBy(begun, ({ head }) => head.person.callsign)].map(
    ([callsign, of]) => `${callsign} (${of.map(({ code }) => code).join(', ')})`,
  )
  const others = people.flatMap(person => (first.includes(person) ? [] : [person.callsign]))
  // The first callers share what is to be begun, in turn.
  const share = (person: Person) => [...heads, ...others].filter((_, at) => first[at % first.length] === person)
  const rows = people.map(person => personRow(facts, reader, person, first.includes(person) ? 0 : 1, share(person)))
  const begin = begins ? phrase('sheet.first', { people: begins.callsign }) : phrase('sheet.first-none')
  return {
    title: say(phrase('sheet.network'), reader),
    lines: [phrase('sheet.danger'), dutyLine(directory, null, now), phrase('sheet.tree-how'), begin].map(text =>
      say(text, reader),
    ),
    tables: [treeTable(reader, rows)],
  }
}

function regionPages(facts: SheetFacts, region: Region): readonly SheetPage[] {
  const { directory, now } = facts
  const reader = readerIn(facts, region.zone)
  const work = facts.open.get(region.code) ?? []
  const open = work.filter(one => !isApart(one))
  const apart = [...work.filter(isApart), ...(facts.restricted.get(region.code) ?? [])]
  const tree = phoneTree(directory, region.code, now).map(({ person, step, calls }) =>
    personRow(
      facts,
      reader,
      person,
      step,
      calls.map(one => one.callsign),
    ),
  )
  const named = { region: region.name, code: region.code }
  const withheld = apart.length > 0 ? [phrase('sheet.withheld', { count: apart.length })] : []
  const lines = [phrase('sheet.danger'), dutyLine(directory, region, now), phrase('sheet.tree-how'), ...withheld]
  const page = {
    title: say(phrase('sheet.region', named), reader),
    lines: lines.map(text => say(text, reader)),
    tables: [treeTable(reader, tree), workTable(facts, reader, open)],
  }
  if (apart.length === 0) return [page]
  const keepers = keepersOf(directory, region.code, now).map(person => person.callsign)
  return [
    page,
    {
      title: say(phrase('sheet.coordinators', named), reader),
      lines: [keepers.join(', '), say(phrase('sheet.coordinators-how'), reader)],
      tables: [apartTable(facts, reader, apart)],
    },
  ]
}

function treeTable(reader: Reader, rows: SheetTable['rows']): SheetTable {
  const keys = ['sheet.who', 'sheet.role', 'sheet.reach', 'sheet.calls', 'sheet.done'] as const
  const title = phrase(rows.length > 0 ? 'sheet.tree' : 'sheet.people-none')
  return { title: say(title, reader), head: keys.map(key => say(phrase(key), reader)), rows }
}

function personRow(
  { directory, identities, now }: SheetFacts,
  reader: Reader,
  person: Person,
  step: number,
  calls: readonly string[],
): SheetTable['rows'][number] {
  const identity = identities.get(person.id)
  const duty = directory.duty.find(one => one.person === person.id && one.until > now)
  const until = duty && phrase('sheet.duty-one', { person: person.callsign, until: { time: duty.until } })
  const roles = person.roles.map(role => say(phrase(`sheet.${role}`), reader)).join(', ')
  return {
    step,
    cells: [
      [person.callsign, ...(identity?.name ? [identity.name] : [])],
      [
        `${roles} · ${person.languages.join(', ')}`,
        ...(until ? [say(phrase('sheet.duty', { people: until }), reader)] : []),
      ],
      reach(person, identity, reader),
      [calls.join(', ')],
      [],
    ],
  }
}

// Whoever has only an id on a tool cannot be called by it, but can be looked up there.
function reach(person: Person, identity: Identity | undefined, reader: Reader): readonly string[] {
  const numbers = (identity?.accounts ?? []).flatMap(({ address }) => (/^\+\d{6,15}$/.test(address) ? [address] : []))
  const contact = identity?.contact ? [identity.contact] : []
  const tools = [...new Set(person.accounts.map(account => account.platform))].map(name => say(toolName(name), reader))
  const lines = [...numbers, ...contact, ...(tools.length > 0 ? [tools.join(', ')] : [])]
  return lines.length > 0 ? lines : [say(phrase('sheet.reach-none'), reader)]
}

function dutyLine(directory: Directory, region: Region | null, now: number): Phrase {
  const people = region ? phoneTree(directory, region.code, now).map(one => one.person) : networkPeople(directory, now)
  const until = new Map(directory.duty.map(one => [one.person, one.until]))
  const on = people.filter(({ id }) => (until.get(id) ?? 0) > now)
  if (on.length === 0) return phrase('sheet.duty-none')
  const each = on.map(({ id, callsign }) =>
    phrase('sheet.duty-one', { person: callsign, until: { time: until.get(id) ?? now } }),
  )
  return phrase('sheet.duty', { people: each })
}

function workTable(facts: SheetFacts, reader: Reader, open: readonly Incident[]): SheetTable {
  const keys = ['sheet.id', 'sheet.what', 'sheet.where', 'sheet.standing', 'sheet.news'] as const
  const title = open.length > 0 ? phrase('sheet.open', { count: open.length }) : phrase('sheet.open-none')
  const rows = open.map(one => ({
    step: 0,
    cells: [
      [one.id],
      [what(one, facts, reader)],
      [say(countyText(one, facts.directory), reader)],
      standing(one, facts.taxonomy, facts.now).map(text => say(text, reader)),
      [],
    ],
  }))
  return { title: say(title, reader), head: keys.map(key => say(phrase(key), reader)), rows }
}

function apartTable(facts: SheetFacts, reader: Reader, apart: readonly Incident[]): SheetTable {
  const keys = ['sheet.id', 'sheet.what', 'sheet.standing'] as const
  const rows = apart.map(one => ({
    step: 0,
    cells: [
      [one.id],
      [
        what(one, facts, reader),
        say(phrase(one.visibility === 'restricted' ? 'sheet.restricted' : 'sheet.red'), reader),
      ],
      standing(one, facts.taxonomy, facts.now).map(text => say(text, reader)),
    ],
  }))
  const title = say(phrase('sheet.open', { count: apart.length }), reader)
  return { title, head: keys.map(key => say(phrase(key), reader)), rows }
}

function what(incident: Incident, { taxonomy }: SheetFacts, reader: Reader): string {
  return say(phrase('sheet.what-one', { severity: incident.severity, kind: kindOf(incident, taxonomy) }), reader)
}

function standing(incident: Incident, taxonomy: Taxonomy, now: number): readonly Phrase[] {
  const { claim, poolSince, updatedAt, severity } = incident
  if (!claim) {
    const by = claimBy(incident, taxonomy)
    const late = by !== null && by < now ? [phrase('sheet.late-claim', { by: { time: by } })] : []
    return [phrase('sheet.free', { since: { time: poolSince } }), ...late]
  }
  const { by: person, since, until } = claim
  const { update } = clocksFor(taxonomy, severity)
  const news = update === null ? null : Math.max(since, updatedAt) + update * 60_000
  const lapsed = until < now ? [phrase('sheet.late-lease', { by: { time: until } })] : []
  const silent = lapsed.length === 0 && news !== null && news < now
  const held = phrase('sheet.held', { person: { person }, since: { time: since }, until: { time: until } })
  return [held, ...lapsed, ...(silent ? [phrase('sheet.late-news', { by: { time: news ?? now } })] : [])]
}

import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, lte, ne, sql } from 'drizzle-orm'
import { countyOf } from '../workflows/figures.ts'
import type { IncidentId } from '../workflows/ids.ts'
import { type Incident, isOpen } from '../workflows/incident.ts'
import type { Near, Probe } from '../workflows/ports.ts'
import type { Kind, Severity } from '../workflows/taxonomy.ts'
import type { Base } from './base.ts'
import { prepared, type Read } from './database.ts'
import { type DataKeys, sealedKey } from './keys.ts'
import type { Store } from './store.ts'
import { openWords } from './words.ts'
import { slot } from './write.ts'

const mostSeen = 1_500
const mostWithout = 300
const mostShared = 20

type Glance = {
  readonly id: IncidentId
  readonly kind: Kind | null
  readonly severity: Severity
  readonly reportedAt: number
}

/** Finds what may be the same event: a glance at the newest by an index alone, then the words of the few nearest. */
export function similarReads({ database: { read }, tables, seal }: Base, keys: DataKeys) {
  const { incidents, origins, files, words } = tables
  const { id, kind, severity, reportedAt, region, county, visibility } = incidents

  const glance = (name: string, where: ReturnType<typeof eq> | undefined, limit: number) =>
    prepared(name, (handle: Read) =>
      handle
        .select({ id, kind, severity, reportedAt })
        .from(incidents)
        .where(
          and(
            // Written with a literal, because neither engine takes a parameter for proof that a row is in the index.
            sql`${incidents.open} = true`,
            eq(region, slot('region')),
            where,
            gte(reportedAt, slot('from')),
            lte(reportedAt, slot('to')),
            eq(visibility, slot('visibility')),
          ),
        )
        .orderBy(desc(reportedAt))
        .limit(limit),
    )
  const inCounty = glance('similar_county', eq(county, slot('county')), mostSeen)
  const inNone = glance('similar_without', isNull(county), mostWithout)
  const anywhere = glance('similar_region', undefined, mostSeen)

  const linked = prepared('similar_links', (handle: Read) => {
    const given = handle
      .select({ origin: origins.origin })
      .from(origins)
      .where(eq(origins.incident, slot('id')))
    return handle
      .select({ id: origins.incident })
      .from(origins)
      .where(and(inArray(origins.origin, given), ne(origins.incident, slot('id'))))
      .limit(mostShared)
  })
  const filed = prepared('similar_files', (handle: Read) => {
    const given = handle
      .select({ match: files.match })
      .from(files)
      .where(and(eq(files.incident, slot('id')), isNotNull(files.match)))
    return handle
      .select({ id: files.incident })
      .from(files)
      .where(and(isNotNull(files.match), inArray(files.match, given), ne(files.incident, slot('id'))))
      .limit(mostShared)
  })

  async function glances(probe: Probe): Promise<readonly Glance[]> {
    const { region, visibility, place, reportedAt, within } = probe
    const county = countyOf(place)
    const values = { region, visibility, county, from: reportedAt - within, to: reportedAt + within }
    if (county === null) return anywhere(read, values)
    return (await Promise.all([inCounty(read, values), inNone(read, values)])).flat()
  }

  async function sharing({ id }: Probe): Promise<ReadonlySet<IncidentId>> {
    const [links, same] = await Promise.all([linked(read, { id }), filed(read, { id })])
    return new Set([...links, ...same].flatMap(row => row.id ?? []))
  }

  async function opened(ids: readonly IncidentId[], shared: ReadonlySet<IncidentId>): Promise<readonly Near[]> {
    if (ids.length === 0) return []
    const rows = await read
      .select({ state: incidents.state, key: sealedKey('incident', 'incidents.id') })
      .from(incidents)
      .where(inArray(id, [...ids]))
    const held = await wordsOf(rows.map(row => row.state))
    return rows.map(({ state, key }) => {
      const own = key ? seal.dataKey(key) : null
      const text = (seq: number, name: 'what' | 'where') => {
        const row = held.get(`${state.id} ${seq}`)
        if (!row || !own || (row.person !== null && !row.key)) return null
        const person = row.key ? seal.dataKey(row.key) : null
        return openWords(seal, row.sealed, keys.words(own, person))?.words[name] ?? null
      }
      const words = { what: text(state.whatSeq, 'what'), where: text(state.whereSeq, 'where') }
      return { incident: state, words, shared: shared.has(state.id) }
    })
  }

  async function wordsOf(states: readonly Incident[]) {
    const seqs = [...new Set(states.flatMap(({ whatSeq, whereSeq }) => [whatSeq, whereSeq]))].filter(seq => seq > 0)
    if (seqs.length === 0) return new Map<string, never>()
    const { incident, seq, person, sealed } = words
    const ids = states.map(state => state.id)
    const rows = await read
      .select({ incident, seq, person, sealed, key: sealedKey('person', 'words.person') })
      .from(words)
      .where(and(inArray(incident, ids), inArray(seq, seqs)))
    return new Map(rows.map(row => [`${row.incident} ${row.seq}`, row]))
  }

  return async (probe: Probe, limit: number): Promise<readonly Near[]> => {
    const [seen, shared] = await Promise.all([glances(probe), sharing(probe)])
    const near = seen
      .filter(one => one.id !== probe.id && !shared.has(one.id))
      .map(one => ({ id: one.id, cost: costOf(one, probe) }))
      .toSorted((one, other) => one.cost - other.cost)
    const found = await opened([...shared, ...near.map(one => one.id)].slice(0, limit), shared)
    return found.filter(({ incident }) => {
      const { region, visibility } = incident
      return (
        isOpen(incident) && incident.drill === undefined && region === probe.region && visibility === probe.visibility
      )
    })
  }
}

/** Open incidents in the order in which they were reported, from one on. */
export function reportedAfter({ database: { read }, tables: { incidents } }: Base): Store['reportedAfter'] {
  const { id, reportedAt } = incidents
  const select = prepared('reported_after', (handle: Read) =>
    handle
      .select({ at: reportedAt, id })
      .from(incidents)
      .where(
        and(
          sql`(${reportedAt}, ${id}) > (${slot('at')}, ${slot('id')})`,
          lte(reportedAt, slot('until')),
          sql`${incidents.open} = true`,
          ne(incidents.visibility, 'drill'),
        ),
      )
      .orderBy(asc(reportedAt), asc(id))
      .limit(slot('limit')),
  )
  return ({ at, id }, until, limit) => select(read, { at, id, until, limit })
}

/** How far another is at first glance: by its kind, then by the hours and the severities between them. */
function costOf(one: Glance, { kinds, reportedAt, severity, within }: Probe): number {
  const rank = one.kind === null ? 1.5 : kinds.indexOf(one.kind)
  const byKind = rank === 0 ? 0 : rank > 0 ? 1 : 2
  return byKind + (2 * Math.abs(one.reportedAt - reportedAt)) / within + 0.2 * Math.abs(one.severity - severity)
}

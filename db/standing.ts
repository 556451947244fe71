import { and, eq } from 'drizzle-orm'
import { drillCode } from '../workflows/drill.ts'
import { ConflictError } from '../workflows/errors.ts'
import { countyOf } from '../workflows/figures.ts'
import type { IncidentId } from '../workflows/ids.ts'
import { endedAt, type Incident, isOpen, isWaiting } from '../workflows/incident.ts'
import { independentSources } from '../workflows/sources.ts'
import { type Base, held } from './base.ts'
import { headProof } from './chain.ts'
import { prepared, type Tx } from './database.ts'
import type { Key } from './key.ts'
import { sealedKey } from './keys.ts'
import type { Know } from './protocols.ts'
import { slot, slots, written } from './write.ts'

/** An incident as it stands in a transaction; `key` is null once it was shredded. */
export type Standing = {
  readonly incident: Incident
  readonly version: number
  readonly hash: string
  readonly key: Key | null
}

/** The rows that hold the present state of incidents. */
export type Standings = {
  read(tx: Tx, id: IncidentId): Promise<Standing | null>
  /** @throws ConflictError if the id is taken */
  insert(tx: Tx, after: Incident, hash: string): Promise<void>
  /** @throws ConflictError if the row is no longer at that version */
  update(tx: Tx, after: Incident, hash: string, version: number): Promise<void>
}

const columns = [
  ...([
    'version',
    'region',
    'status',
    'open',
    'triaged',
    'severity',
    'urgency',
    'kind',
    'credibility',
    'mark',
  ] as const),
  ...([
    'visibility',
    'allowed',
    'county',
    'sources',
    'reporter',
    'claimer',
    'reportedAt',
    'claimedAt',
    'resolvedAt',
  ] as const),
  ...(['updatedAt', 'endedAt', 'cleared', 'drill', 'unindexed', 'hash', 'proof', 'state'] as const),
]

/** The present state of incidents in the database; `know` reads what their runs are pinned to. */
export function standings({ tables: { incidents }, seal }: Base, know: Know = async () => {}): Standings {
  // Whoever reads it here is about to change it: in turn, dozens at once come through without a lost race.
  const select = prepared('incident', (tx: Tx) =>
    held(
      tx
        .select({
          state: incidents.state,
          version: incidents.version,
          hash: incidents.hash,
          key: sealedKey('incident', 'incidents.id'),
        })
        .from(incidents)
        .where(eq(incidents.id, slot('id'))),
      incidents,
    ),
  )
  const insert = written('incident_new', tx => tx.insert(incidents).values(slots(['id', ...columns])))
  const update = written('incident_update', tx =>
    tx
      .update(incidents)
      .set(slots(columns))
      .where(and(eq(incidents.id, slot('id')), eq(incidents.version, slot('was')))),
  )

  return {
    async read(tx, id) {
      const [row] = await select(tx, { id })
      if (!row) return null
      const { state, version, hash, key } = row
      await know(tx, [state])
      return { incident: state, version, hash, key: key ? seal.dataKey(key) : null }
    },
    async insert(tx, after, hash) {
      await insert(tx, { ...rowOf(after, hash, 1), proof: headProof(seal, after, hash) })
    },
    async update(tx, after, hash, version) {
      const row = { ...rowOf(after, hash, version + 1), proof: headProof(seal, after, hash) }
      const changed = await update(tx, { ...row, was: version })
      if (changed === 0) throw new ConflictError(`${after.id} was changed meanwhile`)
    },
  }
}

function rowOf(state: Incident, hash: string, version: number) {
  return {
    id: state.id,
    version,
    region: state.region,
    status: isWaiting(state) ? 'waiting' : state.status,
    open: isOpen(state) && !isWaiting(state),
    triaged: state.triage === 'done',
    severity: state.severity,
    urgency: 5 - state.severity,
    kind: state.kind,
    credibility: state.credibility,
    mark: state.mark,
    visibility: state.visibility,
    allowed: state.visibility === 'restricted' ? ` ${state.allowed.join(' ')} ` : null,
    county: countyOf(state.place),
    sources: independentSources(state),
    reporter: state.reporter,
    claimer: state.claim?.by ?? null,
    reportedAt: state.reportedAt,
    claimedAt: state.claimedAt,
    resolvedAt: state.resolvedAt,
    updatedAt: state.updatedAt,
    endedAt: endedAt(state),
    cleared: state.cleared ?? 0,
    drill: state.drill ?? null,
    unindexed: true,
    hash,
    state,
    ...(state.drill === undefined ? {} : apart),
  }
}

// What is made up is its exercise's alone: no list, figure, queue or search that asks for regions or people has it.
const apart = {
  region: drillCode,
  visibility: 'drill',
  triaged: true,
  county: null,
  reporter: null,
  claimer: null,
  unindexed: false,
} as const

import type { Collection, Exhibit, Touch } from './exhibit.ts'
import type { PersonId } from './ids.ts'
import type { Incident } from './incident.ts'

/** Who makes the record, when (epoch ms), and how people are named in it. */
export type Made = { readonly at: number; readonly by: PersonId; readonly name: (person: PersonId) => string | null }

/**
 * The record of what is kept with an incident, to go with originals that leave the hub: every item with its digest, and
 * all who collected, opened and saved it. Times are UTC; people stand in it by call sign.
 */
export function manifestOf(incident: Incident, { exhibits, touched }: Collection, made: Made) {
  const who = (person: PersonId | null) => (person ? made.name(person) : null)
  const custody = ({ did, copy, by, at }: Touch) => ({ did, ...(copy ? { copy } : {}), by: who(by), at: time(at) })
  const itemOf = (one: Exhibit) => ({
    number: one.number,
    incident: one.incident,
    kind: one.kind,
    collected: { by: who(one.by), at: time(one.at) },
    ...factsOf(one),
    custody: one.touched.map(custody),
  })
  return {
    schema: 'trust-hub/evidence-record/1',
    incident: incident.id,
    mark: incident.mark,
    merged: incident.merged,
    made: { by: who(made.by), at: time(made.at) },
    items: exhibits.map(itemOf),
    records: touched.filter(touch => touch.item === null).map(custody),
  }
}

function factsOf({ file, link }: Exhibit): object {
  if (link) return { url: link.url, site: link.site, account: link.account, post: link.post }
  if (!file) return {}
  const { type, size, sha256, record } = file
  return {
    type,
    size,
    sha256,
    name: record.name,
    claimedType: record.claimed,
    platform: record.platform,
    platformCopy: record.processed,
    taken: record.takenAt === null ? null : time(record.takenAt),
    device: record.device,
    position: record.position,
  }
}

const time = (at: number) => new Date(at).toISOString()

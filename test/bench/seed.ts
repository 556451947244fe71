import { type Incident, isOpen } from '../../workflows/incident.ts'

/** Runs statements on the database that is to be filled. */
export type Filler = { readonly run: (statement: string) => Promise<void> | void }

/** What a history is made of: how long it is, when it ends (epoch ms), and whose it is. */
export type Past = {
  readonly count: number
  readonly now: number
  readonly template: Incident
  readonly people: readonly string[]
  readonly room: string
  /** What stands for anything sealed, as an expression of SQL; nothing measured opens it. */
  readonly sealed: string
}

/** How many of the incidents lie in the last 31 days, however long the history. */
const recent = 5_000

/**
 * Fills an empty store with a history: `count` incidents with their keys, timelines, cards, clocks, posts and inbox rows,
 * the last 5,000 over 31 days (one in eight of them open), the others closed, over ten years before. The same SQL on
 * both engines.
 */
export async function seedHistory({ run }: Filler, past: Past): Promise<void> {
  await run('create table past (n bigint, id text, region text, person text, severity bigint, at bigint, status text)')
  await run(pastOf(past))
  await run(`insert into incidents (${Object.keys(incident(past)).join()})
    select ${Object.values(incident(past)).join()} from past`)
  for (const [table, row] of Object.entries(besides(past))) {
    await run(`insert into ${table} (${Object.keys(row).join()}) select ${Object.values(row).join()} from past`)
  }
  await run('drop table past')
}

const day = 24 * 60 * 60_000

function pastOf({ count, now, people }: Past): string {
  const person = people.map((id, at) => `when ${at} then '${id}'`).join(' ')
  const age = `case when ${count} - n < ${recent} then (${count} - n) * ${Math.floor((31 * day) / recent)}
    else ${31 * day} + (${count} - n - ${recent}) * ${Math.floor((3650 * day) / Math.max(1, count - recent))} end`
  const open = `${count} - n < ${recent} and n % 8 = 0`
  return `insert into past
    with recursive series(n) as (select cast(1 as bigint) union all select n + 1 from series where n < ${count})
    select n, ${region} || '-' || (100000 + n), ${region}, case n % ${people.length} ${person} end,
      case when n % 97 = 0 then 5 when n % 23 = 0 then 4 else 1 + n % 3 end, ${now - 60_000} - (${age}),
      case when not (${open}) then 'closed' when n % 16 = 0 then 'claimed' else 'reported' end
    from series`
}

const region =
  "case n % 6 when 0 then 'AZ' when 1 then 'GA' when 2 then 'MI' when 3 then 'PA' when 4 then 'WI' else 'US' end"
const kind = "case n % 5 when 0 then 'VI-1' when 1 then 'TH-2' when 2 then 'VO-1' when 3 then 'SP-1' else 'PO-1' end"
const county =
  "case n % 4 when 0 then 'Maricopa County' when 1 then 'Fulton County' when 2 then 'Wayne County' else 'Dane County' end"
const claimed = "case when status = 'reported' then null else at + 1200000 + n % 1000 * 1000 end"
const claimer = "case when status = 'reported' then null else person end"
const resolved = "case when status = 'closed' then at + 10800000 + n % 1000 * 1000 else null end"

function incident({ template }: Past): Record<string, string> {
  const open = "status <> 'closed'"
  return {
    id: 'id',
    version: '4',
    region: 'region',
    status: 'status',
    open,
    triaged: '1 = 1',
    severity: 'severity',
    urgency: '5 - severity',
    kind,
    credibility: "'unverified'",
    mark: "'AMBER'",
    visibility: "'region'",
    allowed: 'null',
    county: `${county} || ', AZ'`,
    sources: '1',
    reporter: 'person',
    claimer,
    reported_at: 'at',
    claimed_at: claimed,
    resolved_at: resolved,
    updated_at: 'at',
    cleared: '0',
    unindexed: '1 = 0',
    hash: `'${'h'.repeat(43)}'`,
    proof: `'${'p'.repeat(22)}'`,
    state: stateOf(template),
  }
}

/** The JSON of a state, as an expression: the template with what differs put in. */
function stateOf(template: Incident): string {
  const text = (value: string) => `'"' || ${value} || '"'`
  const orNull = (value: string) => `coalesce(cast(${value} as text), 'null')`
  const claim = `case when status = 'claimed'
    then '{"by":"' || person || '","since":' || at || ',"until":' || (at + 7200000) || '}' else 'null' end`
  const differing: Partial<Record<keyof Incident, string>> = {
    id: text('id'),
    region: text('region'),
    status: text('status'),
    severity: 'severity',
    kind: text(kind),
    reporter: text('person'),
    claim,
    reportedAt: 'at',
    poolSince: 'at',
    updatedAt: 'at',
    claimedAt: orNull(claimed),
    resolvedAt: orNull(resolved),
  }
  if (!isOpen(template)) throw new Error('the template is an open incident')
  const parts = Object.entries(template).map(([name, value]) => {
    const put = differing[name as keyof Incident]
    return put ? `'"${name}":' || ${put}` : `'"${name}":${JSON.stringify(value).replaceAll("'", "''")}'`
  })
  return `'{' || ${parts.join(` || ',' || `)} || '}'`
}

function besides({ room, sealed, template }: Past): Record<string, Record<string, string>> {
  const event = `'{"type":"reported","room":${JSON.stringify(template.room)},"evidence":{"photo":0,"video":0}}'`
  const message = `'{"room":"az-response","id":"' || n || '"}'`
  return {
    keys: { scope: "'incident:' || id", sealed },
    timeline: {
      incident: 'id',
      seq: '1',
      at: 'at',
      by_person: 'person',
      event,
      digest: 'null',
      hash: `'${'h'.repeat(43)}'`,
    },
    words: { incident: 'id', seq: '1', person: 'person', sealed },
    timers: { incident: 'id', clock: "'answer'", arming: '2', due_at: 'null' },
    inbox: {
      key: "'form:' || id",
      person: 'person',
      received_at: 'at',
      handled_at: 'at',
      attempts: '0',
      scope: "'incident:' || id",
      answer: sealed,
    },
    cards: {
      incident: 'id',
      room: `'${room}'`,
      lane: '2',
      wanted: '3',
      shown: '3',
      state: "'sent'",
      generation: '1',
      message,
      sent_at: 'at',
      edits: '2',
      attempts: '0',
    },
    card_messages: { message: "'workspace/az-response/' || n", incident: 'id', room: `'${room}'` },
    posts: {
      key: "id || ':told:received'",
      account: 'person',
      incident: 'id',
      thread: '1 = 0',
      anytime: '1 = 0',
      conversation: 'person',
      lane: '2',
      view: sealed,
      state: "'sent'",
      attempts: '1',
      created_at: 'at',
      sent_at: 'at',
      message: sealed,
    },
  }
}

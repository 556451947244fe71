import type { Finding } from '../workflows/finding.ts'
import type { Backlog, Health } from '../workflows/health.ts'
import type { Family, Sample } from '../workflows/meter.ts'
import { presence } from '../workflows/pulse.ts'

/** What is shown beside the hub's health: what is wrong, and the leases that somebody holds. */
export type Seen = {
  readonly health: Health
  readonly findings: readonly Finding[]
  readonly leases: readonly { readonly name: string; readonly holder: string }[]
  /** Names this process. */
  readonly holder: string
}

/** How it stands now, as figures; ages in seconds, 0 where nothing waits. */
export function gauges({ health, findings, leases, holder }: Seen): readonly Family[] {
  const { now, database, disks, tools, backup, watcher } = health
  const queues = database?.queues
  const { present, missing } = presence(health.processes)
  const own = health.processes.find(one => one.id === holder)
  const lanes = Object.entries(queues?.posts ?? {})
  const cards = Object.entries(queues?.cards ?? {})
  const kinds = queues
    ? ([
        ['timers', queues.timers],
        ['inbox', queues.inbox],
        ['parked', queues.parked],
        ['fetches', queues.fetches],
        ['summaries', health.summaries],
      ] as const)
    : []
  const age = ({ oldestAt }: Backlog) => (oldestAt === null ? 0 : Math.max(0, now - oldestAt) / 1000)
  const byTool = (value: (tool: Health['tools'][number]) => number | null) =>
    tools.flatMap((tool): Sample[] => {
      const found = value(tool)
      return found === null ? [] : [{ labels: { platform: tool.platform }, value: found }]
    })
  const seconds = (at: number | null) => (at === null ? null : at / 1000)
  const waiting = (list: readonly (readonly [string, Backlog])[], label: string, of: (one: Backlog) => number) =>
    list.map(([name, backlog]): Sample => ({ labels: { [label]: name }, value: of(backlog) }))
  const count = (one: Backlog) => one.count

  return [
    gauge('trust_hub_info', 'The version that runs.', [{ labels: { version: health.version }, value: 1 }]),
    gauge('trust_hub_posts_waiting', 'Messages that are not sent yet, by urgency.', waiting(lanes, 'lane', count)),
    gauge('trust_hub_posts_oldest_seconds', 'How long the oldest has waited.', waiting(lanes, 'lane', age)),
    gauge('trust_hub_cards_behind', 'Cards that do not show the latest, by urgency.', waiting(cards, 'lane', count)),
    gauge('trust_hub_cards_oldest_seconds', 'How long the oldest has been behind.', waiting(cards, 'lane', age)),
    gauge('trust_hub_due', 'What should have been done, by kind.', waiting(kinds, 'kind', count)),
    gauge('trust_hub_due_oldest_seconds', 'How late the oldest of it is.', waiting(kinds, 'kind', age)),
    gauge('trust_hub_unsent', 'Messages and cards that came to rest unsent.', one(queues?.stuck)),
    gauge('trust_hub_database_up', 'Whether the database answers.', one(database ? 1 : 0)),
    gauge('trust_hub_database_bytes', 'The size of the database.', one(database?.bytes)),
    gauge('trust_hub_database_answer_seconds', 'How long it took to answer.', one(scaled(database?.answerMs))),
    gauge(
      'trust_hub_disk_free_bytes',
      'Free room on the disk of a folder.',
      disks.map(({ folder, freeBytes }) => ({ labels: { folder }, value: freeBytes })),
    ),
    gauge(
      'trust_hub_platform_up',
      'Whether a tool is connected.',
      byTool(tool => (tool.state === 'up' ? 1 : 0)),
    ),
    gauge(
      'trust_hub_platform_heard_timestamp_seconds',
      'When it was last heard from.',
      byTool(tool => seconds(tool.heardAt)),
    ),
    gauge(
      'trust_hub_platform_sent_timestamp_seconds',
      'When it was last written to.',
      byTool(tool => seconds(tool.sentAt)),
    ),
    gauge('trust_hub_clock_ahead_seconds', 'This machine against the database.', one(scaled(own?.facts.aheadMs))),
    gauge('trust_hub_processes', 'Processes of the hub.', [
      { labels: { state: 'present' }, value: present.length },
      { labels: { state: 'missing' }, value: missing.length },
    ]),
    gauge(
      'trust_hub_lease_held',
      'Leases that are held: 1 by this process, 0 by another.',
      leases.map(lease => ({ labels: { lease: lease.name }, value: lease.holder === holder ? 1 : 0 })),
    ),
    gauge(
      'trust_hub_loop_idle_seconds',
      'How long ago a loop of this process last came to an end.',
      (own?.facts.loops ?? []).map(({ name, idleMs }) => ({ labels: { loop: name }, value: idleMs / 1000 })),
    ),
    gauge(
      'trust_hub_backup_age_seconds',
      'How old the last whole backup is.',
      one(backup?.madeAt == null ? undefined : (now - backup.madeAt) / 1000),
    ),
    gauge(
      'trust_hub_heartbeat_answered_timestamp_seconds',
      'When the outside watcher last answered.',
      one(seconds(watcher?.answeredAt ?? null) ?? undefined),
    ),
    gauge('trust_hub_findings', 'What is not as it should be.', [
      { labels: { grave: 'yes' }, value: findings.filter(finding => finding.grave).length },
      { labels: { grave: 'no' }, value: findings.filter(finding => !finding.grave).length },
    ]),
  ]
}

function gauge(name: string, help: string, samples: readonly Sample[]): Family {
  return { name, help, type: 'gauge', samples }
}

/** Nothing at all where it is not known. */
function one(value: number | undefined): readonly Sample[] {
  return value === undefined ? [] : [{ labels: {}, value }]
}

function scaled(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1000
}

import type { Counted, Family, Labels, Meter, Sample, Timed } from '../workflows/meter.ts'

const counters: Readonly<Record<Counted, readonly [name: string, help: string]>> = {
  interactions: ['trust_hub_interactions_total', 'What people did, by tool, kind and how it was answered.'],
  reports: ['trust_hub_reports_total', 'Reports that were committed.'],
  sends: ['trust_hub_sends_total', 'Tries to post, edit or remove a message, by tool and how they ended.'],
  limits: ['trust_hub_limits_total', 'Waits for the pace of a tool (waited) and answers that asked to wait (refused).'],
  heartbeats: ['trust_hub_heartbeats_total', 'Calls to the outside watcher, by how they ended.'],
}

const timers: Readonly<Record<Timed, readonly [name: string, help: string]>> = {
  answer: ['trust_hub_answer_duration_seconds', 'How long the hub took to answer what somebody did.'],
  commit: ['trust_hub_commit_duration_seconds', 'How long commits took, by how they ended.'],
  send: ['trust_hub_send_duration_seconds', 'How long tools took over a message.'],
}

const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

type Tally = { readonly labels: Labels; value: number }
type Spread = { readonly labels: Labels; readonly within: number[]; sum: number; count: number }

/** A meter that remembers since it was made; `families` gives all that it counted, whenever asked. */
export function createMeter(): Meter & { readonly families: () => readonly Family[] } {
  const counts = new Map<Counted, Map<string, Tally>>()
  const times = new Map<Timed, Map<string, Spread>>()

  return {
    count(what, labels, by = 1) {
      const tally = entry(
        entry(counts, what, () => new Map()),
        keyOf(labels),
        () => ({ labels, value: 0 }),
      )
      tally.value += by
    },
    time(what, seconds, labels) {
      const none = () => ({ labels, within: bounds.map(() => 0), sum: 0, count: 0 })
      const spread = entry(
        entry(times, what, () => new Map()),
        keyOf(labels),
        none,
      )
      spread.sum += seconds
      spread.count += 1
      const at = bounds.findIndex(bound => seconds <= bound)
      if (at >= 0) spread.within[at] = (spread.within[at] ?? 0) + 1
    },
    families: () => [
      ...typed(counters).map(([what, [name, help]]): Family => {
        const samples = [...(counts.get(what)?.values() ?? [])].map(({ labels, value }) => ({ labels, value }))
        // What has no labels is known to be none from the beginning.
        const first = what === 'reports' && samples.length === 0 ? [{ labels: {}, value: 0 }] : samples
        return { name, help, type: 'counter', samples: first }
      }),
      ...typed(timers).map(([what, [name, help]]): Family => {
        return { name, help, type: 'histogram', samples: [...(times.get(what)?.values() ?? [])].flatMap(samplesOf) }
      }),
    ],
  }
}

/** Buckets count everything up to their bound. */
function samplesOf({ labels, within, sum, count }: Spread): readonly Sample[] {
  let reached = 0
  const buckets = bounds.map((bound, at): Sample => {
    reached += within[at] ?? 0
    return { labels: { le: String(bound), ...labels }, value: reached, part: '_bucket' }
  })
  return [
    ...buckets,
    { labels: { le: '+Inf', ...labels }, value: count, part: '_bucket' },
    { labels, value: sum, part: '_sum' },
    { labels, value: count, part: '_count' },
  ]
}

function keyOf(labels: Labels): string {
  return JSON.stringify(Object.entries(labels))
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key) ?? make()
  map.set(key, found)
  return found
}

function typed<Key extends string, Value>(record: Readonly<Record<Key, Value>>): [Key, Value][] {
  return Object.entries(record) as [Key, Value][]
}

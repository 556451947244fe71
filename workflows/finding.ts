import type { Lane } from './change.ts'
import { type Backlog, type Health, joined } from './health.ts'
import { isAged, roomText } from './measure.ts'
import { type Phrase, type PhraseKey, phrase } from './phrase.ts'
import { isStuck, presence } from './pulse.ts'
import { toolName } from './sight.ts'

/** Something that is not as it should be. */
export type Finding = {
  /** The same for as long as it is about the same thing. */
  readonly code: string
  /** True: it cannot wait until others can be told with it. */
  readonly grave: boolean
  /** What is wrong, and what to do. */
  readonly text: Phrase
  /** What it is about, in a few words, for saying that it is well again. */
  readonly matter: Phrase
  /** For how long (ms) it must be so before coordinators are told. */
  readonly afterMs: number
  /** They are told by others by then, and also when it is well again; what is left is to bring it to mind. */
  readonly elsewhere?: true
}

/**
 * Everything that is not as it should be, the gravest first. Whatever a busy minute brings by itself has to last a
 * little before it is told.
 */
export function judge(health: Health): readonly Finding[] {
  const unsaved = health.committedMs > limits.commitMs
  const found = [
    ...(health.database ? waiting(health, health.database) : [unreadable]),
    ...(health.database && unsaved ? [unwritable] : []),
    ...machine(health),
    ...backups(health),
    ...tools(health),
    // Where nothing can be saved, loops fail because of that.
    ...processes(health).filter(one => !(unsaved && one.code.startsWith('failing:'))),
    ...watcher(health),
  ]
  return found.toSorted((one, other) => Number(other.grave) - Number(one.grave))
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const MiB = 1024 ** 2

/**
 * How late (ms) is wrong. An S5 is to be seen within seconds, so a minute means that something is broken. A claim is
 * answered by the person beside whom it appears, talk is read when somebody looks; broadcasts and summaries are paced,
 * and a large one takes its time.
 */
export const lateMs: Readonly<Record<Lane, number>> = {
  S5: minute,
  S4: 2 * minute,
  claim: 5 * minute,
  talk: 10 * minute,
  broadcast: 30 * minute,
  summary: 30 * minute,
}

/** Other limits, each with its reason. */
export const limits = {
  /** Each process commits something every quarter of a minute; one that was missed may be chance. */
  commitMs: minute,
  /** Clocks are looked at every second; the shortest of them is five minutes long. */
  timerMs: minute,
  /** Whatever is kept is handled at once; a first pause and a second try are over by then. */
  inboxMs: 10 * minute,
  /** Large videos come slowly, and Signal keeps its files for weeks. */
  fetchMs: 2 * hour,
  /** About what a day with many videos needs. */
  lowBytes: 1024 * MiB,
  /** A busy hour; under it a copy of the database may find no room. */
  graveBytes: 256 * MiB,
  /** Times in timelines go wrong from here, and the order of what two machines wrote. Leases do not mind. */
  aheadMs: 10 * second,
  /** From here the program spends its time on making room. */
  memoryShare: 0.9,
  /** A rolling upgrade is over by then. */
  versionsMs: hour,
  /** By then the pauses between two tries have grown to half a minute. */
  failures: 8,
  /** A watcher that is restarted is back by then. */
  watcherMs: 15 * minute,
} as const

// What was told when it happened is told again if nobody has looked after it.
const reminded = hour
// A hub that was away finds all of it late, and is at it.
const busy = 2 * minute
// Found by two looks in a row.
const twice = 45 * second

const unreadable: Finding = {
  code: 'database',
  grave: true,
  text: phrase('health.database'),
  matter: phrase('health.matter-database'),
  afterMs: 0,
}

const unwritable: Finding = { ...unreadable, code: 'saving', text: phrase('health.saving') }

function waiting({ now, summaries }: Health, { queues }: NonNullable<Health['database']>): readonly Finding[] {
  const { posts, cards, timers, inbox, parked, fetches, stuck } = queues
  const late = (lane: Lane, backlog: Backlog) => isAged(backlog, now, lateMs[lane])
  const behind = (lanes: readonly Lane[], of: typeof posts) =>
    lanes.map(lane => of[lane]).reduce(joined, { count: 0, oldestAt: null })
  const urgent = (['S5', 'S4'] as const).flatMap(lane => {
    const both = joined(posts[lane], cards[lane])
    if (!late(lane, both)) return []
    return [
      told(`late:${lane}`, 'health.late-urgent', both, { matter: 'late', severity: lane, grave: true, after: twice }),
    ]
  })
  const calm = (['claim', 'talk', 'broadcast', 'summary'] as const).filter(lane => late(lane, posts[lane]))
  const drawn = (['claim', 'talk', 'broadcast', 'summary'] as const).filter(lane => late('talk', cards[lane]))
  return [
    ...urgent,
    ...(calm.length > 0 ? [told('late', 'health.late', behind(calm, posts), { matter: 'late', after: busy })] : []),
    ...(drawn.length > 0
      ? [told('cards', 'health.cards', behind(drawn, cards), { matter: 'cards', after: busy })]
      : []),
    ...aged('timers', timers, now, limits.timerMs, { grave: true, after: minute }),
    ...aged('summaries', summaries, now, lateMs.summary, { after: busy }),
    ...aged('inbox', inbox, now, limits.inboxMs, { after: busy }),
    ...aged('fetches', fetches, now, limits.fetchMs, { after: busy }),
    ...aged('parked', parked, now, 0, { after: reminded }),
    ...(stuck > 0
      ? [told('stuck', 'health.stuck', { count: stuck, oldestAt: null }, { matter: 'stuck', after: reminded })]
      : []),
  ]
}

function machine({ disks, processes: all }: Health): readonly Finding[] {
  const low = disks.filter(disk => disk.freeBytes < limits.lowBytes)
  // Most often it is the same disk.
  const least = low.toSorted((one, other) => one.freeBytes - other.freeBytes)[0]
  const { present } = presence(all)
  const off = present.filter(one => Math.abs(one.facts.aheadMs) > limits.aheadMs)
  const full = present.filter(one => one.facts.memoryShare > limits.memoryShare)
  return [
    ...(least ? [disk(least)] : []),
    ...off.map(one => {
      const seconds = Math.round(Math.abs(one.facts.aheadMs) / second)
      const key = one.facts.aheadMs > 0 ? 'health.clock-fast' : 'health.clock-slow'
      return finding(`clock:${one.host}`, phrase(key, { host: { words: one.host }, count: seconds }), 'clock', {
        after: busy,
      })
    }),
    ...full.map(one => {
      const params = { host: { words: one.host }, size: roomText(one.facts.memory) }
      return finding(`memory:${one.host}`, phrase('health.memory', params), 'memory', { after: busy })
    }),
  ]
}

function disk({ freeBytes }: Health['disks'][number]): Finding {
  const grave = freeBytes < limits.graveBytes
  const text = phrase(grave ? 'health.disk-grave' : 'health.disk', { size: roomText(freeBytes) })
  return finding('disk', text, 'disk', { grave, after: 0 })
}

function backups({ backup, now }: Health): readonly Finding[] {
  if (!backup) return []
  const { madeAt, mostMs, problem } = backup
  const isOld = madeAt === null || now - madeAt > mostMs
  if (problem) return [finding('backup', phrase(`health.backup-${problem}`), 'backup', { grave: isOld, after: 0 })]
  if (!isOld) return []
  const old = madeAt === null ? phrase('health.backup-none') : phrase('health.backup-old', { time: { date: madeAt } })
  // A hub that was just set up, or was long away, is given the time to make one.
  return [finding('backup', old, 'backup', { after: madeAt === null ? 24 * hour : hour })]
}

/** That one is cut off is told by the look-out for tools that are away, and that it is back. */
function tools({ tools: all }: Health): readonly Finding[] {
  return all
    .filter(tool => tool.state !== 'up')
    .map(tool => {
      const params = { tool: toolName(tool.platform), time: { date: tool.since } }
      const text = phrase(`host.status-${tool.state}`, params)
      const matter = phrase('health.matter-tool', { tool: params.tool })
      return { code: `tool:${tool.platform}`, grave: true, text, matter, afterMs: 6 * minute, elsewhere: true }
    })
}

function processes({ now, processes: all }: Health): readonly Finding[] {
  const { present, missing } = presence(all)
  const hosts = [...new Set(missing.map(one => one.host))].map(words => ({ words }))
  const versions = [...new Set(present.map(one => one.version))].toSorted()
  const settled = present.every(one => one.startedMs > limits.versionsMs)
  const at = missing[0] ? { date: now - Math.max(...missing.map(one => one.ageMs)) } : { date: now }
  return [
    ...(missing.length > 0
      ? [
          finding(
            'missing',
            phrase('health.missing', { count: missing.length, left: present.length, hosts, time: at }),
            'processes',
            { after: minute },
          ),
        ]
      : []),
    ...(versions.length > 1 && settled
      ? [finding('versions', phrase('health.versions', { versions }), 'versions', { after: 0 })]
      : []),
    ...present.flatMap(({ host, facts }) => [
      ...facts.loops
        .filter(isStuck)
        .map(loop =>
          finding(
            `stuck:${loop.name}:${host}`,
            phrase('health.loop-stuck', { what: loopText(loop.name), host: { words: host } }),
            'loop',
            { grave: true, after: 0 },
          ),
        ),
      ...facts.loops
        .filter(loop => !isStuck(loop) && loop.failures >= limits.failures)
        .map(loop =>
          finding(
            `failing:${loop.name}`,
            phrase('health.loop-fails', { what: loopText(loop.name), host: { words: host } }),
            'loop',
            {
              grave: true,
              after: 0,
            },
          ),
        ),
    ]),
  ]
}

/** Some loops have a further part to their names, such as the tool that they serve. */
function loopText(name: string): Phrase {
  const known = loops.find(one => one === name.split(':')[0])
  return phrase(known ? `health.loop-${known}` : 'health.loop-other')
}

const loops = ['delivery', 'clocks', 'summaries', 'intake', 'fetcher'] as const

function watcher({ watcher: facts, now }: Health): readonly Finding[] {
  if (facts?.failingSince == null) return []
  const since = facts.failingSince
  if (now - since < limits.watcherMs) return []
  return [finding('watcher', phrase('health.watcher', { time: { date: since } }), 'watcher', { after: 0 })]
}

type How = { readonly grave?: boolean; readonly after: number }
type Matter =
  | ('late' | 'cards' | 'timers' | 'summaries' | 'inbox' | 'fetches' | 'parked' | 'stuck' | 'disk' | 'clock')
  | ('memory' | 'backup' | 'processes' | 'versions' | 'loop' | 'watcher')

function finding(code: string, text: Phrase, matter: Matter, { grave = false, after }: How): Finding {
  return { code, grave, text, matter: phrase(`health.matter-${matter}`), afterMs: after }
}

function told(
  code: string,
  key: PhraseKey,
  { count, oldestAt }: Backlog,
  { matter, severity, ...how }: How & { readonly matter: Matter; readonly severity?: Lane },
): Finding {
  const since = oldestAt === null ? {} : { time: { date: oldestAt } }
  return finding(code, phrase(key, { count, ...since, ...(severity ? { severity } : {}) }), matter, how)
}

function aged(
  matter: 'timers' | 'summaries' | 'inbox' | 'fetches' | 'parked',
  backlog: Backlog,
  now: number,
  most: number,
  how: How,
): readonly Finding[] {
  return isAged(backlog, now, most) ? [told(matter, `health.${matter}`, backlog, { matter, ...how })] : []
}

import { judge } from './finding.ts'
import { type Backlog, type Health, joined, noBacklog } from './health.ts'
import { isAged, roomText } from './measure.ts'
import { type Phrase, phrase } from './phrase.ts'
import { presence, type ToolPulse } from './pulse.ts'
import type { Line } from './view.ts'

/** What coordinators see of how the hub stands: what is wrong and what to do, or that all is well. */
export function wellness(health: Health): readonly Line[] {
  // What is wrong with a tool stands where the tools do.
  const findings = judge(health).filter(finding => !finding.code.startsWith('tool:'))
  if (findings.length === 0) return isWell(health) ? [strong(phrase('health.well'))] : []
  return [strong(phrase('health.ill')), ...findings.map(finding => item(finding.text))]
}

/** The figures for coordinators, below all else. */
export function figureLines(health: Health): readonly Line[] {
  return figures(health).map(note)
}

/** The same for everybody else, in a line. */
export function wellnessBrief(health: Health): Line {
  return strong(isWell(health) ? phrase('health.well') : phrase('health.ill-brief'))
}

/** When a tool was last heard from and written to; null where that is not known. */
export function heardText({ heardAt, sentAt }: ToolPulse): Phrase | null {
  if (heardAt === null) return sentAt === null ? null : phrase('health.sent-only', { sent: { date: sentAt } })
  if (sentAt === null) return phrase('health.heard-only', { heard: { date: heardAt } })
  return phrase('health.heard', { heard: { date: heardAt }, sent: { date: sentAt } })
}

function isWell(health: Health): boolean {
  return judge(health).length === 0
}

function figures({ database, now, disks, backup, watcher, processes }: Health): readonly Phrase[] {
  const { present } = presence(processes)
  const versions = [...new Set(present.map(one => one.version))].toSorted()
  const memory = present.reduce((sum, one) => sum + one.facts.memory, 0)
  const free = disks.map(disk => disk.freeBytes)
  return [
    ...(database ? queued(database.queues, now) : []),
    ...(database && free.length > 0
      ? [phrase('health.room', { size: roomText(Math.min(...free)), bytes: roomText(database.bytes) })]
      : []),
    ...(backup
      ? [
          backup.madeAt === null
            ? phrase('health.backed-up-not')
            : phrase('health.backed-up', { time: { date: backup.madeAt } }),
        ]
      : []),
    phrase('health.parts', { count: present.length, versions, size: roomText(memory) }),
    watchedText(watcher),
  ]
}

const inHandMs = 15_000

function queued(queues: NonNullable<Health['database']>['queues'], now: number): readonly Phrase[] {
  const all = (of: typeof queues.posts) => Object.values(of).reduce(joined, noBacklog)
  const out = joined(all(queues.posts), all(queues.cards))
  // The question itself, and what comes in at that moment, is being worked on.
  const coming = joined(queues.inbox, queues.fetches)
  const comingIn = isAged(coming, now, inHandMs) ? coming : noBacklog
  const late = isAged(queues.timers, now, 0) ? queues.timers.count : 0
  return [
    flowText('out', out),
    flowText('in', comingIn),
    late > 0 ? phrase('health.clocks', { count: late }) : phrase('health.clocks-none'),
  ]
}

function flowText(way: 'out' | 'in', { count, oldestAt }: Backlog): Phrase {
  return count === 0 || oldestAt === null
    ? phrase(`health.${way}-none`)
    : phrase(`health.${way}`, { count, time: { date: oldestAt } })
}

function watchedText(watcher: Health['watcher']): Phrase {
  if (!watcher) return phrase('health.watched-none')
  if (watcher.answeredAt === null) return phrase('health.watched-not')
  return phrase('health.watched', { time: { date: watcher.answeredAt } })
}

const strong = (said: Phrase): Line => ({ type: 'strong', text: said })
const note = (said: Phrase): Line => ({ type: 'note', text: said })
const item = (said: Phrase): Line => ({ type: 'item', text: said })

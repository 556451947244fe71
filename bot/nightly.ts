import { createHash } from 'node:crypto'
import type { Logger } from 'pino'
import type { FileFinding } from '../db/evidence.ts'
import type { Store } from '../db/store.ts'
import type { Post } from '../workflows/change.ts'
import { roomsFor } from '../workflows/directory.ts'
import { phrase } from '../workflows/phrase.ts'
import { dueWindow, type Schedule } from '../workflows/summary.ts'
import { plainView } from '../workflows/view.ts'
import { createHold } from './hold.ts'
import { rumourLife } from './rumours.ts'

/** What the nightly round works with; `wake` is called when it has something to say. */
export type NightlyOptions = {
  readonly store: Store
  readonly clock: () => number
  readonly holder: string
  readonly wake: () => void
  readonly log: Pick<Logger, 'info' | 'error'>
}

/**
 * What is done for the kept files: a little all day, and once a night, at three in the network's zone, all of them.
 * What platforms remember of people is forgotten then, if nobody changed it for ninety days, and so is what is over.
 */
export type Nightly = {
  /** Removes what was shredded; checks all files if tonight's round is due and nobody did it. Gives false: no more. */
  readonly run: () => Promise<boolean>
  /** Gives the right to do so back. */
  readonly release: () => Promise<void>
}

const forgottenMs = 90 * 24 * 60 * 60_000

/** Makes the nightly round; of several processes one does it, and after a night without a hub it is made up for. */
export function createNightly({ store, clock, holder, wake, log }: NightlyOptions): Nightly {
  const hold = createHold({ leases: store.leases, name: 'nightly', holder, stopwatch: () => performance.now() })
  return {
    release: hold.release,
    async run() {
      // Unreadable since it was shredded; its bytes need not lie there until the night.
      await store.files.sweep(clock())
      const plan = planIn(store.roster.directory().zone)
      const window = dueWindow(plan, clock())
      if (!window || !(await hold.keep())) return false
      if ((await store.memory.get(...done)) === window.key) return false
      await store.memory.sweep(clock() - forgottenMs)
      await store.rumours.prune(clock() - rumourLife)
      await store.exports.forget(clock())
      await store.agenda.prune(clock() - forgottenMs)
      const findings: FileFinding[] = []
      for await (const finding of store.files.verify(clock())) {
        // Whoever has the right now begins anew.
        if (!hold.has()) return false
        findings.push(finding)
        if (findings.length === mostFindings) break
      }
      log.info({ wrong: findings.length }, 'the kept files were checked')
      if (findings.length > 0) {
        log.error({ findings: findings.map(({ file, problem }) => `${problem} ${file}`) }, 'kept files are not right')
        if ((await store.outbox.add(noticesOf(findings, store), clock())) > 0) wake()
      }
      await store.memory.set(...done, window.key, clock())
      return false
    },
  }
}

const mostFindings = 1000
// Under which the night is kept whose round was done, whoever did it.
const done = ['workspace', 'hub:nightly'] as const

function planIn(zone: string): Schedule {
  return { name: 'nightly', when: { type: 'at', at: '03:00' }, zone, from: null, until: null }
}

/** Said once for the same findings, however many nights they stand; ids stay out, which not every room may know. */
function noticesOf(findings: readonly FileFinding[], store: Store): readonly Post[] {
  const known = findings.map(({ file, problem }) => `${problem} ${file}`).toSorted()
  const mark = createHash('sha256').update(known.join('\n')).digest('base64url').slice(0, 22)
  const view = plainView([phrase('file.check-wrong', { count: findings.length }), phrase('file.check-way')])
  return roomsFor(store.roster.directory(), 'coordination').map(room => ({
    key: `files:${mark}:${room.id}`,
    to: { room: room.id },
    incident: null,
    thread: false,
    lane: 'claim',
    view,
  }))
}

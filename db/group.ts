import { setTimeout as pause } from 'node:timers/promises'
import { StoreError } from '../workflows/errors.ts'
import type { Database, Tx } from './database.ts'
import { isLocked, storeFailure } from './failure.ts'

/** The steps of one connection; each throws what the driver throws. */
export type Steps = {
  begin(): void
  commit(): void
  rollback(): void
  savepoint(): void
  release(): void
  undo(): void
  /** Whether a transaction is open on the connection. */
  open(): boolean
  /** The first error since the last call that may have ended the whole transaction, if there was one. */
  ended(): unknown
  readonly tx: Tx
  readonly lockWaitMs: number
}

type Caller = { run(tx: Tx): Promise<unknown>; resolve(value: unknown): void; reject(error: unknown): void }
type Answer = () => void

/**
 * Runs callers one at a time, those who wait together as savepoints of one transaction, and answers all of them after
 * its COMMIT. One who throws is undone alone; what ends the transaction fails everybody in it.
 */
export function groupCommit(steps: Steps): Database['transaction'] {
  const waiting: Caller[] = []
  let busy = false

  async function turn() {
    await group()
    busy = waiting.length > 0
    if (busy) setImmediate(turn)
  }

  async function group() {
    const members: Caller[] = []
    const answers: Answer[] = []
    let committing = false
    try {
      await begin(steps)
      steps.ended()
      const until = performance.now() + mostMs
      do {
        const caller = waiting.shift()
        if (!caller) break
        members.push(caller)
        answers.push(await answerOf(caller, steps))
      } while (members.length < mostCallers && performance.now() < until)
      committing = true
      steps.commit()
    } catch (error) {
      const failed = members.length > 0 ? members : waiting.splice(0)
      const failure = groupFailure(error, committing)
      abandon(steps)
      for (const caller of failed) caller.reject(failure)
      return
    }
    for (const answer of answers) answer()
  }

  return run =>
    new Promise((resolve, reject) => {
      waiting.push({ run, resolve: resolve as Caller['resolve'], reject })
      if (busy) return
      busy = true
      // One turn of the loop lets those who were answered together ask together again.
      setImmediate(turn)
    })
}

// Bounds on one group keep the first caller's wait short. A COMMIT takes about as long as this on a slow disk, and who
// is left out of a group waits for the next one anyway.
const mostCallers = 128
const mostMs = 25

// A ROLLBACK that fails has ended the transaction too.
function abandon(steps: Steps) {
  try {
    if (steps.open()) steps.rollback()
  } catch {}
}

async function begin(steps: Steps): Promise<void> {
  const until = performance.now() + steps.lockWaitMs
  for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 2, 100)) {
    try {
      return steps.begin()
    } catch (error) {
      if (!isLocked(error) || performance.now() + pauseMs > until) throw error
      await pause(pauseMs)
    }
  }
}

async function answerOf(caller: Caller, steps: Steps): Promise<Answer> {
  steps.savepoint()
  let answer: Answer
  try {
    const value = await caller.run(steps.tx)
    answer = () => caller.resolve(value)
  } catch (error) {
    answer = undone(caller, error, steps)
  }
  const end = steps.ended()
  if (end) throw end
  steps.release()
  return answer
}

function undone(caller: Caller, error: unknown, steps: Steps): Answer {
  if (!steps.open()) throw error
  steps.undo()
  const failure = storeFailure(error)
  return () => caller.reject(failure)
}

// After a failed write of the log only the next start can tell whether the COMMIT stands in it.
function groupFailure(error: unknown, committing: boolean): unknown {
  const failure = storeFailure(error)
  if (!(failure instanceof StoreError))
    return new StoreError('broken', 'none', 'the transaction failed', { cause: error })
  if (!committing || failure.reason !== 'broken') return failure
  return new StoreError('broken', 'unknown', failure.message)
}

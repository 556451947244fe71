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
  /** A number that rises with every statement that may have written. */
  writes(): number
  /** Resolves once all that was committed before is on the disk. */
  durable(): Promise<void>
  readonly tx: Tx
  readonly lockWaitMs: number
}

type Caller = { run(tx: Tx): Promise<unknown>; resolve(value: unknown): void; reject(error: unknown): void }
type Answer = () => void
type Run = (caller: Caller, steps: Steps) => Promise<Answer | null>

/**
 * Runs callers one at a time, those who wait together in one transaction, and answers all of them once its COMMIT is on
 * the disk; the next group runs meanwhile. One who throws is undone alone: whoever throws after a write undoes the
 * group, which is then run again with a savepoint each. What ends the transaction fails everybody in it.
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
    try {
      // A savepoint costs a copy of every page that is changed under it, and hardly anybody throws after a write.
      const answers = (await inOne(steps, arriving(members), freely)) ?? (await inOne(steps, members, apart))
      void answered(members, answers ?? [])
    } catch (error) {
      abandon(steps)
      fail(members.length > 0 ? members : waiting.splice(0), error)
    }
  }

  async function answered(members: readonly Caller[], answers: readonly Answer[]) {
    try {
      await steps.durable()
    } catch (error) {
      return fail(members, error, 'unknown')
    }
    for (const answer of answers) answer()
  }

  function* arriving(members: Caller[]) {
    const until = performance.now() + mostMs
    do {
      const caller = waiting.shift()
      if (!caller) return
      members.push(caller)
      yield caller
    } while (members.length < mostCallers && performance.now() < until)
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

function fail(callers: readonly Caller[], error: unknown, outcome: StoreError['outcome'] = 'none') {
  const failure = groupFailure(error, outcome)
  for (const caller of callers) caller.reject(failure)
}

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

/** Runs them in one transaction and commits it; null if it was undone because it cannot be kept as a whole. */
async function inOne(steps: Steps, callers: Iterable<Caller>, run: Run): Promise<Answer[] | null> {
  await begin(steps)
  steps.ended()
  const answers: Answer[] = []
  for (const caller of callers) {
    const answer = await run(caller, steps)
    const end = steps.ended()
    if (end) throw end
    if (!answer) {
      steps.rollback()
      return null
    }
    answers.push(answer)
  }
  try {
    steps.commit()
  } catch (error) {
    throw commitFailure(error)
  }
  return answers
}

async function freely(caller: Caller, steps: Steps): Promise<Answer | null> {
  const before = steps.writes()
  try {
    const value = await caller.run(steps.tx)
    return () => caller.resolve(value)
  } catch (error) {
    if (!steps.open()) throw error
    if (steps.writes() !== before) return null
    const failure = storeFailure(error)
    return () => caller.reject(failure)
  }
}

async function apart(caller: Caller, steps: Steps): Promise<Answer> {
  steps.savepoint()
  let answer: Answer
  try {
    const value = await caller.run(steps.tx)
    answer = () => caller.resolve(value)
  } catch (error) {
    answer = undone(caller, error, steps)
  }
  if (steps.open()) steps.release()
  return answer
}

function undone(caller: Caller, error: unknown, steps: Steps): Answer {
  if (!steps.open()) throw error
  steps.undo()
  const failure = storeFailure(error)
  return () => caller.reject(failure)
}

function groupFailure(error: unknown, outcome: StoreError['outcome']): StoreError {
  const failure = storeFailure(error, outcome)
  if (failure instanceof StoreError) return failure
  return new StoreError('broken', outcome, 'the transaction failed', { cause: error })
}

// After a failed write of the log only the next start can tell whether the COMMIT stands in it.
function commitFailure(error: unknown): unknown {
  const failure = storeFailure(error)
  if (!(failure instanceof StoreError) || failure.reason !== 'broken') return failure
  return new StoreError('broken', 'unknown', failure.message)
}

import { closeSync, fdatasync, openSync } from 'node:fs'
import { promisify } from 'node:util'
import { StoreError } from '../workflows/errors.ts'

/** What is on the disk of the log that SQLite writes. */
export type Durable = {
  /** Commits; the log has it then, the disk not yet. `mark` rises with whatever may have been written. */
  readonly commit: (commit: () => void, mark: () => number) => void
  /**
   * Resolves once the disk has all that was committed before. @throws StoreError, outcome unknown, where the disk
   * refuses: what it has is known at the next start only
   */
  readonly reached: () => Promise<void>
  /** @throws StoreError once the disk has refused: what it dropped it may drop without a word the next time */
  readonly require: () => void
  readonly close: () => void
}

const sync = promisify(fdatasync)

/**
 * Brings a log to the disk beside the thread that writes it, so that a disk that is slow, or stands still for a moment,
 * keeps nobody from being answered. Whoever waits meanwhile shares the next sync.
 */
export function durable(path: string): Durable {
  let log: number | null = null
  let [committed, synced] = [0, 0]
  let syncing: Promise<void> | null = null
  let refused = false

  async function toDisk(): Promise<void> {
    const until = committed
    try {
      // Opened for writing, without which some systems do not sync. It is the same file until it is closed here.
      log ??= openSync(path, 'r+')
      await sync(log)
    } catch (error) {
      refused = true
      throw new StoreError('broken', 'unknown', failed, { cause: error })
    }
    synced = until
  }

  return {
    commit(commit, mark) {
      commit()
      committed = mark()
    },
    async reached() {
      for (const own = committed; synced < own; ) {
        syncing ??= toDisk().finally(() => {
          syncing = null
        })
        await syncing
      }
    },
    require() {
      if (refused) throw new StoreError('broken', 'none', failed)
    },
    close() {
      if (log !== null) closeSync(log)
      log = null
    },
  }
}

const failed = 'The disk of the database fails. Check the disk, then start the hub again'

import { eq } from 'drizzle-orm'
import type { Base } from './base.ts'
import { type Erased, type ErasureList, readErased } from './erased.ts'
import type { Returned } from './returned.ts'

/** Why the last attempt at a backup did not end well; `detail` is for whoever runs the machine, and names nobody. */
export type BackupProblem = {
  /** `phrase`: no recovery phrase was made yet; `space`: no room; `copied`: it lies here and not elsewhere. */
  readonly type: 'phrase' | 'space' | 'failed' | 'copied'
  readonly detail: string
  /** When it was first so (epoch ms). */
  readonly since: number
}

/** What is known of the backups of this database; times are epoch ms. */
export type BackupFacts = {
  /** What the newest backup that is whole holds stood so at this moment; null if there is none. */
  readonly at: number | null
  readonly bytes: number
  /** When it was brought off this machine; null if it was not. */
  readonly copiedAt: number | null
  readonly holdsSignal: boolean
  /** What was wrong with the last attempt; null if nothing. */
  readonly problem: BackupProblem | null
  /** The window of the plan that was last done with, well or not; null before the first. */
  readonly window: string | null
}

/** What the hub keeps of its backups: no secret, for the phrase that opens them is kept by people alone. */
export interface BackupStore {
  /** What is known of them; null before the first attempt. */
  facts(): Promise<BackupFacts | null>
  note(facts: BackupFacts): Promise<void>
  /** The public half of the recovery phrase, to which backups are encrypted; null until one was made. */
  recipient(): Promise<string | null>
  setRecipient(recipient: string): Promise<void>
  /** Whether this database was brought back from a copy, and nobody was told yet; null once they were. */
  returned(): Promise<Returned | null>
  toldReturned(): Promise<void>
  /** Brings the erasure list up to date and gives where it lies; there may be no file yet. @throws Error of the disk */
  listErased(): Promise<string>
  /** What a list says, line by line; null for a line that this database did not write so. */
  readErased(file: string): AsyncIterable<Erased | null>
}

/** What is kept of backups, in the table of settings. */
export function backupStore({ database, tables: { settings }, seal }: Base, list: ErasureList): BackupStore {
  async function get(key: string): Promise<string | null> {
    const [row] = await database.read.select().from(settings).where(eq(settings.key, key))
    return row?.value ?? null
  }

  const set = (key: string, value: string) =>
    database.transaction(tx =>
      tx
        .insert(settings)
        .values({ key, value })
        .onConflictDoUpdate({ target: settings.key, set: { value } })
        .returning({ key: settings.key }),
    )

  return {
    async facts() {
      const value = await get(factsKey)
      return value === null ? null : JSON.parse(value)
    },
    note: async facts => void (await set(factsKey, JSON.stringify(facts))),
    recipient: () => get(recipientKey),
    setRecipient: async recipient => void (await set(recipientKey, recipient)),
    async returned() {
      const value = await get(returnedKey)
      return value === null ? null : JSON.parse(value)
    },
    async toldReturned() {
      const own = eq(settings.key, returnedKey)
      await database.transaction(tx => tx.delete(settings).where(own).returning({ key: settings.key }))
    },
    async listErased() {
      await list.follow()
      return list.file
    },
    readErased: file => readErased(file, seal.proof),
  }
}

const factsKey = 'backup'
const recipientKey = 'backup.recipient'
const returnedKey = 'returned'

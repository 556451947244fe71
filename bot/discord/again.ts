import type { OpenForm } from '../../commands/form.ts'
import type { Language } from '../../workflows/directory.ts'
import type { IncomingFile, Memory } from '../platform.ts'

/** A form that must be shown again, or that files go with: as it stood, to whom, and what was attached already. */
export type Again = {
  readonly open: OpenForm | null
  readonly files: readonly IncomingFile[]
  readonly language: Language
  readonly zone: string
}

/** Forms that were refused or opened too late, by the ids of the forms; whoever presses "Correct it" finds theirs. */
export type Kept = {
  /** Never rejects: what cannot be stored is known until the process ends. */
  save(form: string, account: string, again: Again): Promise<void>
  find(form: string, account: string): Promise<Again | null>
  forget(form: string, account: string): Promise<void>
}

const mostKept = 1000

/** Makes the memory of forms; `memory` outlasts the process. */
export function createKept(memory: () => Memory | null): Kept {
  const near = new Map<string, Again>()
  const stored = new Set<string>()
  const keyOf = (form: string, account: string) => `form:${form}:${account}`

  return {
    async save(form, account, again) {
      const key = keyOf(form, account)
      near.delete(key)
      near.set(key, again)
      const oldest = near.size > mostKept ? near.keys().next().value : undefined
      if (oldest !== undefined) near.delete(oldest)
      stored.add(key)
      await memory()
        ?.set(key, JSON.stringify(again), account)
        .catch(() => {})
    },
    async find(form, account) {
      const key = keyOf(form, account)
      const known = near.get(key)
      if (known) return known
      const kept = await memory()
        ?.get(key)
        .catch(() => null)
      return kept ? (JSON.parse(kept) as Again) : null
    },
    async forget(form, account) {
      const key = keyOf(form, account)
      near.delete(key)
      // Most forms were never kept, and cost nothing here.
      if (stored.delete(key))
        await memory()
          ?.set(key, null, account)
          .catch(() => {})
    },
  }
}

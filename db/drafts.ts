import { and, desc, eq, gte, lt } from 'drizzle-orm'
import type { FormId, PersonId } from '../workflows/ids.ts'
import type { Draft } from '../workflows/ports.ts'
import type { Base } from './base.ts'
import { type DataKeys, ofPerson } from './keys.ts'

/** Forms that were opened and not sent, or refused; sealed, kept for a day. */
export interface DraftStore {
  save(person: PersonId, draft: Draft): Promise<void>
  /** The freshest of that name saved since then (epoch ms), or null. */
  latest(person: PersonId, name: string, since: number): Promise<Draft | null>
  prune(before: number): Promise<void>
}

/** The drafts, each sealed under the key of the person who typed it. */
export function draftStore({ database, tables: { drafts }, seal }: Base, keys: DataKeys): DraftStore {
  return {
    async save(person, { form, name, about, values, savedAt }) {
      await database.transaction(async tx => {
        const sealed = seal.seal(JSON.stringify(values), await keys.person(tx, person))
        const row = { person, name, about, sealed, savedAt }
        await tx
          .insert(drafts)
          .values({ form, ...row })
          .onConflictDoUpdate({ target: drafts.form, set: row, setWhere: eq(drafts.person, person) })
          .returning({ form: drafts.form })
      })
    },
    async latest(person, name, since) {
      const [row] = await database.read
        .select()
        .from(drafts)
        .where(and(eq(drafts.person, person), eq(drafts.name, name), gte(drafts.savedAt, since)))
        .orderBy(desc(drafts.savedAt))
        .limit(1)
      const key = row && (await keys.find(database.read, ofPerson(person)))
      if (!row || !key) return null
      const values = opened(() => seal.text(row.sealed, key))
      return values && { form: row.form as FormId, name, about: row.about, values, savedAt: row.savedAt }
    },
    async prune(before) {
      await database.transaction(tx =>
        tx.delete(drafts).where(lt(drafts.savedAt, before)).returning({ form: drafts.form }),
      )
    },
  }
}

// Under a key made anew after shredding, what was typed before cannot be read.
function opened(text: () => string): Record<string, unknown> | null {
  try {
    return JSON.parse(text())
  } catch {
    return null
  }
}

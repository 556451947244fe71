import { and, eq, inArray, isNotNull, isNull, lt } from 'drizzle-orm'
import type { MessageRef } from '../workflows/delivery.ts'
import type { PlatformName } from '../workflows/ids.ts'
import type { Base } from './base.ts'

/** Somebody (`by`, an account there) received or read a message, by its own id on that platform. */
export type Sighting = { readonly message: string; readonly by: string; readonly how: 'received' | 'read' }

/** Who has seen what was sent, as far as platforms tell: counted, never listed. */
export interface SightingStore {
  /** Remembers that these messages (pieces, in order) carry what was sent under that key. */
  posted(platform: PlatformName, key: string, messages: readonly string[], now: number): Promise<void>
  /** Counts each person once for each message; gives those of messages that it does not know. */
  count(platform: PlatformName, seen: readonly Sighting[], now: number): Promise<readonly Sighting[]>
  /**
   * What was sent under that key stands there after all, though its answer was lost: nobody need decide on it, or send
   * it again. False if nothing was in doubt.
   */
  arrived(key: string, message: MessageRef, now: number): Promise<boolean>
  /** Forgets messages that were sent before that moment, and of those before `blur` who was counted. */
  prune(before: number, blur: number): Promise<void>
}

/** Who has seen what, in the database. */
export function sightingStore({ database, tables: { sightings, posts, setbacks }, seal }: Base): SightingStore {
  const markOf = (platform: PlatformName, message: string) => seal.hmac(`sighting:${platform}:${message}`)
  const digestOf = (mark: string, by: string) => seal.hmac(`sighting:${mark}:${by}`).slice(0, digestLength)

  return {
    async posted(platform, key, messages, now) {
      if (messages.length === 0) return
      const rows = messages.map(message => ({
        ...{ message: markOf(platform, message), key, sentAt: now },
        ...{ received: 0, read: 0, at: null, people: null },
      }))
      await database.transaction(tx =>
        tx.insert(sightings).values(rows).onConflictDoNothing().returning({ key: sightings.key }),
      )
    },
    async count(platform, seen, now) {
      const unknown: Sighting[] = []
      const groups = Map.groupBy(seen, one => markOf(platform, one.message))
      const marks = [...groups.keys()]
      await database.transaction(async tx => {
        for (let start = 0; start < marks.length; start += atOnce) {
          const some = marks.slice(start, start + atOnce)
          const rows = await tx.select().from(sightings).where(inArray(sightings.message, some))
          const known = new Map(rows.map(row => [row.message, row]))
          for (const mark of some) {
            const own = groups.get(mark) ?? []
            const row = known.get(mark)
            if (!row) unknown.push(...own)
            // Of one so old it is forgotten who was counted.
            if (!row || (row.people === null && row.received > 0)) continue
            const people = counted(row.people, own, mark)
            const read = [...people.values()].filter(how => how === 'read').length
            if (people.size === row.received && read === row.read) continue
            await tx
              .update(sightings)
              .set({ people: Buffer.from(written(people)), received: people.size, read, at: now })
              .where(eq(sightings.message, mark))
              .returning({ key: sightings.key })
          }
        }
      })
      return unknown
    },
    async arrived(key, message, now) {
      const set = { state: 'sent', dueAt: null, sentAt: now, error: null, view: Buffer.alloc(0) } as const
      const sealed = seal.seal(JSON.stringify(message))
      return database.transaction(async tx => {
        const [row] = await tx
          .update(posts)
          .set({ ...set, message: sealed })
          .where(and(eq(posts.key, key), inArray(posts.state, ['unknown', 'again', 'unsure'])))
          .returning({ id: posts.id })
        if (!row) return false
        // Nobody need be asked about it any more.
        const asked = and(isNull(setbacks.toldAt), eq(setbacks.item, { type: 'post', id: row.id }))
        await tx.delete(setbacks).where(asked).returning({ id: setbacks.id })
        return true
      })
    },
    async prune(before, blur) {
      const old = await database.read
        .select({ message: sightings.message })
        .from(sightings)
        .where(lt(sightings.sentAt, before))
        .limit(most)
      const sharp = await database.read
        .select({ message: sightings.message })
        .from(sightings)
        .where(and(lt(sightings.sentAt, blur), isNotNull(sightings.people)))
        .limit(most)
      if (old.length + sharp.length === 0) return
      const ids = (rows: typeof old) => rows.map(row => row.message)
      await database.transaction(async tx => {
        await tx
          .delete(sightings)
          .where(inArray(sightings.message, ids(old)))
          .returning({ key: sightings.key })
        await tx
          .update(sightings)
          .set({ people: null })
          .where(inArray(sightings.message, ids(sharp)))
          .returning({ key: sightings.key })
      })
    },
  }

  function counted(before: Buffer | null, seen: readonly Sighting[], mark: string): Map<string, Sighting['how']> {
    const people = new Map<string, Sighting['how']>()
    const text = before?.toString('latin1') ?? ''
    for (let at = 0; at + digestLength < text.length + 1 && at < text.length; at += digestLength + 1) {
      people.set(text.slice(at, at + digestLength), text[at + digestLength] === 'r' ? 'read' : 'received')
    }
    for (const { by, how } of seen) {
      const digest = digestOf(mark, by)
      if (how === 'read' || !people.has(digest)) people.set(digest, how)
    }
    return people
  }
}

// Eight characters of base64 are 48 bits: nobody in a group is taken for another.
const digestLength = 8
const atOnce = 200
const most = 500

function written(people: ReadonlyMap<string, Sighting['how']>): string {
  return [...people].map(([digest, how]) => digest + (how === 'read' ? 'r' : 'd')).join('')
}

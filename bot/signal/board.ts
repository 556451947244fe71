import type { MessageRef } from '../../workflows/delivery.ts'
import type { Memory } from '../platform.ts'
import type { Numbered } from './actions.ts'
import { readRef } from './address.ts'
import type { Written } from './text.ts'

/**
 * What stands on a message of the hub: its first words, what its numbers mean, and the card it belongs to, if any.
 * `rest`: the ids of those in which it goes on.
 */
export type Standing = {
  readonly title: string
  readonly actions: readonly Numbered[]
  readonly under?: MessageRef
  readonly rest?: readonly string[]
}

/** A message with numbers on it, and when it was sent (epoch ms). */
export type Menu = { readonly ref: MessageRef; readonly standing: Standing; readonly at: number }

/** What stands on the hub's messages, so that a number means what it meant, whenever somebody writes it. */
export type Board = {
  /** Remembers what stands on a message now, by the name of each of its pieces; its numbers stand on the last. */
  readonly posted: (refs: readonly MessageRef[], written: Written, under?: MessageRef) => Promise<void>
  /** What stands on it, or null if that is no message of the hub or one of long ago. */
  readonly read: (ref: MessageRef) => Promise<Standing | null>
  /** The messages in which it goes on; none where it is whole in one, or of long ago. */
  readonly restOf: (ref: MessageRef) => Promise<readonly MessageRef[]>
  /** The newest messages with numbers in a room, newest first, none sent after that moment. */
  readonly newest: (room: string, until: number) => Promise<readonly Menu[]>
}

type Listed = { readonly id: string; readonly menu: boolean }

// So many messages back in a room; cards that are older are still known by the hub itself.
const mostKept = 120
const mostNewest = 6

/** Makes the board over what the platform remembers, which is sealed. */
export function createBoard(memory: Memory): Board {
  const tails = new Map<string, Promise<void>>()

  /** One change of a room's list after the other: each reads what the last one wrote. */
  function inTurn(room: string, work: () => Promise<void>): Promise<void> {
    const turn = (tails.get(room) ?? Promise.resolve()).then(work)
    const tail = turn
      .catch(() => {})
      .then(() => {
        if (tails.get(room) === tail) tails.delete(room)
      })
    tails.set(room, tail)
    return turn
  }

  async function list(room: string): Promise<readonly Listed[]> {
    const kept = await memory.get(listKey(room))
    return kept === null ? [] : (JSON.parse(kept) as Listed[])
  }

  async function read(ref: MessageRef): Promise<Standing | null> {
    const kept = await memory.get(keyOf(ref))
    return kept === null ? null : (JSON.parse(kept) as Standing)
  }

  return {
    read,
    restOf: async ref => ((await read(ref))?.rest ?? []).map(id => ({ room: ref.room, id })),
    async posted(refs, { title: named, first: words, actions }, under) {
      const [first, ...more] = refs
      if (!first) return
      const { room } = first
      const owner = ownerOf(room)
      // Of what people said in a group nothing is kept here: it could not be found when it must go.
      const title = named || (owner.length > 0 ? words : '')
      const standing: Standing = under ? { title, actions, under } : { title, actions }
      const menu = actions.length > 0
      await inTurn(room, async () => {
        const before = await list(room)
        const known = before.filter(one => refs.some(ref => ref.id === one.id))
        // Drawn anew in fewer messages, the others are gone.
        const former = (known.length > 0 && (await read(first))?.rest) || []
        const gone = former.filter(id => !more.some(ref => ref.id === id))
        const whole = more.length > 0 ? { ...standing, rest: more.map(ref => ref.id) } : standing
        await memory.set(keyOf(first), JSON.stringify(whole), ...owner)
        for (const ref of more) await memory.set(keyOf(ref), JSON.stringify(standing), ...owner)
        for (const id of gone) await memory.set(keyOf({ room, id }), null)
        // A card is drawn anew far more often than it is sent.
        if (gone.length === 0 && known.length === refs.length && known.at(-1)?.menu === menu) return
        const fresh = refs.map(({ id }, index) => ({ id, menu: menu && index === refs.length - 1 }))
        const last = known.length === 0 ? before.length : before.findIndex(one => one.id === known[0]?.id)
        const others = before.filter(one => !known.includes(one) && !gone.includes(one.id))
        const all = others.toSpliced(last, 0, ...fresh)
        for (const { id } of all.slice(0, -mostKept)) await memory.set(keyOf({ room, id }), null)
        await memory.set(listKey(room), JSON.stringify(all.slice(-mostKept)), ...owner)
      })
    },
    async newest(room, until) {
      const found: Menu[] = []
      for (const { id, menu } of (await list(room)).toReversed()) {
        const ref = { room, id }
        const at = readRef(ref)?.at ?? 0
        if (!menu || at > until) continue
        const standing = await read(ref)
        if (standing) found.push({ ref, standing, at })
        if (found.length === mostNewest) break
      }
      return found
    },
  }
}

function keyOf({ room, id }: MessageRef): string {
  return `shown:${room}/${id}`
}

function listKey(room: string): string {
  return `board:${room}`
}

/** What stands in somebody's own conversation goes when they are erased. */
function ownerOf(room: string): [] | [string] {
  const account = readRef({ room, id: 'any.0' })?.account
  return account ? [account] : []
}

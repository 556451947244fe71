import type { PracticeStore } from '../../workflows/delivery.ts'
import { addressOf, directAddress, type Sight } from './setting.ts'

/** How many messages wait in a conversation, and the newest that this persona has had before them. */
export type Unread = { readonly address: string; readonly count: number; readonly last: number }

/** The newest message of each conversation that a persona has seen, as its cookie keeps it. */
export type Seen = Readonly<Record<string, number>>

const most = 99

/**
 * Counts what is new in every conversation, the open one being read now. `floor` is the newest message from before the
 * workspace started: older ones are history, not news, to a persona who was never there.
 */
export async function countUnread(store: PracticeStore, seen: Seen, floor: Seen, sight: Sight): Promise<Unread[]> {
  const open = addressOf(sight)
  const addresses = [directAddress(sight.persona.account), ...sight.setting.rooms.map(room => room.address)]
  return Promise.all(
    addresses.map(async address => {
      const recent = await store.list(address, most)
      const last = recent.at(-1)?.id ?? 0
      const read = address === open ? last : (seen[address] ?? floor[address] ?? 0)
      const fresh = recent.filter(message => message.id > read && message.author !== sight.persona.account)
      return { address, count: fresh.length, last }
    }),
  )
}

/** Reads the cookie of a persona; anything else than numbers by conversation is nothing. */
export function readSeen(cookie: string | undefined): Seen {
  try {
    const value: unknown = JSON.parse(decodeURIComponent(cookie ?? ''))
    if (typeof value !== 'object' || value === null) return {}
    return Object.fromEntries(Object.entries(value).filter(([, id]) => Number.isSafeInteger(id)))
  } catch {
    return {}
  }
}

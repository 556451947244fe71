import type { Memory } from '../platform.ts'
import type { Heard } from './heard.ts'

/**
 * Who is who on Signal: numbers come and go in frames, and the roster may know somebody by either name, so the number
 * that once stood beside a uuid is remembered, and the uuid beside a number.
 */
export type People = {
  /** The same with the number filled in, where it was ever seen. */
  readonly known: (heard: Heard) => Promise<Heard>
  /** The account that messages of theirs are heard from: the uuid where it is known, else what was given. */
  readonly accountOf: (address: string) => Promise<string>
}

/** Makes it over what the platform remembers, which is sealed. */
export function createPeople(memory: Memory): People {
  // Both ways; undefined: never asked.
  const names = new Map<string, string | null>()

  async function recall(name: string): Promise<string | null> {
    const known = names.get(name)
    if (known !== undefined) return known
    const found = await memory.get(`also:${name}`)
    names.set(name, found)
    return found
  }

  async function learn(uuid: string, number: string): Promise<void> {
    if ((await recall(uuid)) === number && (await recall(number)) === uuid) return
    await memory.set(`also:${uuid}`, number, uuid)
    await memory.set(`also:${number}`, uuid, uuid)
    names.set(uuid, number)
    names.set(number, uuid)
  }

  return {
    async known(heard) {
      const { account, number } = heard
      if (number === null) return { ...heard, number: await recall(account) }
      if (number !== account) await learn(account, number)
      return heard
    },
    accountOf: async address => (address.startsWith('+') ? ((await recall(address)) ?? address) : address),
  }
}

import type { Memory } from '../platform.ts'
import type { Heard } from './heard.ts'

/**
 * Who is who on Signal: numbers come and go in frames, and the roster may know somebody by either name, so the number
 * that once stood beside a uuid is remembered, and the uuid beside a number.
 */
export type People = {
  /** The same under the uuid and with the number, where these were ever seen. */
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

  async function keep(name: string, also: string | null, uuid: string): Promise<void> {
    await memory.set(`also:${name}`, also, uuid)
    names.set(name, also)
  }

  /** A number has one account, and an account one number: whoever had it before has it no more. */
  async function learn(uuid: string, number: string): Promise<void> {
    const [before, owner] = [await recall(uuid), await recall(number)]
    if (before === number && owner === uuid) return
    if (owner !== null && owner !== uuid) await keep(owner, null, owner)
    if (before !== null && before !== number) await keep(before, null, uuid)
    await keep(uuid, number, uuid)
    await keep(number, uuid, uuid)
  }

  return {
    async known(heard) {
      const { account, number } = heard
      // Some frames have the number alone: whoever it is stays the same person.
      if (account.startsWith('+')) return { ...heard, account: (await recall(account)) ?? account, number: account }
      if (number === null) return { ...heard, number: await recall(account) }
      await learn(account, number)
      return heard
    },
    accountOf: async address => (address.startsWith('+') ? ((await recall(address)) ?? address) : address),
  }
}

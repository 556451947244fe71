import type { Logger } from 'pino'
import { reasonOf } from '../../workflows/errors.ts'
import type { Memory } from '../platform.ts'
import type { Client } from './client.ts'
import { ownUuidIn, readFrame } from './frame.ts'
import type { Heard } from './heard.ts'

/** Who the hub is on Signal. */
export type Identity = {
  /** Reads a frame with what is known of the hub itself. */
  readonly read: (body: string) => Promise<Heard | null>
  /** Sees that the number is known there, which uuid it has, and that it shows a name; never rejects. */
  readonly settle: () => Promise<void>
  /** What is wrong with the number, or null. */
  readonly problem: () => string | null
}

type Options = {
  readonly client: Client
  readonly memory: Memory
  readonly number: string
  readonly log: Pick<Logger, 'warn' | 'info'>
  /** Told when the API does not know the number. */
  readonly missing: () => void
}

const key = 'own-uuid'
const shownName = 'Trust Hub'

/** Makes it; the uuid is learned from the API or from frames that give it away, and remembered. */
export function createIdentity({ client, memory, number, log, missing }: Options): Identity {
  let uuid: string | null | undefined
  let problem: string | null = null
  let settled = false

  async function known(): Promise<string | null> {
    if (uuid === undefined) uuid = await memory.get(`${key}:${number}`)
    return uuid
  }

  async function learn(found: string | null): Promise<void> {
    if (found === null || found === (await known())) return
    await memory.set(`${key}:${number}`, found)
    uuid = found
  }

  async function named(own: string): Promise<void> {
    if ((await client.profileName(own)) !== '') return
    // Groups do not work for an account without a name.
    await client.setProfileName(shownName)
    log.info('the hub has given itself a name on Signal')
  }

  return {
    async read(body) {
      await learn(ownUuidIn(body, number))
      return readFrame(body, { number, uuid: await known() })
    },
    async settle() {
      if (settled) return
      try {
        const accounts = await client.accounts()
        problem = accounts.includes(number) ? null : 'signal-cli-rest-api does not know the number of the hub'
        if (problem !== null) return missing()
        const found = (await client.identities()).find(one => one.number === number)?.uuid
        await learn(found ?? null)
        const own = await known()
        if (own !== null) await named(own)
        settled = true
      } catch (error) {
        log.warn({ reason: reasonOf(error) }, 'the account on Signal could not be looked at')
      }
    },
    problem: () => problem,
  }
}

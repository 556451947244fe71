import type { Logger } from 'pino'
import type { Command } from '../../commands/command.ts'
import type { Limited, Platform } from '../platform.ts'
import type { SignalSettings } from './client.ts'
import { createTalk } from './talk.ts'
import { type Written, writeText } from './text.ts'
import { createTransport, type Timing } from './transport.ts'

/** Signal through signal-cli-rest-api; `clock` gives epoch ms, `timing` shortens its pauses for tests. */
export type SignalOptions = SignalSettings & {
  readonly commands: readonly Command[]
  readonly clock: () => number
  readonly log: Logger
  readonly timing?: Timing
  readonly limited?: Limited
}

/** Makes Signal as a platform of the hub; it connects in the background once it is started. */
export function createSignal(options: SignalOptions): Platform {
  const { commands, clock, log, number } = options
  return createTransport<Written>({
    ...options,
    write: writeText,
    mind: (host, { send, picture }) => createTalk({ host, commands, number, clock, log, send, picture }),
  })
}

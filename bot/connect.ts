import type { Logger } from 'pino'
import type { Command } from '../commands/command.ts'
import type { PlatformName } from '../workflows/ids.ts'
import type { Limited, Platform } from './platform.ts'
import type { PlatformSettings } from './settings.ts'

/** What every platform is made with, beside its own settings. */
export type Common = {
  readonly commands: readonly Command[]
  readonly clock: () => number
  readonly log: Logger
  /** Hears of every limit that a platform sets. */
  readonly limited?: (platform: PlatformName, ...how: Parameters<Limited>) => void
}

/**
 * Makes the chat tools that are set up, not started yet; null if there is none. Only what is set up is loaded: each
 * client takes its time and memory.
 */
export async function connect(
  { slack, discord, signal }: PlatformSettings,
  { limited, ...common }: Common,
): Promise<readonly Platform[] | null> {
  const hears = (name: PlatformName) => ({ limited: (...how: Parameters<Limited>) => limited?.(name, ...how) })
  const made = await Promise.all([
    slack &&
      import('./slack/index.ts').then(({ createSlack }) => createSlack({ ...slack, ...common, ...hears('slack') })),
    discord &&
      import('./discord/index.ts').then(({ createDiscord }) =>
        createDiscord({ ...discord, ...common, ...hears('discord') }),
      ),
    signal &&
      import('./signal/index.ts').then(({ createSignal }) =>
        createSignal({ ...signal, ...common, ...hears('signal') }),
      ),
  ])
  const on = made.filter(platform => platform !== null)
  return on.length > 0 ? on : null
}

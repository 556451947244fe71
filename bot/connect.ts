import type { Logger } from 'pino'
import type { Command } from '../commands/command.ts'
import { ConfigError } from '../workflows/errors.ts'
import type { Platform } from './platform.ts'
import { type PlatformSettings, platformNames } from './settings.ts'

/** What every platform is made with, beside its own settings. */
export type Common = {
  readonly commands: readonly Command[]
  readonly clock: () => number
  readonly log: Logger
}

/**
 * Makes the chat tools that are set up, not started yet; null if there is none. Only what is set up is loaded: each
 * client takes its time and memory. @throws ConfigError
 */
export async function connect(settings: PlatformSettings, _common: Common): Promise<readonly Platform[] | null> {
  const names = platformNames(settings)
  if (names.length === 0) return null
  throw new ConfigError(`This version of the hub cannot connect to ${names.join(', ')} yet.`)
}

import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { Reply } from '../commands/command.ts'
import { HubError, InputError, RuleError, StoreError } from '../workflows/errors.ts'
import { type Phrase, phrase } from '../workflows/phrase.ts'
import { wordsOf } from './asking.ts'
import type { Interaction } from './platform.ts'

/**
 * What somebody hears whose request failed: the reason if the present state says no, else that nothing was kept, or
 * that nobody can tell, with their words. A mistake of the program is logged whole, under the reference they are given.
 */
export function failureReply(
  error: unknown,
  interaction: Interaction,
  now: number,
  log: Pick<Logger, 'warn' | 'error'>,
): Reply {
  if (error instanceof RuleError) return { type: 'refused', phrase: error.phrase }
  if (error instanceof InputError)
    return { type: 'failed', phrase: Object.values(error.fields)[0] as Phrase, words: wordsOf(interaction) }
  const reference = randomUUID().slice(0, 8)
  if (error instanceof HubError) log.warn({ reference, reason: error.message, asked: interaction.type }, 'not kept')
  else log.error({ reference, err: error, asked: interaction.type }, 'failed')
  const unsure = error instanceof StoreError && error.outcome === 'unknown'
  const said = phrase(unsure ? 'saving.unsettled' : 'hub.not-received', { time: { time: now }, reference })
  return { type: 'failed', phrase: said, words: wordsOf(interaction) }
}

import type { Phrase } from './phrase.ts'

/** The root of every failure that the hub expects and has words for; anything else is a bug and is logged whole. */
export class HubError extends Error {
  override name = 'HubError'
}

/** The environment or the network file is wrong; the message says what to mend, each problem on its own line. */
export class ConfigError extends HubError {
  override name = 'ConfigError'
}

/** What a person typed cannot be taken; `fields` says why at each field, and nothing they typed is lost. */
export class InputError extends HubError {
  override name = 'InputError'
  readonly fields: Readonly<Record<string, Phrase>>

  constructor(fields: Readonly<Record<string, Phrase>>) {
    super(`input refused: ${Object.keys(fields).join(', ')}`)
    this.fields = fields
  }
}

/** A rule of the house says no; the phrase tells the person the reason and the way on. */
export class RuleError extends HubError {
  override name = 'RuleError'
  readonly phrase: Phrase

  constructor(phrase: Phrase) {
    super(phrase.key)
    this.phrase = phrase
  }
}

/** Somebody else changed the same thing first; the hub reads again and retries a few times. */
export class ConflictError extends HubError {
  override name = 'ConflictError'
}

/** The database could not keep something: `outcome` is `none` when surely nothing was kept, else `unknown`. */
export class StoreError extends HubError {
  override name = 'StoreError'
  readonly reason: 'full' | 'readonly' | 'locked' | 'lost' | 'closed' | 'newer' | 'broken'
  readonly outcome: 'none' | 'unknown'

  constructor(reason: StoreError['reason'], outcome: StoreError['outcome'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
    this.outcome = outcome
  }
}

/**
 * A platform refused or did not answer: `permanent` stops the tries, else `retryAfterMs` may say when to try again.
 * `because`: the person cannot be written to there (`unreachable`), the message is too old or gone and must be sent
 * anew (`stale`), or nothing of the platform can be reached now, or it takes nothing of the hub (`down`).
 */
export class PlatformError extends HubError {
  override name = 'PlatformError'
  readonly platform: string
  readonly permanent: boolean
  readonly retryAfterMs: number | undefined
  readonly because: 'unreachable' | 'stale' | 'down' | undefined

  constructor(platform: string, message: string, how: Refusal) {
    super(message, { cause: how.cause })
    this.platform = platform
    this.permanent = how.permanent
    this.retryAfterMs = how.retryAfterMs
    this.because = how.because
  }
}

type Refusal = {
  readonly permanent: boolean
  readonly retryAfterMs?: number
  readonly because?: PlatformError['because']
  readonly cause?: unknown
}

/**
 * What may be kept and told of any failure: the words of one that the hub expects, of a bug only its name, because its
 * own words may quote what people typed.
 */
export function reasonOf(error: unknown): string {
  return error instanceof HubError ? error.message : `an unexpected ${error instanceof Error ? error.name : 'failure'}`
}

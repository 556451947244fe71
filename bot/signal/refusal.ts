import { PlatformError } from '../../workflows/errors.ts'

/** Why the API did not do what was asked. */
export type Refusal =
  /**
   * Signal limits how much is sent; with a token it can be lifted by a captcha. `waitMs`: as the answer says. `held`:
   * the hub did not ask, because of an earlier answer.
   */
  | { readonly type: 'limited'; readonly token: string | null; readonly waitMs: number | null; readonly held?: true }
  /** The safety number of whom it was for has changed. */
  | { readonly type: 'untrusted' }
  | { readonly type: 'unregistered' }
  /** All it was for failed, and the API does not say why. */
  | { readonly type: 'failed' }
  /** The API does not know the hub's number. */
  | { readonly type: 'account' }
  /** The hub is not in the group, or may not write there. */
  | { readonly type: 'group' }
  /** Asked in vain; `sure`: nothing was sent. */
  | { readonly type: 'down'; readonly sure: boolean; readonly reason: string }
  /** It makes no sense to ask again. */
  | { readonly type: 'refused'; readonly status: number }

/** A refusal of the API as an error of the platform: what it means for trying again stands in the refusal. */
export class SignalError extends PlatformError {
  override name = 'SignalError'
  readonly refusal: Refusal

  constructor(refusal: Refusal, how: { readonly cause?: unknown; readonly retryAfterMs?: number } = {}) {
    super('signal', wordsOf(refusal), { ...meaningOf(refusal), ...how })
    this.refusal = refusal
  }
}

/**
 * What an answer that is no success means. Texts of all versions are known by their words: the API has 400 for nearly
 * everything, and rate limits show as 413 only inside the text.
 */
export function refusalOf(status: number, body: unknown): Refusal {
  const text = textOf(body)
  if (status === 429 || /rate.?limit|\[413\]|captcha|proof required/i.test(text)) return limitedOf(body, text)
  if (/untrusted/i.test(text)) return { type: 'untrusted' }
  if (/account does not exist|specified account|user \S* is not registered/i.test(text)) return { type: 'account' }
  if (/unregistered|not registered/i.test(text)) return { type: 'unregistered' }
  if (/group/i.test(text) && status < 500) return { type: 'group' }
  if (status === 400 && /^failed to send message\.?$/i.test(text.trim())) return { type: 'failed' }
  if (status >= 500) return { type: 'down', sure: false, reason: `status ${status}` }
  if (/connection|timed? ?out|unavailable|closed|EOF/i.test(text))
    return { type: 'down', sure: false, reason: 'an error' }
  return { type: 'refused', status }
}

/** What a reason means that stands beside one recipient of a message that went out otherwise. */
export function refusalFor(reason: string): Refusal {
  switch (reason) {
    case 'UNREGISTERED_FAILURE':
      return { type: 'unregistered' }
    case 'IDENTITY_FAILURE':
      return { type: 'untrusted' }
    case 'RATE_LIMIT_FAILURE':
      return { type: 'limited', token: null, waitMs: null }
    default:
      return { type: 'failed' }
  }
}

const minute = 60_000

function meaningOf(refusal: Refusal): ConstructorParameters<typeof PlatformError>[2] {
  switch (refusal.type) {
    case 'limited':
      return { permanent: false, retryAfterMs: Math.max(refusal.waitMs ?? minute, minute) }
    case 'untrusted':
    case 'unregistered':
      return { permanent: true, because: 'unreachable' }
    case 'failed':
      return { permanent: false, retryAfterMs: minute }
    case 'account':
      return { permanent: false, because: 'down', retryAfterMs: minute }
    case 'group':
    case 'refused':
      return { permanent: true }
    case 'down':
      return { permanent: false, because: 'down', ...(refusal.sure ? { retryAfterMs: 5000 } : {}) }
  }
}

function wordsOf(refusal: Refusal): string {
  switch (refusal.type) {
    case 'limited':
      return 'Signal limits how much the hub may send now'
    case 'untrusted':
      return 'their safety number on Signal is new: see npm run -s hub -- signal untrusted'
    case 'unregistered':
      return 'they are not on Signal any more'
    case 'failed':
      return 'Signal could not bring it to them'
    case 'account':
      return 'signal-cli-rest-api does not know the hub’s number: check SIGNAL_NUMBER, or register it'
    case 'group':
      return 'the hub is not in that Signal group, or may not write there: add it, or let every member write'
    case 'down':
      return `signal-cli-rest-api did not answer (${refusal.reason})`
    case 'refused':
      return `signal-cli-rest-api refused it (status ${refusal.status})`
  }
}

function limitedOf(body: unknown, text: string): Refusal {
  const tokens: unknown = body && typeof body === 'object' && 'challenge_tokens' in body ? body.challenge_tokens : null
  const given = (Array.isArray(tokens) ? tokens : [tokens]).find(one => typeof one === 'string' && one !== '')
  const token = (given as string | undefined) ?? /challenge token "([^"]+)"/i.exec(text)?.[1] ?? null
  const seconds = Number(/wait "?(\d+)"? ?seconds/i.exec(text)?.[1] ?? Number.NaN)
  return { type: 'limited', token, waitMs: Number.isFinite(seconds) ? seconds * 1000 : null }
}

function textOf(body: unknown): string {
  if (typeof body === 'string') return body
  if (body && typeof body === 'object' && 'error' in body && typeof body.error === 'string') return body.error
  return ''
}

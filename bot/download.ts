import { PlatformError } from '../workflows/errors.ts'

/** What to get, and when to stop: `bytes` is the most, the pauses are in ms. */
export type Download = {
  /** Who asks, for the error. */
  readonly platform: string
  readonly url: string
  /** The hosts that files of that platform come from, as `host` or `host:port`; no other is asked. */
  readonly hosts: readonly string[]
  readonly headers?: Readonly<Record<string, string>>
  readonly bytes: number
  /** How long nothing may come. */
  readonly idleMs: number
  readonly signal: AbortSignal
}

/**
 * Opens a file at an address of a platform and gives its bytes as they come. Redirects are not followed: an address
 * that leads elsewhere could lead inside the house.
 * @throws PlatformError, permanent where asking again makes no sense; also while reading, when it breaks off, is too
 * slow, or has another length than it said
 */
export async function download(what: Download): Promise<AsyncIterable<Uint8Array>> {
  const { platform, url, hosts, headers = {}, bytes, idleMs, signal } = what
  const failed = (message: string, permanent: boolean, more: { retryAfterMs?: number; cause?: unknown } = {}) =>
    new PlatformError(platform, `a file was not given: ${message}`, { permanent, ...more })
  const at = URL.canParse(url) ? new URL(url) : null
  if (!at || !/^https?:$/.test(at.protocol) || !hosts.includes(at.host)) throw failed('its address is no file', true)
  const idle = new AbortController()
  const both = AbortSignal.any([signal, idle.signal])
  let timer = setTimeout(() => idle.abort(), idleMs)
  const response = await fetch(at, { headers, redirect: 'manual', signal: both }).catch(error => {
    clearTimeout(timer)
    throw failed('no answer', false, { cause: error })
  })
  const { status, body } = response
  const said = Number(response.headers.get('content-length') ?? Number.NaN)
  const refuse = async (message: string, permanent: boolean, retryAfterMs?: number) => {
    clearTimeout(timer)
    await body?.cancel().catch(() => {})
    throw failed(message, permanent, retryAfterMs === undefined ? {} : { retryAfterMs })
  }
  if (status !== 200 || !body)
    await refuse(`status ${status}`, gone.has(status) || isRedirect(status), pauseOf(response))
  if (said > bytes) await refuse('it is larger than what is kept', true)
  return pieces()

  async function* pieces(): AsyncGenerator<Uint8Array> {
    let read = 0
    try {
      for await (const piece of body ?? []) {
        clearTimeout(timer)
        read += piece.length
        if (read > bytes) throw failed('it is larger than what is kept', true)
        yield piece
        timer = setTimeout(() => idle.abort(), idleMs)
      }
    } catch (error) {
      throw error instanceof PlatformError ? error : failed('it broke off', false, { cause: error })
    } finally {
      clearTimeout(timer)
      idle.abort()
    }
    if (Number.isFinite(said) && !response.headers.has('content-encoding') && read !== said) {
      throw failed('it has another length than was said', false)
    }
  }
}

// Expired addresses are answered so; the rest may be better in a minute.
const gone = new Set([400, 401, 403, 404, 410, 451])

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400
}

/** What the answer says of when to ask again, in ms. */
function pauseOf(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 3600) * 1000 : undefined
}

import { PlatformError } from '../../workflows/errors.ts'
import { download } from '../download.ts'
import type { Fetch } from '../platform.ts'
import type { Web } from './web.ts'

const idleMs = 20_000

/**
 * Opens a file by Slack's id for it: its address is asked for anew, and it is read with the bot's token.
 * @throws PlatformError, permanent when it is gone, or is no file that Slack keeps
 */
export function createFetch(web: Web, token: string, apiUrl: string | null): Fetch {
  return async (source, { bytes, signal }) => {
    const { file } = await web.call('files.info', { file: source })
    const { url_private_download: address, url_private: other, mode, size } = (file ?? {}) as Record<string, unknown>
    const url = typeof address === 'string' ? address : other
    if (typeof url !== 'string' || mode === 'tombstone' || mode === 'external')
      throw gone('the file is gone from Slack')
    if (typeof size === 'number' && size > bytes) throw gone('a file was not given: it is larger than what is kept')
    // The token is shown to Slack alone, wherever an address may point.
    const hosts = apiUrl ? [new URL(apiUrl).host] : ['files.slack.com', 'slack-files.com']
    return download({
      platform: 'slack',
      url,
      hosts,
      headers: { authorization: `Bearer ${token}` },
      bytes,
      idleMs,
      signal,
    })
  }
}

function gone(message: string): PlatformError {
  return new PlatformError('slack', message, { permanent: true })
}

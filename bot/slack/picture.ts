import { PlatformError } from '../../workflows/errors.ts'
import type { Image } from '../platform.ts'
import type { Given, Web } from './web.ts'

/**
 * Puts a picture where messages can name it, and gives Slack's id of it. It is shared nowhere by that: only messages
 * that name it show it. @throws PlatformError
 */
export type Hold = (image: Image) => Promise<string>

const uploadMs = 8000
const lookMs = 250
const mostLooks = 6

/** Makes it; `pause` is how it waits for Slack to look at what it was given. */
export function createHold(web: Web, pause: (ms: number) => Promise<void>): Hold {
  return async ({ bytes, name, alt }) => {
    const { upload_url: url, file_id: id } = await web.call('files.getUploadURLExternal', {
      filename: name,
      length: bytes.length,
      alt_txt: alt,
    })
    if (typeof url !== 'string' || typeof id !== 'string') throw odd()
    await upload(url, bytes)
    await web.call('files.completeUploadExternal', { files: [{ id, title: name }] })
    // Until Slack has looked at it, a message that names it is refused (python-slack-sdk, issue 1521).
    for (let looks = 0; looks < mostLooks; looks++) {
      if (isSeen(await web.call('files.info', { file: id }).catch(() => ({})))) break
      await pause(lookMs * (looks + 1))
    }
    return id
  }
}

function isSeen({ file }: Given): boolean {
  const { mimetype } = (file ?? {}) as { mimetype?: unknown }
  return typeof mimetype === 'string' && mimetype !== ''
}

async function upload(url: string, bytes: Uint8Array): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
    redirect: 'error',
    signal: AbortSignal.timeout(uploadMs),
  }).catch(cause => {
    throw new PlatformError('slack', 'no answer from Slack (upload)', { permanent: false, cause })
  })
  await response.body?.cancel()
  if (!response.ok)
    throw new PlatformError('slack', `Slack took no picture (${response.status})`, { permanent: response.status < 500 })
}

function odd(): PlatformError {
  return new PlatformError('slack', "Slack's answer is not understood (upload)", { permanent: false })
}

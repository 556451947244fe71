import { type APIMessage, Routes } from 'discord.js'
import { PlatformError } from '../../workflows/errors.ts'
import { download } from '../download.ts'
import type { Fetch, IncomingFile } from '../platform.ts'
import { codeOf, failureOf } from './failure.ts'
import type { Rest, Settings } from './rest.ts'

/** As much of an attachment as is needed; links run out within a day. */
export type AttachmentLike = {
  readonly id: string
  readonly filename: string
  readonly size: number
  readonly url: string
  readonly content_type?: string
}

/** Where an attachment is: its link, and the message by which a fresh link is had (null: it came with a form). */
type Source = { readonly url: string; readonly id: string; readonly channel: string | null; readonly message: string }

const hosts = ['cdn.discordapp.com', 'media.discordapp.net']
const idleMs = 20_000

/** An attachment as a file to be fetched later. Discord recompresses none of what is uploaded as a file. */
export function incomingFile(
  { id, filename, size, url, content_type }: AttachmentLike,
  from: { readonly channel: string; readonly message: string } | null,
): IncomingFile {
  const source: Source = { url, id, channel: from?.channel ?? null, message: from?.message ?? '' }
  const type = (content_type ?? 'application/octet-stream').split(';')[0]?.trim() || 'application/octet-stream'
  return { name: filename, type, size, source: JSON.stringify(source) }
}

/** Makes what opens attachments: where the link has run out, by a fresh one from the message. */
export function createFetch(rest: Rest, { apiUrl }: Pick<Settings, 'apiUrl'>): Fetch {
  const allowed = apiUrl && URL.canParse(apiUrl) ? [...hosts, new URL(apiUrl).host] : hosts

  return async (source, { bytes, signal }) => {
    const { url, id, channel, message } = read(source)
    const open = (at: string) => download({ platform: 'discord', url: at, hosts: allowed, bytes, idleMs, signal })
    if (channel === null) return open(url)
    if (!hasRunOut(url)) {
      try {
        return await open(url)
      } catch (error) {
        if (!(error instanceof PlatformError) || !error.permanent) throw error
      }
    }
    return open(await freshLink(channel, message, id))
  }

  async function freshLink(channel: string, message: string, id: string): Promise<string> {
    try {
      const { attachments } = await rest.get<APIMessage>(Routes.channelMessage(channel, message))
      const url = attachments.find(one => one.id === id)?.url
      if (url) return url
    } catch (error) {
      if (codeOf(error) !== 10008 && codeOf(error) !== 10003) {
        throw failureOf(error, { where: 'its channel', needs: '"Read Message History"' })
      }
    }
    throw new PlatformError('discord', 'the file was taken back', { permanent: true })
  }
}

function read(source: string): Source {
  const { url, id, channel, message } = JSON.parse(source) as Source
  return { url, id, channel, message }
}

// `ex` is when the link runs out, in seconds and in hexadecimal.
function hasRunOut(url: string): boolean {
  const ex = URL.canParse(url) ? new URL(url).searchParams.get('ex') : null
  return ex !== null && Number.parseInt(ex, 16) * 1000 < Date.now()
}

import type { Method, Tell } from './call.ts'
import { Refused } from './refused.ts'
import type { Json } from './shape.ts'
import type { World } from './world.ts'

/** A file that was announced, and what came of it so far. */
export type Upload = {
  readonly name: string
  readonly length: number
  bytes: Buffer | null
  /** When it was completed (epoch ms); a while later it may be named in a message. */
  doneAt: number | null
}

// Slack looks at a file after it was completed.
const lookMs = 400
const image = /^(png|jpe?g|gif)$/

/** The methods by which an app puts a file into Slack, as they are documented. */
export const uploadMethods: Readonly<Record<string, Method>> = {
  'files.getUploadURLExternal': {
    ...{ needs: ['filename', 'length'], may: ['alt_txt', 'snippet_type'], tier: 'tier4', scope: () => 'files:write' },
    run({ filename, length, alt_txt: alt }, world, tell) {
      if (!alt) tell.broken('a picture is put into Slack without words for those who cannot see it')
      const id = `F0${world.stamp().replace('.', '').slice(-9)}`
      world.uploads.set(id, { name: String(filename), length: Number(length), bytes: null, doneAt: null })
      return { file_id: id, upload_url: `${world.address()}/upload/${id}` }
    },
  },
  'files.completeUploadExternal': {
    ...{ needs: ['files'], may: ['channel_id', 'thread_ts', 'initial_comment', 'blocks'], tier: 'tier4' },
    scope: () => 'files:write',
    run({ files, channel_id: channel }, world, tell) {
      if (channel !== undefined) tell.broken('a picture is shared by itself, which stands beside its message')
      const done = (files as readonly Json[]).map(({ id, title }) => {
        const upload = world.uploads.get(String(id))
        if (!upload?.bytes) throw new Refused('file_not_found')
        upload.doneAt ??= Date.now()
        return { id, title: title ?? upload.name }
      })
      return { files: done }
    },
  },
}

/** Takes the bytes of a file that was announced; gives the status of the answer. */
export function takeBytes(
  id: string,
  bytes: Buffer,
  signed: boolean,
  world: World,
  tell: Pick<Tell, 'broken'>,
): number {
  const upload = world.uploads.get(id)
  if (!upload) return 404
  if (signed) tell.broken('a file is uploaded with the token, which belongs there to nobody')
  if (bytes.length !== upload.length) tell.broken(`a file of ${bytes.length} bytes, announced with ${upload.length}`)
  upload.bytes = bytes
  return 200
}

/** What is known of a file that an app has put there, as `files.info` tells it; null if there is none. */
export function uploaded(id: string, world: World): Json | null {
  const upload = world.uploads.get(id)
  if (!upload || upload.doneAt === null) return null
  const seen = Date.now() - upload.doneAt >= lookMs
  return { id, name: upload.name, mimetype: seen ? 'image/png' : '', size: upload.length, mode: 'hosted' }
}

/** What Slack shows of the pictures that blocks name. @throws Refused for a file that is none, or not yet */
export function pictured(blocks: readonly Json[], world: World): Json[] {
  return blocks.map((one, index) => {
    if (one.type !== 'image') return one
    const { id } = one.slack_file as { id: string }
    const file = uploaded(id, world)
    const known = file?.mimetype !== '' && image.test(String(file?.name).split('.').at(-1) ?? '')
    if (!known) throw new Refused('invalid_blocks', [`invalid slack file [json-pointer:/blocks/${index}/slack_file]`])
    return { ...one, image_bytes: file?.size, fallback: file?.name }
  })
}

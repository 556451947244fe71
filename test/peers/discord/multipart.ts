import { type Attachment, type Component, componentsIn, type Json, Refusal } from './world.ts'

/** A file that came with a request: `field` is `files[0]`. */
export type Carried = { readonly field: string; readonly name: string; readonly type: string; readonly bytes: Buffer }

/** What a request carries: its JSON as text, and the files beside it. */
export type Parcel = { readonly text: string; readonly files: readonly Carried[] }

const largest = 10 * 1024 * 1024
const gallery = 12

/** Takes a request apart; JSON stands in `payload_json` where files go with it. */
export async function readParcel(body: Buffer, type: string | undefined): Promise<Parcel> {
  if (!type?.startsWith('multipart/form-data')) return { text: body.toString(), files: [] }
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
  const files: Carried[] = []
  for (const [field, value] of form) {
    if (typeof value === 'string') continue
    files.push({ field, name: value.name, type: value.type, bytes: Buffer.from(await value.arrayBuffer()) })
  }
  return { text: String(form.get('payload_json') ?? ''), files }
}

/** The message in a request: an answer's stands in `data`, a forum post's in `message`. */
export function messageIn(body: Json): Json {
  return ((body.data ?? body.message) as Json | undefined) ?? body
}

/**
 * Puts the files of a request where its message names them, as Discord does. What breaks a rule goes to `broke`.
 * @throws Refusal for what Discord does not take
 */
export function place(body: Json, files: readonly Carried[], kept: (file: Carried) => Attachment, broke: Broke): void {
  const message = messageIn(body)
  const named = (message.attachments ?? []) as readonly Named[]
  const shown = componentsIn((message.components ?? []) as Component[]).filter(one => one.type === gallery)
  const items = shown.flatMap(one => (one.items ?? []) as Item[])
  if (files.some(file => file.bytes.length > largest)) throw new Refusal(413, 40005, 'Request entity too large')
  if (shown.some(one => ((one.items ?? []) as Item[]).length > 10)) broke('a gallery of over ten pictures')
  const placed = named.flatMap(({ id, filename, description }) => {
    const file = files.find(one => one.field === `files[${id}]`)
    if (!file) broke(`the attachment ${id} is in no part of the request`)
    if (file && filename !== undefined && filename !== file.name) broke(`${filename} is named ${file.name} in its part`)
    if ((description ?? '').length > 1024) broke('a description of over 1024 characters')
    return file ? [{ file, attachment: { ...kept(file), ...(description ? { description } : {}) } }] : []
  })
  for (const file of files) if (!placed.some(one => one.file === file)) broke(`${file.name} is named by no attachment`)
  for (const item of items) {
    const wanted = /^attachment:\/\/(.+)$/.exec(item.media.url)?.[1]
    const found = placed.find(one => one.file.name === wanted)
    if (wanted !== undefined && !found) throw new Refusal(400, 50035, `Invalid Form Body: ${wanted} is not attached`)
    if (found) item.media.url = found.attachment.url
    if (!item.description) broke('a picture without a description')
  }
  for (const { file } of placed) {
    // Files show only where a component names them.
    if (!items.some(item => item.media.url.includes(encodeURIComponent(file.name))))
      broke(`${file.name} is shown nowhere`)
  }
  if (placed.length > 0) message.attachments = placed.map(one => one.attachment)
}

type Broke = (what: string) => void
type Named = { readonly id: string | number; readonly filename?: string; readonly description?: string }
type Item = { readonly media: { url: string }; readonly description?: string }

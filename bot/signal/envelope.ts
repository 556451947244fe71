import { z } from 'zod'

// The API's own schema marks no field as nullable, while most are: every absent value reads as null here.
const words = z.string().nullish()
const time = z.number().int().nonnegative().max(8_640_000_000_000_000).nullish()
const flag = z.boolean().nullish()
// One odd field must not cost the words beside it.
const list = <T extends z.ZodType>(item: T) => z.array(item).nullish().catch(null)
const some = z.unknown().optional()

const mention = z.object({ name: words, number: words, uuid: words, start: z.number().int(), length: z.number().int() })

const attachment = z.object({ contentType: words, filename: words, id: words, size: z.number().nullish() })

const dataMessage = z.object({
  timestamp: time,
  message: words,
  expiresInSeconds: z.number().nullish(),
  isExpirationUpdate: flag,
  viewOnce: flag,
  reaction: z
    .object({
      emoji: words,
      targetAuthor: words,
      targetAuthorNumber: words,
      targetAuthorUuid: words,
      targetSentTimestamp: time,
      isRemove: flag,
    })
    .nullish(),
  quote: z.object({ id: time, author: words, authorNumber: words, authorUuid: words }).nullish().catch(null),
  mentions: list(mention),
  attachments: list(attachment),
  previews: list(z.object({ image: attachment.nullish() })),
  remoteDelete: z.object({ timestamp: time }).nullish(),
  groupInfo: z.object({ groupId: words, type: words }).nullish(),
  storyContext: some,
})

const envelope = z.looseObject({
  source: words,
  sourceNumber: words,
  sourceUuid: words,
  timestamp: time,
  serverReceivedTimestamp: time,
  dataMessage: dataMessage.nullish(),
  editMessage: z.object({ targetSentTimestamp: time, dataMessage: dataMessage.nullish() }).nullish(),
  syncMessage: some,
})

const failure = z.object({ message: words, type: words })
const frame = z.object({ envelope, account: words, exception: failure.nullish() })

/** A frame of the API, read; whatever is absent or null there is null or undefined here. */
export type Frame = z.infer<typeof frame>

/** What carries words, reactions, quotes and files. */
export type DataMessage = z.infer<typeof dataMessage>

/** Somebody's name in a message, at a place counted in UTF-16 units. */
export type Mention = z.infer<typeof mention>

/** Reads a frame as the socket or the polling gave it, or null where it is none. */
export function parseFrame(body: string): Frame | null {
  try {
    const data: unknown = JSON.parse(body)
    const read = frame.safeParse(unwrapped(data))
    return read.success ? read.data : null
  } catch {
    return null
  }
}

// A webhook that is forwarded to the socket has the frame inside a JSON-RPC notification.
function unwrapped(data: unknown): unknown {
  return data && typeof data === 'object' && 'params' in data ? data.params : data
}

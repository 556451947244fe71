import { describe, expect, test } from 'vitest'
import { messageRef, publicGroup, readRef, selfRef } from '../../../bot/signal/address.ts'
import { ownUuidIn, rawOf, readFrame } from '../../../bot/signal/frame.ts'

const keyOf = (body: string) => rawOf(body).key
const own = { number: '+15550000001', uuid: 'hub-uuid' }
const heron = { source: 'heron-uuid', sourceNumber: null, sourceUuid: 'heron-uuid', sourceName: null, sourceDevice: 1 }
const internal = '+/8AAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxw='

function frame(envelope: object, beside: object = {}): string {
  return JSON.stringify({
    envelope: { ...heron, timestamp: 1700, serverReceivedTimestamp: 1710, serverDeliveredTimestamp: 1711, ...envelope },
    account: own.number,
    ...beside,
  })
}

function written(data: object, timestamp = 1700): string {
  return frame({ dataMessage: { timestamp, message: null, expiresInSeconds: 0, viewOnce: false, ...data }, timestamp })
}

const quote = { id: 1600, author: 'hub-uuid', authorNumber: null, authorUuid: 'hub-uuid', text: 'S4', attachments: [] }

describe('the key of a frame', () => {
  test('is made of its sender, its time and its kind, and names nobody', () => {
    const reaction = { emoji: '✋', targetSentTimestamp: 1 }
    const bodies = [
      written({ message: 'hello' }),
      written({ message: 'hello' }, 1701),
      written({ reaction }),
      written({ reaction: { ...reaction, isRemove: true } }),
      written({ remoteDelete: { timestamp: 5 } }),
      frame({ receiptMessage: { when: 1700 } }),
      frame({ editMessage: { targetSentTimestamp: 5, dataMessage: { timestamp: 1700, message: 'hello' } } }),
      frame({ sourceUuid: 'finch-uuid', dataMessage: { timestamp: 1700, message: 'hello' } }),
    ]
    const keys = bodies.map(keyOf)
    expect(new Set(keys).size).toBe(bodies.length)
    expect(keys.join()).not.toContain('heron')
    expect(keyOf(written({ message: 'hello', mentions: [] }))).toBe(keys[0])
  })

  test('of what could not be decrypted is never that of the message that is sent again', () => {
    const broken = frame({}, { exception: { message: 'bad', type: 'ProtocolInvalidMessageException' } })
    expect(keyOf(broken)).not.toBe(keyOf(written({ message: 'hello' })))
    expect(keyOf(broken)).not.toBe(keyOf(frame({})))
  })

  test('is the hash of what has no sender or is no frame', () => {
    const nobody = frame({ source: null, sourceUuid: null, dataMessage: { timestamp: 1700, message: 'who?' } })
    expect(keyOf(nobody)).toMatch(/^signal:[0-9a-f]{64}$/)
    expect(readFrame(nobody, own)).toBeNull()
    for (const garbage of ['', '{', 'null', '[]', '{"error":"closed"}', '{"envelope":7}', '{"envelope":{}}']) {
      expect(keyOf(garbage)).toMatch(/^signal:[0-9a-f]{64}$/)
      expect(readFrame(garbage, own)).toBeNull()
    }
  })
})

describe('words', () => {
  test('are heard with whoever wrote them, where, when, and until when they may be seen', () => {
    const body = written({ message: 'hi', expiresInSeconds: 60, groupInfo: { groupId: internal, type: 'DELIVER' } })
    expect(readFrame(body, own)).toEqual({
      key: keyOf(body),
      account: 'heron-uuid',
      number: null,
      at: 1700,
      taken: 1710,
      group: `group.${Buffer.from(internal).toString('base64')}`,
      until: 1710 + 60_000,
      type: 'text',
      words: 'hi',
      quote: null,
      files: [],
      mentioned: false,
      once: false,
    })
  })

  test('that quote a message of the hub name it by the hub’s number, however the phone names it', () => {
    expect(readFrame(written({ message: '1', quote }), own)).toMatchObject({
      quote: { author: own.number, at: 1600 },
    })
    const byNumber = { ...quote, author: own.number, authorNumber: own.number, authorUuid: null }
    expect(readFrame(written({ message: '1', quote: byNumber }), own)).toMatchObject({
      quote: { author: own.number, at: 1600 },
    })
    const group = { groupId: internal, type: 'DELIVER' }
    const other = { ...quote, author: 'finch-uuid', authorUuid: 'finch-uuid' }
    expect(readFrame(written({ message: '1', quote: other, groupInfo: group }), own)).toMatchObject({
      quote: { author: 'finch-uuid' },
    })
    const unknowing = { ...own, uuid: null }
    expect(readFrame(written({ message: '1', quote, groupInfo: group }), unknowing)).toMatchObject({
      quote: { author: own.number },
    })
  })

  test('have names where people are mentioned, counted in UTF-16, and the hub’s own is taken out', () => {
    const message = '\ufffc 😀 tell \ufffc and \ufffc'
    const mentions = [
      { name: 'Trust Hub', number: null, uuid: 'hub-uuid', start: 0, length: 1 },
      { name: 'Finch', number: null, uuid: 'finch-uuid', start: 10, length: 1 },
      { name: '+15550000009', number: '+15550000009', uuid: 'wren-uuid', start: 16, length: 1 },
    ]
    expect(readFrame(written({ message, mentions }), own)).toMatchObject({
      words: '😀 tell @Finch and @…',
      mentioned: true,
    })
  })

  test('survive fields that make no sense', () => {
    const mentions = [{ name: 'x', start: 'two' }]
    expect(readFrame(written({ message: 'hello', mentions, quote: { id: 'x' } }), own)).toMatchObject({
      words: 'hello',
      quote: null,
      mentioned: false,
    })
    const beyond = [{ name: 'x', uuid: 'y', start: 90, length: 4 }]
    expect(readFrame(written({ message: 'hello', mentions: beyond }), own)).toMatchObject({ words: 'hello' })
  })

  test('may be changed and taken away', () => {
    const changed = { targetSentTimestamp: 1650, dataMessage: { timestamp: 1700, message: 'hello again' } }
    expect(readFrame(frame({ editMessage: changed }), own)).toMatchObject({
      type: 'edit',
      target: 1650,
      words: 'hello again',
    })
    expect(readFrame(written({ remoteDelete: { timestamp: 1650 } }), own)).toMatchObject({
      type: 'deletion',
      target: 1650,
    })
  })

  test('come with files by their ids, but for pictures that are to be looked at once', () => {
    const attachments = [{ contentType: 'image/jpeg', filename: null, id: 'abc.jpg', size: 7 }, { id: null }]
    expect(readFrame(written({ attachments }), own)).toMatchObject({
      type: 'text',
      words: '',
      files: [{ source: 'abc.jpg', type: 'image/jpeg', size: 7, processed: true }],
      once: false,
    })
    expect(readFrame(written({ attachments, viewOnce: true }), own)).toMatchObject({ files: [], once: true })
  })
})

test('a reaction says to which message, and whether it was taken back', () => {
  const reaction = {
    emoji: '✋',
    targetAuthor: 'hub-uuid',
    targetAuthorNumber: null,
    targetAuthorUuid: 'hub-uuid',
    targetSentTimestamp: 1600,
    isRemove: true,
  }
  expect(readFrame(written({ reaction }), own)).toMatchObject({
    type: 'reaction',
    emoji: '✋',
    author: own.number,
    target: 1600,
    removed: true,
  })
})

test('receipts, typing, stories, timers, changes of a group and the hub’s own echo are nothing that anybody said', () => {
  const group = { groupId: internal, type: 'UPDATE' }
  const bodies = [
    frame({ receiptMessage: { when: 1, isRead: true, timestamps: [1] } }),
    frame({ typingMessage: { action: 'STARTED', timestamp: 1 } }),
    frame({ callMessage: { offerMessage: {} } }),
    frame({ storyMessage: { allowsReplies: true } }),
    frame({}),
    written({ message: null }),
    written({ message: 'x', isExpirationUpdate: true, expiresInSeconds: 60 }),
    written({ message: 'x', groupInfo: group }),
    written({ message: 'so true', storyContext: { sentTimestamp: 4 } }),
    written({ sticker: { packId: 'a', stickerId: 1 } }),
    written({ pollCreate: { question: 'q', options: ['a'] } }),
    frame({ syncMessage: { sentMessage: { message: 'from my desk' } } }),
    frame({ sourceUuid: 'hub-uuid', dataMessage: { timestamp: 1, message: 'me' } }),
    frame({ sourceUuid: null, sourceNumber: own.number, dataMessage: { timestamp: 1, message: 'me' } }),
  ]
  for (const body of bodies) expect(readFrame(body, own)).toMatchObject({ type: 'nothing' })
})

test('what could not be decrypted is known as such', () => {
  const untrusted = { message: 'x', type: 'UntrustedIdentityException' }
  expect(readFrame(frame({}, { exception: untrusted }), own)).toMatchObject({ type: 'unreadable', untrusted: true })
})

test('the hub learns its own uuid from frames that name it beside the number', () => {
  const named = { ...quote, authorNumber: own.number }
  expect(ownUuidIn(written({ message: '1', quote: named }), own.number)).toBe('hub-uuid')
  expect(ownUuidIn(written({ message: '1', quote }), own.number)).toBeNull()
})

test('a message is named by its author and its time, and read from that name', () => {
  const ref = messageRef('direct:heron-uuid', own.number, 1700)
  expect(readRef(ref)).toEqual({ group: null, account: 'heron-uuid', author: own.number, at: 1700 })
  const group = publicGroup(internal)
  expect(group).not.toMatch(/[+/]/)
  expect(readRef(selfRef({ group, account: 'a.b', at: 5 }))).toEqual({ group, account: null, author: 'a.b', at: 5 })
  expect(readRef({ room: group, id: 'nonsense' })).toBeNull()
})

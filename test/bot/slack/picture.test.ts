import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLog } from '../../../bot/log.ts'
import type { Outgoing, Platform } from '../../../bot/platform.ts'
import { createSlack } from '../../../bot/slack/index.ts'
import { commands } from '../../../commands/index.ts'
import { plainView } from '../../../workflows/view.ts'
import { type SlackPeer, tokens } from '../../peers/slack/index.ts'
import { image, pictureOf } from '../../pictures.ts'
import { rooms, startSlack } from './house.ts'

const room = { type: 'room', room: rooms.leadership } as const
const words = 'The picture could not be added. It shows: Map: most reports in Maricopa County, Arizona (12).'
const shown = [{ name: 'summary.png', alt: image.alt, size: image.bytes.length }]
const summary: Outgoing = {
  view: { ...plainView([{ words: 'Calm in all regions.' }]), picture: pictureOf() },
  reader: { language: 'en', zone: 'America/Phoenix', now: Date.now(), person: () => null },
  key: 'summary:daily:2026-11-03:R1:0',
}

let peer: SlackPeer
let slack: Platform

beforeEach(async () => {
  peer = await startSlack()
  const settings = { botToken: tokens.bot, appToken: null, signingSecret: 'x', port: 0, apiUrl: peer.apiUrl }
  slack = createSlack({ ...settings, commands, clock: Date.now, log: createLog('silent') })
})

afterEach(async () => {
  await slack.stop()
  await peer.close()
})

async function held(): Promise<Outgoing> {
  return { ...summary, image: { ...image, held: (await slack.hold?.(image)) ?? '' } }
}

test('a picture is put into Slack first, and stands beneath the words of the message that names it', async () => {
  const ref = await slack.post(room, await held())
  expect(await peer.room(rooms.leadership)).toMatchObject([
    { id: ref.id, text: 'Calm in all regions.', pictures: shown },
  ])
  await slack.edit(ref, { ...(await held()), view: { ...summary.view, title: { words: 'Corrected' } } })
  expect(await peer.room(rooms.leadership)).toMatchObject([{ edited: true, pictures: shown }])
  expect(peer.broken).toEqual([])
})

test('a picture that Slack does not know is told in words, and the message stands once', async () => {
  await slack.post(room, { ...summary, image: { ...image, held: 'F0UNKNOWN00' } })
  expect(await peer.room(rooms.leadership)).toMatchObject([{ text: `Calm in all regions.\n${words}` }])
  expect(peer.broken).toEqual([])
})

test('an upload that Slack does not take is a failure of the picture alone', async () => {
  peer.faults.on('upload', { type: 'broken', status: 503 })
  await expect(slack.hold?.(image)).rejects.toMatchObject({ permanent: false })
  peer.faults.on('files.getUploadURLExternal', { type: 'refuse', code: 'missing_scope' })
  await expect(slack.hold?.(image)).rejects.toMatchObject({ permanent: true })
  expect(await peer.room(rooms.leadership)).toEqual([])
})

test('a message with a picture whose answer was lost is found, and not sent again', async () => {
  const message = await held()
  peer.faults.on('chat.postMessage', { type: 'lose' })
  await expect(slack.post(room, message)).rejects.toThrow()
  expect(await slack.find(room, summary.key, 0)).not.toBeNull()
  expect(await peer.room(rooms.leadership)).toMatchObject([{ pictures: shown }])
})

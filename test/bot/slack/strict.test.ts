import { webApi } from '@slack/bolt'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { slackManifest } from '../../../bot/slack/manifest.ts'
import { quietLogger } from '../../../bot/slack/web.ts'
import { type SlackPeer, tokens } from '../../peers/slack/index.ts'
import { accounts, rooms, startSlack } from './house.ts'

describe('the peer is as strict as Slack is', () => {
  let peer: SlackPeer
  let client: webApi.WebClient

  beforeEach(async () => {
    peer = await startSlack()
    client = clientOf(peer)
  })
  afterEach(() => peer.close())

  const section = (more: object) => [{ type: 'section', text: { type: 'plain_text', text: 'x' }, ...more }]
  const modal = (more: object) => ({
    type: 'modal',
    title: { type: 'plain_text', text: 'x' },
    blocks: section({}),
    ...more,
  })
  const input = {
    type: 'input',
    label: { type: 'plain_text', text: 'x' },
    element: { type: 'plain_text_input', action_id: 'a' },
  }

  test.each<[string, string, Record<string, unknown>]>([
    ['an unknown method', 'chat.shout', {}],
    ['an unknown argument', 'chat.postMessage', { channel: rooms.arizona, text: 'x', loud: true }],
    ['no text', 'chat.postMessage', { channel: rooms.arizona, blocks: section({}) }],
    ['an unknown field', 'chat.postMessage', { channel: rooms.arizona, text: 'x', blocks: section({ color: 'red' }) }],
    ['a misplaced element', 'chat.postMessage', { channel: rooms.arizona, text: 'x', blocks: [input] }],
    ['51 blocks', 'chat.postMessage', { channel: rooms.arizona, text: 'x', blocks: Array(51).fill(section({})[0]) }],
    [
      'a long text',
      'chat.postMessage',
      { channel: rooms.arizona, text: 'x', blocks: section({ text: long('plain_text', 3001) }) },
    ],
    [
      'a mention',
      'chat.postMessage',
      { channel: rooms.arizona, text: 'x', blocks: section({ text: { type: 'mrkdwn', text: '<!here>' } }) },
    ],
    ['a mention in the text', 'chat.postMessage', { channel: rooms.arizona, text: '<@U0OWL>' }],
    ['a modal without submit', 'views.open', { trigger_id: 't', view: modal({ blocks: [input] }) }],
    ['a long title', 'views.open', { trigger_id: 't', view: modal({ title: long('plain_text', 25) }) }],
    ['much private metadata', 'views.open', { trigger_id: 't', view: modal({ private_metadata: 'x'.repeat(3001) }) }],
  ])('%s is a broken rule', async (_, method, args) => {
    await client.apiCall(method, args).catch(() => {})
    expect(peer.broken).toHaveLength(1)
  })

  test('a trigger is good once, and for three seconds', async () => {
    const trigger = peer.world.trigger(accounts.owl)
    await client.apiCall('views.open', { trigger_id: trigger, view: modal({}) })
    await expect(client.apiCall('views.open', { trigger_id: trigger, view: modal({}) })).rejects.toThrow(
      /exchanged_trigger_id/,
    )
    expect(peer.broken).toEqual(['a trigger used twice'])
    const old = peer.world.trigger(accounts.owl)
    Object.assign(peer.world.triggers.get(old) ?? {}, { at: Date.now() - 3100 })
    await expect(client.apiCall('views.open', { trigger_id: old, view: modal({}) })).rejects.toThrow(
      /expired_trigger_id/,
    )
  })

  test('too much in one channel is refused with the pause to make', async () => {
    const post = () => client.apiCall('chat.postMessage', { channel: rooms.arizona, text: 'x' })
    for (let at = 0; at < 5; at++) await post()
    await expect(post()).rejects.toMatchObject({ retryAfter: 1 })
    expect(peer.broken).toEqual(['chat.postMessage called too often'])
  })

  test('a scope that the manifest does not name is missing', async () => {
    const { manifest } = slackManifest({ commands: [], socket: true, publicUrl: null })
    const poor = await startSlack({ peer: { manifest: { ...manifest, oauth_config: { scopes: { bot: [] } } } } })
    await expect(clientOf(poor).apiCall('users.info', { user: accounts.owl })).rejects.toThrow(/missing_scope/)
    expect(poor.broken).toEqual(['users.info needs users:read, which the manifest does not name'])
    await poor.close()
  })

  test('where no hub is, nothing can be asked of it', async () => {
    await expect(peer.someone(accounts.owl).type('/mine', null)).rejects.toThrow(/not there/)
  })
})

function clientOf({ apiUrl }: SlackPeer): webApi.WebClient {
  const logger = quietLogger({ warn: () => {}, error: () => {} })
  return new webApi.WebClient(tokens.bot, {
    ...{ slackApiUrl: apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, logger },
  })
}

function long(type: string, length: number) {
  return { type, text: 'x'.repeat(length) }
}

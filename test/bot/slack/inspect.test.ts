import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SlackSettings } from '../../../bot/slack/index.ts'
import { inspectSlack } from '../../../bot/slack/inspect.ts'
import { slackManifest } from '../../../bot/slack/manifest.ts'
import { type SlackPeer, tokens } from '../../peers/slack/index.ts'
import { rooms, startSlack } from './house.ts'

describe('examining Slack', () => {
  let peer: SlackPeer

  beforeEach(async () => {
    peer = await startSlack()
  })
  afterEach(() => peer.close())

  function inspect(settings: Partial<SlackSettings> = {}) {
    const usual = { botToken: tokens.bot, appToken: tokens.app, signingSecret: null, port: 0, apiUrl: peer.apiUrl }
    return inspectSlack({ ...usual, ...settings })
  }

  async function found(settings: Partial<SlackSettings> = {}) {
    const probes = inspect(settings).probes([{ address: rooms.arizona, name: 'Arizona' }])
    const results = await Promise.allSettled(probes.map(async probe => probe.run()))
    return Object.fromEntries(
      results.map((one, at) => [probes[at]?.name, one.status === 'fulfilled' ? one.value : `! ${one.reason.message}`]),
    )
  }

  test('says what is well', async () => {
    expect(await found()).toEqual({
      'Slack: token': 'The hub is trust_hub in the workspace Example.',
      'Slack: permissions': 'Every permission is there.',
      'Slack: connection': 'A socket can be opened.',
      'Slack: Arizona': 'The hub is in #trust-az.',
    })
  })

  test('says of each thing that is wrong what to do', async () => {
    expect((await found({ botToken: 'xoxp-x' }))['Slack: token']).toMatch(/^! .*must start with xoxb-/)
    expect((await found({ botToken: 'xoxb-x' }))['Slack: token']).toMatch(/^! .*copy it again/)
    expect((await found({ appToken: 'xapp-x' }))['Slack: connection']).toMatch(/^! .*does not accept SLACK_APP_TOKEN/)
    expect((await found({ appToken: 'x' }))['Slack: connection']).toMatch(/^! .*must start with xapp-/)
    expect((await found({ appToken: null }))['Slack: connection']).toMatch(/^! Set SLACK_APP_TOKEN/)
    const arizona = peer.world.channels.get(rooms.arizona)
    if (arizona) arizona.member = false
    expect((await found())['Slack: Arizona']).toMatch(/^! .*\/invite/)
    if (arizona) arizona.archived = true
    expect((await found())['Slack: Arizona']).toMatch(/^! .*is archived/)
    peer.world.channels.delete(rooms.arizona)
    expect((await found())['Slack: Arizona']).toMatch(/^! .*does not know this channel/)
  })

  test('names the permissions that the app lacks', async () => {
    const { manifest } = slackManifest({ commands: [], socket: true, publicUrl: null })
    const bot = manifest.oauth_config.scopes.bot.filter(scope => scope !== 'files:read')
    await peer.close()
    peer = await startSlack({ peer: { manifest: { ...manifest, oauth_config: { scopes: { bot } } } } })
    expect((await found())['Slack: permissions']).toMatch(/^! The Slack app lacks: files:read\./)
  })

  test('lists the channels that it is in, by name', async () => {
    const listed = await inspect().rooms()
    expect(listed).toContainEqual({ address: rooms.leadership, name: '#trust-leadership' })
  })
})

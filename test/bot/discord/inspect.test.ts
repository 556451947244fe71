import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { inspectDiscord } from '../../../bot/discord/inspect.ts'
import { discordManifest, inviteLink, permissionBits, permissions } from '../../../bot/discord/manifest.ts'
import { needs, specs } from '../../need.ts'
import { type DiscordPeer, startDiscordPeer } from '../../peers/discord/index.ts'
import { openSpec } from '../../peers/discord/spec.ts'
import { az, coordination, forum } from './desk.ts'

let peer: DiscordPeer
beforeEach(async () => {
  peer = await startDiscordPeer()
})
afterEach(() => peer.close())

const rooms = [
  { address: az, name: '#trust-az' },
  { address: forum, name: '#incidents' },
]

async function found(settings: { token?: string } = {}): Promise<Record<string, string>> {
  const probes = inspectDiscord({ token: peer.token, apiUrl: peer.apiUrl, ...settings }).probes(rooms)
  const said: Record<string, string> = {}
  for (const { name, run } of probes) {
    said[name] = await Promise.resolve()
      .then(run)
      .catch(error => `NO: ${error.message}`)
  }
  return said
}

describe('looking whether all is well', () => {
  test('everything in order is said so, room by room', async () => {
    expect(await found()).toEqual({
      'Discord: token': 'The bot is Trust Hub.',
      'Discord: message content': 'The hub may read what people write in threads.',
      'Discord: servers': 'The bot is in Example server.',
      'Discord: #trust-az': 'A text channel: each incident is a card.',
      'Discord: #incidents':
        'A forum: each incident is a post. Posts get tags if these are there: S5, S4, S3, S2, S1, Open, Claimed, ' +
        'Resolved, Closed. Make them in its settings, or allow the bot "Manage Channels" there.',
    })
    expect(peer.broken).toEqual([])
  })

  test('a wrong token says where a new one is had', async () => {
    for (const said of Object.values(await found({ token: 'wrong' })))
      expect(said).toMatch(/NO: .*(token|DISCORD_TOKEN)/)
  })

  test('missing permissions are named with the channel', async () => {
    peer.forbid((1n << 34n) | (1n << 35n), az)
    const said = await found()
    expect(said['Discord: #trust-az']).toMatch(/In #trust-az the bot lacks "Create Public Threads", "Manage Threads"/)
    expect(said['Discord: #incidents']).toMatch(/^A forum/)
  })

  test('a channel that is gone, and one that cannot be seen', async () => {
    peer.world.channels.delete(az)
    peer.forbid(1n << 10n, forum)
    const said = await found()
    expect(said['Discord: #trust-az']).toMatch(/NO: #trust-az is gone/)
    expect(said['Discord: #incidents']).toMatch(/NO: The bot cannot see #incidents/)
  })

  test('no server yet: the link that invites the bot', async () => {
    peer.world.kicked = true
    expect((await found())['Discord: servers']).toContain(
      'https://discord.com/oauth2/authorize?client_id=800000000000000001',
    )
  })

  test('the rooms that could be bound, by name', async () => {
    const list = await inspectDiscord({ token: peer.token, apiUrl: peer.apiUrl }).rooms()
    expect(list).toEqual([
      { address: az, name: '#trust-az' },
      { address: coordination, name: '#coordination' },
      { address: forum, name: '#incidents' },
    ])
  })

  test('without the intent for content it says where to switch it on', async () => {
    const bare = await startDiscordPeer({ intents: 0 })
    const [, intent] = inspectDiscord({ token: bare.token, apiUrl: bare.apiUrl }).probes([])
    await expect(intent?.run()).rejects.toThrow(/Message Content Intent/)
    await bare.close()
  })
})

describe('the manifest', () => {
  test('names every permission and intent, and the link asks for just these', () => {
    const lines = discordManifest(peer.token).join('\n')
    for (const name of Object.keys(permissions)) expect(lines).toContain(name)
    expect(lines).toContain('MessageContent')
    const link = new URL(inviteLink(peer.token))
    expect(link.searchParams.get('permissions')).toBe(String(permissionBits))
    expect(link.searchParams.get('scope')).toBe('bot applications.commands')
    expect(lines).toContain(link.href)
  })
})

needs(specs()).describe('the peer', () => {
  const message = (more: object) => ({ flags: 1 << 15, allowed_mentions: { parse: [] }, ...more })
  const check = (body: object) => openSpec()?.check('POST', '/channels/1/messages', body)

  test('takes what the official description takes, and nothing that it does not know', () => {
    const good = message({ components: [{ type: 17, components: [{ type: 10, content: 'a' }] }] })
    expect(check(good)).toEqual([])
    expect(check({ ...good, bogus: 1 })).toEqual(['POST /channels/{channel_id}/messages: /bogus is unknown'])
    const deep = message({ components: [{ type: 17, components: [{ type: 10, content: 'a', bold: true }] }] })
    expect(check(deep)).toEqual(['POST /channels/{channel_id}/messages: /components/0/components/0/bold is unknown'])
    const wrong = message({ components: [{ type: 17, components: [{ type: 10, content: 5 }] }] })
    expect(check(wrong)?.join()).toContain('/components/0/components/0/content must be string')
  })
})

import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { loadNetwork } from '../../../bot/config.ts'
import { createMedia } from '../../../bot/media/media.ts'
import { slackManifest } from '../../../bot/slack/manifest.ts'
import { commands } from '../../../commands/index.ts'
import { unlockStore } from '../../../db/unlock.ts'
import { startDiscordPeer } from '../../peers/discord/index.ts'
import { toolEnvironment } from '../../peers/environment.ts'
import { startSignalPeer } from '../../peers/signal/index.ts'
import { startSlackPeer, tokens } from '../../peers/slack/index.ts'
import { sit } from './sit.ts'

const uuid = '22222222-0000-4000-8000-222222222222'
const file = {
  network: { name: 'Desert network', zone: 'America/Phoenix', languages: ['en'] },
  regions: [
    {
      code: 'AZ',
      name: 'Arizona',
      places: [{ state: 'AZ' }, { anywhere: true }],
      rooms: [
        { slack: 'C0ARIZONA', name: 'trust-az' },
        { discord: '700000000000000001', name: 'az' },
        { signal: 'group.YXo=', name: 'Arizona' },
      ],
    },
  ],
  coordination: {
    rooms: [
      { slack: 'C0COORD', name: 'coordination' },
      { signal: 'group.Y29vcmQ=', name: 'Coordination' },
    ],
  },
  leadership: {
    rooms: [
      { slack: 'C0LEAD', name: 'lead' },
      { discord: '700000000000000002', name: 'lead' },
    ],
  },
  people: [
    {
      name: 'A',
      callsign: 'Finch',
      roles: ['responder'],
      regions: ['AZ'],
      accounts: { slack: 'U0FINCH', signal: uuid },
    },
    { name: 'B', callsign: 'Wren', roles: ['responder'], regions: ['AZ'], accounts: { slack: 'U0WREN' } },
    { name: 'C', callsign: 'Owl', roles: ['admin', 'coordinator'], regions: 'all', accounts: { slack: 'U0OWL' } },
  ],
}

describe('the doctor, with each thing wrong in turn', () => {
  let folder: string
  let slack: Awaited<ReturnType<typeof startSlackPeer>>
  let discord: Awaited<ReturnType<typeof startDiscordPeer>>
  let signal: Awaited<ReturnType<typeof startSignalPeer>>
  let well: Readonly<Record<string, string>>
  const { manifest } = slackManifest({ commands, socket: true, publicUrl: null })
  const discordRooms = [
    { id: '700000000000000001', name: 'az' },
    { id: '700000000000000002', name: 'lead' },
  ]

  beforeAll(async () => {
    slack = await startSlackPeer({
      manifest,
      channels: [
        { id: 'C0ARIZONA', name: 'trust-az' },
        { id: 'C0COORD', name: 'coordination' },
        { id: 'C0LEAD', name: 'lead' },
      ],
      people: [],
      faster: 1000,
    })
    discord = await startDiscordPeer({ rooms: discordRooms, scale: 100 })
    signal = await startSignalPeer({
      groups: [
        { address: 'group.YXo=', name: 'Arizona' },
        { address: 'group.Y29vcmQ=', name: 'Coordination' },
      ],
    })
    folder = mkdtempSync(join(tmpdir(), 'hub-doctor-'))
    well = {
      NETWORK_FILE: join(folder, 'network.yaml'),
      DATABASE_URL: `file:${join(folder, 'data/hub.db')}`,
      HUB_KEY_FILE: join(folder, 'data/hub.key'),
      PORT: '0',
      ...toolEnvironment({ slack, discord, signal }),
    }
    writeFileSync(join(folder, 'network.yaml'), stringify(file))
    await seed(['Finch'])
  })
  afterAll(async () => {
    for (const peer of [slack, discord, signal]) await peer.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** A database with that network, these people on duty. */
  async function seed(onDuty: readonly string[], network = file): Promise<void> {
    const data = join(folder, 'data')
    rmSync(data, { recursive: true, force: true })
    mkdirSync(data, { mode: 0o700 })
    writeFileSync(join(folder, 'seeded.yaml'), stringify(network))
    const key = { value: undefined, file: join(data, 'hub.key') }
    const url = `file:${join(data, 'hub.db')}`
    const { draw, stop } = createMedia()
    const { store } = await unlockStore({ url, filesFolder: `${join(data, 'hub.db')}.files`, key, draw }, Date.now())
    await store.roster.seed(loadNetwork(join(folder, 'seeded.yaml')))
    for (const { id, callsign } of store.roster.directory().people.values()) {
      if (!onDuty.includes(callsign)) continue
      const roster = { type: 'duty', person: id, until: Date.now() + 3_600_000 } as const
      const unit = { key: null, person: id, now: Date.now(), answer: null, incidents: [], roster }
      await store.transaction(tx => tx.commit(unit))
    }
    stop()
    await store.close()
  }

  /** What it says of a thing that is wrong, and how it ends. */
  async function examined(env: Readonly<Record<string, string>> = well) {
    const { code, out: shown } = await sit(['doctor'], env)
    const wrong = shown.split('\n').filter(line => line.startsWith('NOT'))
    return { code, shown, wrong: wrong.join('\n') }
  }

  test('all is well: every token, scope, intent, permission and room, clock, disk, key and people', async () => {
    const { code, shown } = await examined()
    expect(shown).not.toContain('NOT')
    expect(code).toBe(0)
    for (const name of [
      'Slack',
      'Discord',
      'Signal',
      'Clock',
      'Disk',
      'Key',
      'Database',
      'Coordination',
      'On duty',
      'Admins',
    ])
      expect(shown).toContain(name)
    expect(shown).not.toContain(tokens.bot)
    expect(shown).not.toContain(discord.token)
  })

  test.each([
    ['half of Slack', { SLACK_APP_TOKEN: '' }, /SLACK_APP_TOKEN is missing/],
    ['half of Signal', { SIGNAL_NUMBER: '' }, /SIGNAL_NUMBER is missing/],
    ['a token that Slack does not know', { SLACK_BOT_TOKEN: 'xoxb-gone' }, /Slack: token.*(token|install)/i],
    ['an app token that Slack does not know', { SLACK_APP_TOKEN: 'xapp-gone' }, /SLACK_APP_TOKEN/],
    ['a token that Discord does not know', { DISCORD_TOKEN: 'gone' }, /DISCORD_TOKEN/],
    ['Signal is down', { SIGNAL_API_URL: 'http://127.0.0.1:9' }, /Nothing that works answers/],
    ['another number', { SIGNAL_NUMBER: '+15550009999' }, /does not know \+15550009999/],
    ['the port is no number', { PORT: 'many' }, /PORT/],
    ['the network file is not there', { NETWORK_FILE: '/nowhere/gone.yaml' }, /gone\.yaml: there is no such file/],
  ])('%s', async (_name, change: Readonly<Record<string, string>>, said) => {
    const { code, shown } = await examined({ ...well, ...change })
    expect(
      shown
        .split('\n')
        .filter(line => !line.startsWith('ok'))
        .join('\n'),
    ).toMatch(said)
    expect(code).toBe(1)
  })

  test('the bot is not in a channel of Slack, or that is archived', async () => {
    const channel = slack.world.channels.get('C0ARIZONA')
    if (!channel) throw new Error('no channel')
    channel.member = false
    expect((await examined()).wrong).toMatch(/trust-az.*\/invite/)
    Object.assign(channel, { member: true, archived: true })
    expect((await examined()).wrong).toMatch(/archived/)
    channel.archived = false
  })

  test('Discord took a permission away in a room: it names the room and the permission', async () => {
    const place = discord.world.channels.get('700000000000000001')
    if (!place) throw new Error('no channel')
    place.permission_overwrites = [{ id: discord.world.bot.id, type: 1, allow: '0', deny: String(1n << 38n) }]
    expect((await examined()).wrong).toMatch(/az.*thread/i)
    place.permission_overwrites = []
    discord.world.channels.delete('700000000000000002')
    expect((await examined()).wrong).toMatch(/lead/)
    discord.world.channels.set('700000000000000002', { ...place, id: '700000000000000002', name: 'lead' })
  })

  test('the hub is in a group of Signal no more', async () => {
    const group = signal.world.groups.get('group.YXo=')
    signal.world.groups.delete('group.YXo=')
    expect((await examined()).wrong).toMatch(/not in the group Arizona/)
    if (group) signal.world.groups.set('group.YXo=', group)
  })

  test('others may read the key', async () => {
    chmodSync(join(folder, 'data/hub.key'), 0o644)
    expect((await examined()).wrong).toContain('chmod 600')
    chmodSync(join(folder, 'data/hub.key'), 0o600)
  })

  describe('what stands in the network', () => {
    beforeEach(() => seed(['Finch']))

    test('coordination on one tool only, somebody on duty with one account, a room on a tool that is off', async () => {
      await seed(['Finch', 'Wren'], { ...file, coordination: { rooms: [{ slack: 'C0COORD', name: 'coordination' }] } })
      const { wrong } = await examined()
      expect(wrong).toMatch(/Coordination.*Only on slack.*\/bind coordination/)
      expect(wrong).toMatch(/On duty.*Wren.*\/whoami link/)
      expect(wrong).not.toContain('Finch')
      const { wrong: off } = await examined({ ...well, SIGNAL_API_URL: '', SIGNAL_NUMBER: '' })
      expect(off).toMatch(/Rooms.*Arizona \(signal\)/)
    })

    test('nobody is admin', async () => {
      const people = file.people.filter(person => person.callsign !== 'Owl')
      await seed(['Finch'], { ...file, people })
      expect((await examined()).wrong).toContain('invite --role admin')
    })
  })
})

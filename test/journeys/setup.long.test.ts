import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { slackManifest } from '../../bot/slack/manifest.ts'
import { commands } from '../../commands/index.ts'
import { converse } from '../bot/cli/dialogue.ts'
import { startDiscordPeer } from '../peers/discord/index.ts'
import { startSignalPeer } from '../peers/signal/index.ts'
import { startSlackPeer, tokens } from '../peers/slack/index.ts'
import { until } from './net.ts'

type Peers = {
  readonly slack: Awaited<ReturnType<typeof startSlackPeer>>
  readonly discord: Awaited<ReturnType<typeof startDiscordPeer>>
  readonly signal: Awaited<ReturnType<typeof startSignalPeer>>
}

const room = { slack: 'C0ARIZONA', discord: '700000000000000001', signal: 'group.YXo=' } as const
let folder: string
let peers: Peers
let hub: ChildProcess | null = null

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hub-newcomer-'))
  const { manifest } = slackManifest({ commands, socket: true, publicUrl: null })
  peers = {
    slack: await startSlackPeer({
      manifest,
      channels: [
        { id: room.slack, name: 'trust-az' },
        { id: 'C0COORD', name: 'coordination' },
        { id: 'C0OTHER', name: 'not-ours', member: false },
      ],
      people: [{ account: 'U0FIRST' }, { account: 'U0HERON' }],
      faster: 50,
    }),
    discord: await startDiscordPeer({ rooms: [{ id: room.discord, name: 'trust-az' }] }),
    signal: await startSignalPeer({
      groups: [
        { address: room.signal, name: 'Arizona' },
        { address: 'group.Y29vcmQ=', name: 'Coordination' },
      ],
    }),
  }
})
afterEach(async () => {
  if (hub?.exitCode === null) {
    hub.kill('SIGTERM')
    await once(hub, 'exit')
  }
  for (const peer of Object.values(peers)) await peer.close()
  rmSync(folder, { recursive: true, force: true })
})

test('from nothing to a first card in three rooms, as somebody who is no programmer does it', async () => {
  const addresses = { SLACK_API_URL: peers.slack.apiUrl, DISCORD_API_URL: peers.discord.apiUrl }
  const talk = converse(['setup'], folder, addresses)
  const { answer } = talk
  await answer('What is your network called?', 'Desert network')
  await answer('In which time zone', 'America/Phoenix')
  await answer('read Spanish', 'yes')
  await answer('Its state', 'AZ')
  await answer('The time zone of Arizona?', '')
  await answer('Another state', '')
  await answer('sit in Slack?', '')
  const link = await answer('Bot User OAuth Token', 'xapp-wrong')
  expect(link).toContain('https://api.slack.com/apps?new_app=1&manifest_json=')
  await answer('this one begins with xoxb-', tokens.bot)
  await answer('Paste that token', tokens.app)
  await answer('sit in Discord?', '')
  await answer('Paste the token', 'wrong.token')
  await answer('then paste the token again', peers.discord.token)
  await answer('sit in Signal?', '')
  await answer('Where does it answer?', peers.signal.settings.apiUrl)
  await answer('Which number', '')
  const slack = await answer('Which?', '1')
  expect(slack).toContain('#trust-az')
  expect(slack).not.toContain('not-ours')
  await answer('in Discord', '1')
  await answer('in Signal', '1')
  for (const tool of ['Slack', 'Discord', 'Signal']) await answer(`in ${tool}`, 'none')
  await answer('Where coordinators sit', '1')
  await answer('in Discord', 'none')
  await answer('in Signal', '1')
  for (const tool of ['Slack', 'Discord', 'Signal']) await answer(`in ${tool}`, 'none')
  await answer('May strangers report?', '')
  const { code, shown } = await talk.end()
  expect(shown).not.toContain(tokens.bot)
  expect(shown).not.toMatch(/^\s*NOT .*room/m)
  expect(code, shown.slice(-2500)).toBe(0)

  const said = await startHub(addresses)
  const admin = await until('the first code', async () => {
    const found = /\b[A-Z0-9]{4}(?:-[A-Z0-9]{4}){1,3}\b/.exec(said())?.[0]
    return { found, instead: said() }
  })
  const first = peers.slack.someone('U0FIRST')
  await first.write(admin, null)
  await until('the welcome', async () => {
    const all = (await first.direct()).map(seen => seen.text).join('\n')
    return { found: /admin/i.test(all) ? true : null, instead: all }
  })

  const invite = converse(['invite', '--role', 'mediator', '--region', 'AZ'], folder, addresses)
  const invited = await invite.end()
  const mediator = /\b[A-Z0-9]{4}(?:-[A-Z0-9]{4}){1,3}\b/.exec(invited.shown)?.[0] ?? ''
  expect(mediator, invited.shown).not.toBe('')
  const heron = peers.slack.someone('U0HERON')
  await heron.write(mediator, null)
  await until('the welcome', async () => {
    const all = (await heron.direct()).map(seen => seen.text).join('\n')
    return { found: /report/i.test(all) ? true : null, instead: all }
  })
  await heron.type('/report', null)
  await until('the form', async () => ({ found: heron.form(), instead: '' }))
  await heron.submit({
    What: 'Three men with rifles slung',
    Where: 'Phoenix',
    'Is anyone': 'It may come soon, or I am not sure',
    'May I': 'Yes',
  })
  for (const [tool, address] of Object.entries(room)) {
    await until(`the card on ${tool}`, async () => {
      const all = await peers[tool as keyof Peers].room(address)
      const found = all.find(seen => seen.text.includes('AZ-0001'))
      return { found, instead: all.map(seen => seen.text).join('\n---\n') }
    })
  }
  expect(Object.values(peers).flatMap(peer => peer.broken)).toEqual([])
}, 120_000)

async function startHub(addresses: Readonly<Record<string, string>>): Promise<() => string> {
  const program = fileURLToPath(new URL('../../bot/main.ts', import.meta.url))
  const env = { PATH: process.env.PATH ?? '', HOME: folder, PORT: '0', LOG_LEVEL: 'warn', ...addresses }
  const child = spawn(process.execPath, [program], { cwd: folder, env, stdio: 'pipe' })
  hub = child
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (said += chunk))
  await expect.poll(() => said, { timeout: 20_000 }).toContain('is ready')
  return () => said
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { unlockStore } from '../../db/unlock.ts'
import { blankPlan } from '../../workflows/broadcast/plan.ts'
import { enterBroadcast } from '../../workflows/broadcast/record.ts'
import type { BroadcastEvent } from '../../workflows/broadcast.ts'
import { hasRole } from '../../workflows/directory.ts'
import { makeBroadcastId } from '../../workflows/ids.ts'
import { benchNetwork, people } from '../bench/crowd.ts'
import { tempFolder } from '../bench/folder.ts'
import { openTools } from '../bench/rooms.ts'
import type { Served } from '../bench/served.ts'
import { slackSettings } from '../bench/slack.ts'
import { messagesIn } from '../peers/discord/world.ts'

const faster = 10
const tools = ['slack', 'discord'] as const
const words = { slack: 'Stay calm on Slack', discord: 'Stay calm on Discord' }

let hub: ChildProcess | null = null
afterEach(() => void hub?.kill('SIGKILL'))

test('a broadcast goes on within seconds after kill -9, and nobody on Slack or Discord is written to twice', async () => {
  using folder = tempFolder()
  await using peers = await openTools(1, faster)
  const { slack, discord } = peers
  await approve(folder.path)
  const start = async () => {
    const told: Served = {
      folder: folder.path,
      slack: { ...slackSettings(slack.apiUrl), faster },
      discord: { token: discord.token, apiUrl: discord.apiUrl, faster },
    }
    const file = fileURLToPath(new URL('../bench/served.ts', import.meta.url))
    const child = spawn(process.execPath, [file, JSON.stringify(told)], { stdio: ['ignore', 'pipe', 'inherit'] })
    hub = child
    await once(child.stdout ?? child, 'data')
  }
  const lists = () => ({
    slack: [...slack.world.channels.values()].map(channel => channel.messages.filter(isOf('slack')).length),
    discord: [...discord.world.channels.keys()].map(id => messagesIn(discord.world, id).filter(isOf('discord')).length),
  })
  const isOf = (tool: (typeof tools)[number]) => (message: unknown) => JSON.stringify(message).includes(words[tool])
  const counts = () => tools.map(tool => lists()[tool].reduce((sum, count) => sum + count, 0))

  for (let round = 1; round <= 3; round += 1) {
    const before = counts()
    await start()
    const goesOn = () => counts().some((count, at) => count > (before[at] ?? 0))
    await expect.poll(goesOn, { timeout: 5_000, interval: 20 }).toBe(true)
    await expect.poll(() => counts()[0], { timeout: 30_000, interval: 20 }).toBeGreaterThanOrEqual(60 * round)
    const gone = hub && once(hub, 'exit')
    hub?.kill('SIGKILL')
    await gone
  }
  await start()
  // What was in hand when the last one died waits until nobody can be sending it any more.
  await expect.poll(counts, { timeout: 90_000, interval: 200 }).toEqual([people, people])
  for (const tool of tools) expect(Math.max(...lists()[tool])).toBe(1)
}, 180_000)

/** Two broadcasts to everybody, one on each tool. */
async function approve(folder: string): Promise<void> {
  const key = { value: undefined, file: join(folder, 'hub.key') }
  const url = `file:${join(folder, 'hub.db')}`
  const { store } = await unlockStore({ url, filesFolder: join(folder, 'files'), key }, Date.now())
  await store.roster.seed(benchNetwork(1))
  const writer = [...store.roster.directory().people.values()].find(one => hasRole(one, 'coordinator', 'leader'))?.id
  if (!writer) throw new Error('nobody is there')
  for (const [at, platform] of tools.entries()) {
    const plan = blankPlan({ audience: { type: 'platform', platform }, words: { en: words[platform] } })
    const counted = { people, rooms: 0 }
    const events: readonly BroadcastEvent[] = [
      { type: 'drafted', writer, plan, recurring: null },
      { type: 'submitted', counted },
      {
        type: 'approved',
        approval: { by: writer, at: Date.now(), plan, ...counted, alone: { reason: 'nobody else is here' } },
      },
      { type: 'cleared' },
    ]
    const how = { id: makeBroadcastId(at + 1), by: writer, now: Date.now() }
    const change = enterBroadcast(
      null,
      events.map(event => ({ event })),
      how,
    )
    if (!change) throw new Error('nothing was approved')
    const commit = { key: null, person: null, now: Date.now(), answer: null, incidents: [], broadcast: change }
    await store.transaction(tx => tx.commit(commit))
  }
  await store.close()
}

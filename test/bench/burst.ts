import { messagesIn } from '../peers/discord/world.ts'
import { accountOf, atPace, people, percentile, reportAt, roomOf } from './crowd.ts'
import { tempFolder } from './folder.ts'
import { type Bench, limited, type Result } from './measure.ts'
import { startProgram } from './process.ts'
import { openTools } from './rooms.ts'
import { slackSettings } from './slack.ts'

type Tools = Awaited<ReturnType<typeof openTools>>

const regions = 12
// Some 2,000 posts over three tools, by room.
const posts = { slack: 60, discord: 90, signal: 17 } as const
const faster = 5
// As signal-cli takes where it runs all the time, measured by others.
const signalMs = 300
const alarms = 20
const goalMs = 2000
const patienceMs = 20_000

/** Two thousand posts that wait for rooms of three tools, at so many times the tools' documented pace. */
export const deliveryBurst: Bench = {
  names: ['delivery-burst'],
  run: () => limited(180, 'two thousand posts', burst()),
}

/** An S5 filed while two thousand posts go out at the documented pace, until its card stands in its three rooms. */
export const urgentVisible: Bench = {
  names: ['urgent-visible'],
  run: () => limited(180, 'alarms among posts', urgent()),
}

async function* burst(): AsyncGenerator<Result> {
  using folder = tempFolder()
  await using tools = await openTools(regions, faster, signalMs / faster)
  const hub = await startHub(tools, folder.path, faster)
  try {
    const all = { slack: posts.slack * regions, discord: posts.discord * regions, signal: posts.signal * regions }
    const ended = new Map<string, number>()
    let begun = 0
    while (ended.size < 3) {
      const now = performance.now()
      const counts = countsOf(tools)
      if (begun === 0 && Object.values(counts).some(count => count > 0)) begun = now
      for (const name of ['slack', 'discord', 'signal'] as const) {
        if (counts[name] >= all[name] && !ended.has(name)) ended.set(name, now)
      }
      await new Promise(resolve => setTimeout(resolve, 20))
    }
    const broken = [...tools.slack.broken, ...tools.discord.broken, ...tools.signal.broken]
    const value = (Math.max(...ended.values()) - begun) / 1000
    const bound = boundOf(all)
    const ratio = Number((value / bound).toPrecision(4))
    const each = [...ended].map(([name, at]) => `${name} ${((at - begun) / 1000).toFixed(1)} s`).join(', ')
    const total = all.slack + all.discord + all.signal
    const note = `${total} posts at ${faster} times the limits: ${each}; ${broken.length} times over a limit`
    yield {
      ...{ name: 'delivery-burst', value: Number(value.toPrecision(4)), unit: 's' },
      ...{ baseline: Number(bound.toPrecision(4)), ratio, goal: 'ratio <= 1.05, no 429' },
      ...{ ok: ratio <= 1.05 && broken.length === 0, note },
    }
  } finally {
    await hub.stop()
  }
}

/** The least time (s) that the limits leave, at that pace: of the tool that takes longest. */
function boundOf(all: Readonly<Record<keyof typeof posts, number>>): number {
  const slack = Math.max(posts.slack - 5, (all.slack - 20) / 5)
  const discord = Math.max((Math.ceil(posts.discord / 5) - 1) * 5, Math.ceil(all.discord / 50) - 1)
  const signal = (all.signal * signalMs) / 1000
  return Math.max(slack, discord, signal) / faster
}

async function* urgent(): AsyncGenerator<Result> {
  using folder = tempFolder()
  await using tools = await openTools(regions, 1, signalMs)
  const { slack, discord, signal } = tools
  const hub = await startHub(tools, folder.path, 1)
  const rooms = [
    () => JSON.stringify(slack.world.channels.get(roomOf.slack(0))?.messages ?? []),
    () => JSON.stringify(messagesIn(discord.world, roomOf.discord(0))),
    () => JSON.stringify(signal.world.messages.filter(one => one.room === roomOf.signal(0))),
  ]
  try {
    const taken = await atPace(0.33, alarms, async at => {
      const number = 1000 + at
      const someone = at % 2 === 0 ? slack.someone(accountOf.slack(12 * at + 12)) : null
      const who = someone ?? discord.someone(accountOf.discord((12 * at + 12) % people))
      await who.type('/report', someone ? roomOf.slack(0) : roomOf.discord(0))
      const late = performance.now() + patienceMs
      while (!who.form() && performance.now() < late) await new Promise(resolve => setTimeout(resolve, 2))
      const values = [
        `${reportAt(0).what.replace(/ \(.*/, '')} (${number})`,
        reportAt(0).where,
        'Attack, shots or death now',
        'Yes',
      ]
      const fields = who.form()?.fields ?? []
      const begun = performance.now()
      const sent = who.submit(Object.fromEntries(values.map((value, index) => [fields[index]?.label ?? '', value])))
      let left = rooms
      while (left.length > 0) {
        if (performance.now() > begun + patienceMs) throw new Error('a card did not come to all its rooms')
        await new Promise(resolve => setTimeout(resolve, 5))
        left = left.filter(read => !read().includes(`(${number})`))
      }
      const ms = performance.now() - begun
      await sent
      return ms
    })
    const { slack: one, discord: two, signal: three } = countsOf(tools)
    const waiting = regions * (posts.slack + posts.discord + posts.signal) - one - two - three
    const broken = [...slack.broken, ...discord.broken, ...signal.broken]
    const value = Number(percentile(taken, 99).toPrecision(4))
    const half = percentile(taken, 50).toFixed(0)
    const note = `${alarms} alarms, p50 ${half} ms; ${waiting} posts still wait; ${broken.length} times over a limit`
    const goal = `<= ${goalMs}, no 429`
    const ok = value <= goalMs && broken.length === 0
    yield { name: 'urgent-visible', value, unit: 'ms p99', baseline: null, ratio: null, goal, ok, note }
  } finally {
    await hub.stop()
  }
}

function startHub({ slack, discord, signal }: Tools, folder: string, pace: number) {
  return startProgram(
    './served.ts',
    {},
    {
      ...{ folder, regions, posts },
      slack: { ...slackSettings(slack.apiUrl), faster: pace },
      discord: { token: discord.token, apiUrl: discord.apiUrl, faster: pace },
      signal: { ...signal.settings, timing: { faster: pace } },
    },
  )
}

function countsOf({ slack, discord, signal }: Tools): Record<keyof typeof posts, number> {
  const isOne = (one: unknown) => /burst \d/.test(JSON.stringify(one))
  const regional = Array.from({ length: regions }, (_, at) => at)
  const count = (lists: readonly (readonly unknown[])[]) =>
    lists.reduce((sum, list) => sum + list.filter(isOne).length, 0)
  return {
    slack: count(regional.map(at => slack.world.channels.get(roomOf.slack(at))?.messages ?? [])),
    discord: count(regional.map(at => messagesIn(discord.world, roomOf.discord(at)))),
    signal: count([signal.world.messages]),
  }
}

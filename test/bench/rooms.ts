import { messagesIn } from '../peers/discord/world.ts'
import { accountOf, atPace, people, percentile, reportAt, roomOf } from './crowd.ts'
import { startBenchDiscord } from './discord.ts'
import { tempFolder } from './folder.ts'
import { type Bench, limited, type Result } from './measure.ts'
import { startProgram } from './process.ts'
import { startBenchSignal } from './signal.ts'
import { slackSettings, startBenchSlack } from './slack.ts'

const name = 'rooms-visible'
const perSecond = 3
const times = 100
const warmUp = 10
const goalMs = 1000
const patienceMs = 20_000
// So wide that nothing waits for a limit, at this pace.
const wide = 200

/** From a report's sending until its card stands in the region's room on Slack, Discord and Signal. */
export const visibleRooms: Bench = { names: [name], run: () => limited(120, 'cards in three rooms', measure()) }

async function* measure(): AsyncGenerator<Result> {
  using folder = tempFolder()
  await using stage = await openTools(1)
  const { slack, discord, signal } = stage
  const settings = {
    folder: folder.path,
    slack: { ...slackSettings(slack.apiUrl), faster: wide },
    discord: { token: discord.token, apiUrl: discord.apiUrl },
    signal: signal.settings,
  }
  const hub = await startProgram('./served.ts', {}, settings)
  const waiting = new Map<string, { readonly left: Set<string>; readonly done: () => void }>()
  const said = [
    { tool: 'slack', list: () => (slack.world.channels.get(roomOf.slack(0))?.messages ?? []) as readonly unknown[] },
    { tool: 'discord', list: () => messagesIn(discord.world, roomOf.discord(0)) as readonly unknown[] },
    { tool: 'signal', list: () => signal.world.messages as readonly unknown[] },
  ].map(one => ({ ...one, read: 0 }))
  const looking = setInterval(() => {
    for (const one of said) {
      const list = one.list()
      for (; one.read < list.length; one.read++) {
        const number = /\((\d+)\)/.exec(JSON.stringify(list[one.read]))?.[1] ?? ''
        const waits = waiting.get(number)
        waits?.left.delete(one.tool)
        if (waits?.left.size === 0) waits.done()
      }
    }
  }, 2)
  try {
    const all = await atPace(perSecond, warmUp + times, async at => {
      const [someone, room] =
        at % 2 === 0
          ? [slack.someone(accountOf.slack(at % people)), roomOf.slack(0)]
          : [discord.someone(accountOf.discord(at % people)), roomOf.discord(0)]
      await someone.type('/report', room)
      const late = performance.now() + patienceMs
      while (!someone.form() && performance.now() < late) await new Promise(resolve => setImmediate(resolve))
      const { what, where } = reportAt(at)
      const values = [what, where, 'No', 'Yes']
      const fields = someone.form()?.fields ?? []
      const visible = new Promise<void>((resolve, reject) => {
        waiting.set(String(at), { left: new Set(said.map(one => one.tool)), done: resolve })
        setTimeout(
          () => reject(new Error(`a card did not come to ${[...(waiting.get(String(at))?.left ?? [])]}`)),
          patienceMs,
        ).unref()
      })
      const begun = performance.now()
      await Promise.all([
        someone.submit(Object.fromEntries(values.map((value, index) => [fields[index]?.label ?? '', value]))),
        visible,
      ])
      return performance.now() - begun
    })
    const value = Number(percentile(all.slice(warmUp), 99).toPrecision(4))
    const half = percentile(all.slice(warmUp), 50).toFixed(0)
    const note = `${perSecond} reports a second, from Slack and Discord in turn; p50 ${half} ms`
    const goal = `<= ${goalMs}`
    yield { name, value, unit: 'ms p99', baseline: null, ratio: null, goal, ok: value <= goalMs, note }
  } finally {
    clearInterval(looking)
    await hub.stop()
  }
}

/**
 * All three tools on loopback, with the rooms and people of the bench, at so many times their documented pace; by
 * default with no limit in the way, and a Signal that takes no time.
 */
export async function openTools(regions: 1 | 12, faster = wide, signalMs = 1) {
  const slack = await startBenchSlack(regions, faster)
  const discord = await startBenchDiscord(regions, faster)
  const signal = await startBenchSignal(regions, signalMs)
  return {
    slack,
    discord,
    signal,
    async [Symbol.asyncDispose]() {
      for (const peer of [slack, discord, signal]) await peer.close()
    },
  }
}

import { setTimeout as pause } from 'node:timers/promises'
import { messagesIn } from '../peers/discord/world.ts'
import { accountOf, atPace, people, reportAt, roomOf } from './crowd.ts'
import { tempFolder } from './folder.ts'
import { type Bench, limited, type Result } from './measure.ts'
import { startProgram } from './process.ts'
import { openTools } from './rooms.ts'
import { slackSettings } from './slack.ts'

const name = 'card-edits'
const changes = 100
const wide = 200
const restMs = 12_000
const goal = 2

/** How often a card is edited in one room while a hundred people join its incident within a second. */
export const cardEdits: Bench = { names: [name], run: () => limited(90, 'a hundred changes', measure()) }

async function* measure(): AsyncGenerator<Result> {
  using folder = tempFolder()
  await using tools = await openTools(1)
  const { slack, discord, signal } = tools
  const hub = await startProgram(
    './served.ts',
    {},
    {
      folder: folder.path,
      slack: { ...slackSettings(slack.apiUrl), faster: wide },
      discord: { token: discord.token, apiUrl: discord.apiUrl, faster: wide },
      signal: signal.settings,
    },
  )
  try {
    const reporter = slack.someone(accountOf.slack(1))
    await reporter.type('/report', roomOf.slack(0))
    while (!reporter.form()) await pause(5)
    const { what, where } = reportAt(0)
    const fields = reporter.form()?.fields ?? []
    await reporter.submit(
      Object.fromEntries([what, where, 'No', 'Yes'].map((value, at) => [fields[at]?.label ?? '', value])),
    )
    while (![...(await slack.room(roomOf.slack(0)))].some(one => one.text.includes('AZ-0001'))) await pause(20)
    await pause(restMs / 4)
    await discord.someone(accountOf.discord(4)).type('/claim AZ-0001', roomOf.discord(0))
    await pause(restMs / 2)
    const before = editsOf()
    const begun = performance.now()
    const responders = Array.from({ length: people }, (_, at) => at).filter(at => at % 4 === 0 && at > 4)
    const more = Array.from({ length: people }, (_, at) => at).filter(at => at % 4 !== 0)
    const who = [...responders, ...more].slice(0, changes)
    await atPace(changes, changes, async at => {
      await discord.someone(accountOf.discord(who[at] ?? 0)).type('/join AZ-0001', roomOf.discord(0))
      return 0
    })
    const seconds = (performance.now() - begun) / 1000
    await pause(restMs)
    const after = editsOf()
    const each = {
      slack: after.slack - before.slack,
      discord: after.discord - before.discord,
      signal: after.signal - before.signal,
    }
    const value = Math.max(...Object.values(each))
    const joined = /(\d+) others?|with/.exec((await slack.room(roomOf.slack(0)))[0]?.text ?? '')?.[0] ?? ''
    const note = `${who.length} joined within ${seconds.toFixed(1)} s; Slack ${each.slack}, Discord ${each.discord}, Signal ${each.signal} edits ${joined}`
    // A machine that takes longer than a second for them is no excuse for more edits in each of its seconds.
    const ok = value >= 1 && value <= goal * Math.max(1, Math.round(seconds))
    yield { name, value, unit: 'edits', baseline: null, ratio: null, goal: `<= ${goal} a second`, ok, note }
  } finally {
    await hub.stop()
  }

  function editsOf(): Record<'slack' | 'discord' | 'signal', number> {
    const card = messagesIn(discord.world, roomOf.discord(0))[0]
    return {
      slack: slack.calls.filter(call => call.method === 'chat.update').length,
      discord: discord.asked.filter(one => one === `PATCH /channels/${roomOf.discord(0)}/messages/${String(card?.id)}`)
        .length,
      signal: signal.world.messages.reduce(
        (sum, one) => sum + (one.room === roomOf.signal(0) ? one.edits.length : 0),
        0,
      ),
    }
  }
}

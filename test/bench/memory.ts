import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { stringify } from 'yaml'
import { toolEnvironment } from '../peers/environment.ts'
import { accountOf, atPace, benchFile, people, reportAt, roomOf } from './crowd.ts'
import { tempFolder } from './folder.ts'
import { atMost, type Bench, compared, inTurn, limited, type Result } from './measure.ts'
import { type Started, startProgram } from './process.ts'
import { openTools } from './rooms.ts'

type Tools = Awaited<ReturnType<typeof openTools>>

const rounds = 3
const restMs = 6000
const goalMiB = 400
// An evening: the people's reports, one after the other, as fast as Discord's side of it goes.
const evening = 400
const perSecond = 12

/** What the program holds with all three tools connected, and with a network of twelve regions after an evening. */
export const toolsMemory: Bench = {
  names: ['tools-memory', 'network-memory'],
  run: wanted => limited(240, 'memory', measure(wanted)),
}

async function* measure(wanted: (name: string) => boolean): AsyncGenerator<Result> {
  if (wanted('tools-memory')) {
    await using tools = await openTools(1)
    const both = await inTurn(
      rounds,
      async () => {
        using folder = tempFolder()
        return held(await startHub(tools, folder.path, 1))
      },
      async () => held(await startProgram('./libraries.tools.ts', {})),
    )
    yield compared('tools-memory', 'MiB', both, atMost(1.4), 'a process that only imports the same libraries')
  }
  if (wanted('network-memory')) yield await busyNetwork()
}

/** What it holds some seconds after it is ready, everything connected and read. */
async function held(started: Started): Promise<number> {
  await pause(restMs)
  const mebibytes = started.resident()
  await started.stop()
  return mebibytes
}

async function busyNetwork(): Promise<Result> {
  using folder = tempFolder()
  await using tools = await openTools(12)
  const hub = await startHub(tools, folder.path, 12)
  const seen: number[] = []
  const looking = setInterval(() => seen.push(hub.resident()), 250)
  try {
    await pause(restMs)
    await atPace(perSecond, evening, async at => {
      const someone =
        at % 2 === 0
          ? tools.slack.someone(accountOf.slack(at % people))
          : tools.discord.someone(accountOf.discord(at % people))
      await someone.type('/report', at % 2 === 0 ? roomOf.slack(at % 12) : roomOf.discord(at % 12))
      for (let tries = 0; !someone.form() && tries < 500; tries++) await pause(10)
      const { what, where } = reportAt(at)
      const values = [what, where, at % 10 === 0 ? 'Someone' : 'No', 'Yes']
      const fields = someone.form()?.fields ?? []
      await someone.submit(Object.fromEntries(values.map((value, index) => [fields[index]?.label ?? '', value])))
      return 0
    })
    await pause(restMs)
    const most = Math.round(Math.max(...seen))
    const note = `the most at any time; 12 regions, ${people} people, ${evening} reports, three tools`
    const goal = `<= ${goalMiB}`
    const unit = 'MiB'
    return { name: 'network-memory', value: most, unit, baseline: null, ratio: null, goal, ok: most <= goalMiB, note }
  } finally {
    clearInterval(looking)
    await hub.stop()
  }
}

/** Starts the program itself, as `npm start` does, on these tools. */
async function startHub({ slack, discord, signal }: Tools, folder: string, regions: 1 | 12): Promise<Started> {
  const file = join(folder, 'network.yaml')
  writeFileSync(file, stringify(benchFile(regions)))
  return startProgram('../../bot/main.ts', {
    PORT: '0',
    DATABASE_URL: `file:${join(folder, 'hub.db')}`,
    HUB_KEY_FILE: join(folder, 'hub.key'),
    NETWORK_FILE: file,
    LOG_LEVEL: 'fatal',
    ...toolEnvironment({ slack, discord, signal }),
  })
}

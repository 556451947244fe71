import { join } from 'node:path'
import { alone } from '../../bot/cli/alone.ts'
import { playDay } from '../../bot/cli/play.ts'
import { stageOf } from '../../bot/cli/stage.ts'
import { loadConfig, loadDay } from '../../bot/config.ts'
import { unlockStore } from '../../db/unlock.ts'
import type { Day } from '../../workflows/day.ts'
import type { Ground } from '../house.ts'

const dayMs = 24 * 60 * 60_000
/** Tue 3 Nov 2026, 07:00 in New York: when the sample day is summed up. */
export const morning = Date.UTC(2026, 10, 3, 12)
/** Of how many of the sample day's reports each day before it had the like, oldest first. */
const before = [3, 5, 2, 6, 4, 8, 3, 7, 10, 6, 12, 15, 11]

/** Plays the sample day, and the quieter days before it, onto a fresh ground. */
export async function playSample(at: Ground): Promise<void> {
  const config = loadConfig({})
  const day = loadDay()
  const key = { value: undefined, file: join(at.folder, 'hub.key') }
  const first = morning - (before.length + 1) * dayMs
  const { store } = await unlockStore({ url: at.url, filesFolder: join(at.folder, 'files'), key }, first)
  try {
    await store.roster.seed(config.network)
    for (const [index, count] of [...before, null].entries()) {
      const end = morning - (before.length - index) * dayMs
      const played = count === null ? day : quieter(day, count, index)
      await alone(store, aside =>
        playDay(played, index + 1, end, { ...stageOf(store, config, aside, end), told: () => {} }),
      )
    }
  } finally {
    await store.close()
  }
}

/** A few of a day's reports, none of which another takes in, and all of which were resolved the same day. */
function quieter(day: Day, count: number, index: number): Day {
  const ended = (deeds: Day['reports'][number]['deeds']) =>
    deeds.some(deed => deed.do === 'resolve' && !deed.no) && deeds.every(deed => deed.do !== 'merge')
  const alone = day.reports.filter(report => report.danger !== 'S5' && ended(report.deeds))
  const reports = Array.from({ length: count }, (_, at) => alone[(index * 5 + at * 4) % alone.length]).flatMap(
    report => report ?? [],
  )
  return { ...day, duty: [], reports: [...new Set(reports)] }
}

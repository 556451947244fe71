import { newFormId } from '../../bot/asking.ts'
import type { Interaction } from '../../bot/platform.ts'
import type { Values } from '../../commands/form.ts'
import { accountOf, type BenchHub, reporters } from './hub.ts'

/**
 * Lets all reporters file reports at once, each the next as soon as the last was received, for so long. Gives reports
 * a second, every one of them durable. @throws Error if one was not received
 */
export async function fileReports({ hub }: Pick<BenchHub, 'hub'>, ms: number): Promise<number> {
  const begun = performance.now()
  const until = begun + ms
  let filed = 0

  async function reporter(at: number): Promise<void> {
    for (let turn = at; performance.now() < until; turn += 7) {
      await fileReport({ hub }, at, turn)
      filed += 1
    }
  }

  await Promise.all(Array.from({ length: reporters }, (_, at) => reporter(at)))
  return filed / ((performance.now() - begun) / 1000)
}

/** Lets one reporter file one report. @throws Error if it was not received */
export async function fileReport({ hub }: Pick<BenchHub, 'hub'>, reporter: number, turn = 0): Promise<void> {
  const { reply } = await hub.receive(submission(reporter, reports[turn % reports.length] as Values))
  if (reply.type !== 'view') throw new Error(`a report was not received: ${JSON.stringify(reply)}`)
}

function submission(reporter: number, values: Values): Interaction {
  const form = newFormId(Date.now())
  const origin = { platform: 'workspace', account: accountOf(reporter), room: null, message: null } as const
  return {
    ...origin,
    type: 'submission',
    key: form,
    at: Date.now(),
    form,
    command: 'report',
    about: '',
    values,
    files: [],
  }
}

// As people write them: both languages, with and without a county, mostly not urgent.
const reports: readonly Values[] = [
  {
    what: 'About 20 people shouting outside the polling place at Lincoln High School, some with flagpoles. Voters are turning back.',
    where: 'Lincoln High School, 1200 W Main St, Phoenix, Maricopa County',
    danger: 'soon',
    contact: 'yes',
  },
  {
    what: 'Long line, no water, people are tired but calm. The machine at the second table is broken since nine.',
    where: 'Fulton County library, Atlanta, Georgia',
    danger: 'no',
    contact: 'yes',
  },
  {
    what: 'Un grupo de hombres está grabando a los votantes y sus placas en el estacionamiento. Dicen que van a llamar a la migra.',
    where: 'Escuela primaria Cesar Chavez, Milwaukee County, Wisconsin',
    danger: 'soon',
    contact: 'after',
  },
  {
    what: 'Flyers on cars say that the vote is on Wednesday. We took about thirty of them down, they are wrong.',
    where: 'Dearborn, Michigan',
    danger: 'no',
    contact: 'yes',
  },
  {
    what: 'A man with a rifle stands across the street from the drop box and will not say who he is. Call me at 602-555-0147.',
    where: 'Drop box at the community center, Pima County, Arizona',
    danger: 'hurt',
    contact: 'yes',
  },
  {
    what: 'Two poll watchers argue loudly with the clerk about a challenged ballot, and each has friends who film it.',
    where: 'Allegheny County, Pittsburgh, PA',
    danger: 'no',
    contact: 'yes',
  },
  {
    what: 'People from both campaigns are sharing coffee and cleaning up together after the rally. Good mood.',
    where: 'Green Bay, Wisconsin',
    danger: 'no',
    contact: 'no',
  },
  {
    what: 'Rumor on the neighborhood group that ballots were found in a dumpster. Nobody has seen them. People are angry.',
    where: 'DeKalb County, Georgia',
    danger: 'soon',
    contact: 'yes',
  },
]

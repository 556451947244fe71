import { parseArgs } from 'node:util'
import { broadcastAnswers } from './answers.ts'
import { inboxCatchUp } from './backlog.ts'
import { deliveryBurst, urgentVisible } from './burst.ts'
import { earlyWarning } from './detect.ts'
import { discordForms } from './discord.ts'
import { cardEdits } from './edits.ts'
import { evidenceIngest } from './evidence.ts'
import { exportMillion } from './export.ts'
import { postgresHistory, sqliteHistory } from './history.ts'
import { partnerImport } from './import.ts'
import { takeOver } from './machines.ts'
import type { Bench, Result } from './measure.ts'
import { toolsMemory } from './memory.ts'
import { summaryPictures } from './pictures.ts'
import { placeLookUp } from './places.ts'
import { protocolPresses } from './presses.ts'
import { broadcastPreview } from './preview.ts'
import { protocolTimers } from './protocols.ts'
import { postgresReports } from './reports.postgres.ts'
import { sqliteReports } from './reports.sqlite.ts'
import { visibleRooms } from './rooms.ts'
import { broadcastSending } from './sending.ts'
import { similarOffers } from './similar.ts'
import { slackForms } from './slack.ts'
import { formatTable } from './table.ts'

const USAGE = 'npm run bench -- [--json] [--only NAME]   NAME is one of'
const benches: readonly Bench[] = [
  sqliteReports,
  postgresReports,
  sqliteHistory,
  postgresHistory,
  placeLookUp,
  exportMillion,
  evidenceIngest,
  similarOffers,
  inboxCatchUp,
  slackForms,
  discordForms,
  visibleRooms,
  deliveryBurst,
  urgentVisible,
  cardEdits,
  protocolTimers,
  protocolPresses,
  broadcastPreview,
  broadcastSending,
  broadcastAnswers,
  summaryPictures,
  earlyWarning,
  partnerImport,
  toolsMemory,
  takeOver,
]

// What is left behind is removed at exit, which an interrupt alone would skip.
process.once('SIGINT', () => process.exit(130))
process.once('SIGTERM', () => process.exit(143))
await main()

async function main(): Promise<void> {
  const { json, chosen } = choose(process.argv.slice(2))
  const results: Result[] = []
  let broken = false
  for (const bench of benches.filter(({ names }) => names.some(name => chosen.has(name)))) {
    try {
      for await (const result of bench.run(name => chosen.has(name))) {
        results.push(result)
        if (json) process.stdout.write(`${JSON.stringify(asked(result))}\n`)
        else process.stderr.write(`measured ${result.name}\n`)
      }
    } catch (error) {
      broken = true
      process.stderr.write(`${bench.names.join(', ')}: ${error instanceof Error ? error.stack : error}\n`)
    }
  }
  if (!json) process.stdout.write(formatTable(results))
  // A server or a loop that was left open must not keep the run alive.
  process.exit(broken || results.some(result => !result.ok) ? 1 : 0)
}

function choose(words: string[]): { json: boolean; chosen: ReadonlySet<string> } {
  const names = benches.flatMap(bench => bench.names)
  try {
    const options = { json: { type: 'boolean' }, only: { type: 'string', multiple: true } } as const
    const { json = false, only = names } = parseArgs({ args: words, options }).values
    const unknown = only.find(name => !names.includes(name))
    if (unknown) throw new Error(`there is no measurement ${unknown}`)
    return { json, chosen: new Set(only) }
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${USAGE} ${names.join(', ')}\n`)
    process.exit(2)
  }
}

// The form that scripts rely on.
function asked({ name, value, unit, baseline, ratio, goal, ok }: Result): Omit<Result, 'note'> {
  return { name, value, unit, baseline, ratio, goal, ok }
}

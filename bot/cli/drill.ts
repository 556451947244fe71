import { type Command, InvalidArgumentError } from 'commander'
import { personNow } from '../../workflows/directory.ts'
import { dueAt, fastest, type Happening } from '../../workflows/drill/scenario.ts'
import { timingSheet } from '../../workflows/drill/sheet.ts'
import { timingOf } from '../../workflows/drill/timing.ts'
import { timingView } from '../../workflows/drill/view.ts'
import { HubError } from '../../workflows/errors.ts'
import { say } from '../../workflows/text/say.ts'
import type { Line, View } from '../../workflows/view.ts'
import { loadConfig } from '../config.ts'
import { readScenario } from '../scenarios.ts'
import { count, print, run, withStore } from './terminal.ts'

const mostEntries = 5000

/** `hub drill`. */
export function addDrill(program: Command): void {
  const drill = program.command('drill').description('Exercises: check the file of one, or read how one went')
  drill
    .command('check <file>')
    .description('Check a scenario file, and show what would happen when')
    .option('-s, --speed <number>', 'how many times faster than written', speedOf)
    .action((file: string, { speed }: { speed?: number }) => run(() => check(file, speed ?? null)))
  drill
    .command('report [name]')
    .description('Print how an exercise went: the last one, or the named')
    .option('--csv', 'as comma-separated values')
    .action((name: string | undefined, { csv = false }: { csv?: boolean }) => run(() => report(name ?? null, csv)))
}

async function check(file: string, speed: number | null): Promise<boolean> {
  const scenario = readScenario(file, loadConfig().taxonomy)
  const fast = speed ?? scenario.speed
  const lasts = Math.round(scenario.length / fast)
  print(`${scenario.name}: ${scenario.title}. ${count(scenario.script.length, 'thing')} in ${count(lasts, 'minute')}.`)
  for (const happens of scenario.script) print(`  ${clockOf(happens, fast)}  ${lineOf(happens)}`)
  print('', `Put it into DRILLS_FOLDER, start the hub anew, then: /drill run ${scenario.name} in AZ ${fast}x`)
  return true
}

/** Hours and minutes since the exercise began, at that speed. */
function clockOf(happens: Happening, speed: number): string {
  const seconds = Math.round(dueAt(happens, { startedAt: 0, speed }) / 1000)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return parts.map(part => String(part).padStart(2, '0')).join(':')
}

function lineOf(happens: Happening): string {
  switch (happens.type) {
    case 'report':
      return `S${happens.severity} ${happens.name}: ${happens.what}${happens.start ? ` (starts ${happens.start})` : ''}`
    case 'more':
      return `more of ${happens.of}: ${happens.words}`
    case 'start':
      return `${happens.protocol} is started on ${happens.of}`
    case 'tell':
      return `said in its rooms: ${happens.words}`
  }
}

async function report(name: string | null, csv: boolean): Promise<boolean> {
  return withStore(async ({ store, config }) => {
    const drills = await store.drills.latest(200)
    const drill = name === null ? drills[0] : drills.find(one => one.id === name)
    if (!drill) throw new HubError(name === null ? 'There has been no exercise yet.' : `There is no exercise ${name}.`)
    const ids = await store.drills.incidents(drill.id)
    const timelines = await Promise.all(ids.map(id => store.incidents.timeline(id, mostEntries)))
    const now = Date.now()
    const protocols = store.protocols.beside(config.taxonomy.protocols)
    const timing = timingOf(timelines, protocols, drill.endedAt ?? now)
    const directory = store.roster.directory()
    const callsign = (id: Parameters<typeof personNow>[1]) => personNow(directory, id)?.callsign ?? ''
    const language = config.network.languages[0] ?? 'en'
    if (csv) {
      process.stdout.write(timingSheet(timing, callsign, language))
      return true
    }
    const reader = { language, zone: directory.zone, now, person: callsign }
    print(...linesOf(timingView(drill, timing, directory, now), reader))
    return true
  })
}

function linesOf({ title, lines }: View, reader: Parameters<typeof say>[1]): string[] {
  const told = (line: Line): string[] => {
    if (line.type === 'rule') return ['']
    if (line.type !== 'table') return [say(line.text, reader)]
    return [line.head, ...line.rows].map(row => `  ${row.map(cell => say(cell, reader)).join(' | ')}`)
  }
  return [...(title ? [`EXERCISE ${say(title, reader)}`] : []), ...lines.flatMap(told)]
}

function speedOf(text: string): number {
  const speed = Number(text.replace(/x$/i, ''))
  if (Number.isInteger(speed) && speed >= 1 && speed <= fastest) return speed
  throw new InvalidArgumentError(`Use a whole number from 1 to ${fastest}, such as 12.`)
}

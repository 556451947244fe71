import { appendFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Command, Option } from 'commander'
import { loadGazetteer } from '../../db/places.ts'
import type { NetworkDeed } from '../../workflows/account.ts'
import { type Directory, personNow } from '../../workflows/directory.ts'
import { ConfigError } from '../../workflows/errors.ts'
import { headingsOf, type Mapping, parseMapping, unknownKinds } from '../../workflows/import/mapping.ts'
import { rowReader } from '../../workflows/import/row.ts'
import { type Actor, mayReport } from '../../workflows/permission.ts'
import { layeredPlaces } from '../../workflows/places/layered.ts'
import { listedPlaces } from '../../workflows/places/list.ts'
import type { Places } from '../../workflows/routing.ts'
import { asThemselves } from '../../workflows/shield.ts'
import type { Taxonomy } from '../../workflows/taxonomy.ts'
import { loadPlaces } from '../config.ts'
import { alreadyIn, type Placeable, placer, takeIn } from '../importing.ts'
import { readContent } from '../yaml.ts'
import { createProgress, type Screen } from './progress.ts'
import { type Encoding, encodings } from './table/bytes.ts'
import { isObjects, type Row, readTable } from './table/read.ts'
import { count, type Opened, type Print, print, run, withStore } from './terminal.ts'

/** What is asked on the command line. */
export type AskedToImport = {
  readonly map: string
  readonly as: string
  readonly dryRun?: boolean
  readonly notify?: boolean
  readonly open?: boolean
  readonly rejected?: string
  readonly encoding?: Encoding
  readonly delimiter?: string
}

/** Whoever sits at the terminal, and the hour. */
export type ImportScene = {
  readonly clock: () => number
  readonly print: Print
  readonly screen: Screen
  readonly places?: Places
}

type Work = {
  readonly mapping: Mapping
  readonly actor: Actor
  readonly places: Places
  readonly directory: Directory
  readonly taxonomy: Taxonomy
  readonly now: number
  /** Reads the rows anew, each time from the first. */
  readonly rows: () => AsyncIterable<Row>
}

type Outcome = { readonly number: number } & ({ readonly row: Placeable } | { readonly why: string })

// As many as one commit holds: enough to be quick, few enough that a running hub waits a moment only.
const together = 100
const shown = 20
const twoDays = 2 * 24 * 60 * 60_000

/** `hub import FILE`. */
export function addImport(program: Command): void {
  program
    .command('import <file>')
    .description("Take a partner's table (CSV or JSON) in as reports, each row once however often it is run")
    .requiredOption('-m, --map <file>', 'what its columns and words mean (docs/import.md)')
    .requiredOption('--as <callsign>', 'who answers for these reports')
    .option('-n, --dry-run', 'only show what each row becomes')
    .option('--notify', 'treat them as reports of now: cards, messages and clocks like any other')
    .option('--open', 'leave what was reported more than two days ago open, too, for people to take up')
    .option('--rejected <file>', 'write rows that cannot be taken, and why, into a file')
    .addOption(new Option('--encoding <name>', 'how the file is written').choices([...encodings]))
    .option('--delimiter <mark>', 'what stands between cells, if it is not found out by itself')
    .action((file: string, asked: AskedToImport) =>
      run(() =>
        withStore(opened =>
          importFile(file, asked, opened, { clock: () => Date.now(), print, screen: process.stderr }),
        ),
      ),
    )
}

/**
 * Looks every row through, then takes in those that can be; true if that were all. A run that was broken off goes on
 * where it stopped when it is run again. @throws ConfigError if the file, its mapping or who answers is no good
 */
export async function importFile(
  file: string,
  asked: AskedToImport,
  { store, config }: Pick<Opened, 'store' | 'config'>,
  scene: ImportScene,
): Promise<boolean> {
  const directory = store.roster.directory()
  const work: Work = {
    mapping: readContent(asked.map, parseMapping),
    actor: answering(asked.as, directory),
    places: scene.places ?? placesOf(directory),
    ...{ directory, taxonomy: config.taxonomy, now: scene.clock() },
    rows: () => readTable(file, asked),
  }
  await checkMapping(file, work)
  const rejected = rejecting(asked.rejected)
  const looked = await look(work, asked.dryRun === true ? scene.print : null, rejected, scene.print)
  if (asked.dryRun) {
    scene.print(`${count(looked.good, 'row')} would become reports; ${count(looked.bad, 'row')} cannot be taken.`)
    return looked.bad === 0
  }
  const log = (facts: NetworkDeed['facts']) => {
    const about = { file: basename(file), source: work.mapping.source, as: work.actor.callsign }
    return store.deeds.add({ at: scene.clock(), by: work.actor.id, what: 'import', facts: { ...about, ...facts } })
  }
  // On record before the first row is in: a run may be broken off.
  const begin = () => log({ did: 'begin', of: looked.good })
  const taken = await take(work, { of: looked.good, begin }, asked, { store, config }, scene)
  if (taken.filed > 0) await log({ did: 'end', rows: taken.filed })
  const before = `${taken.known.toLocaleString('en')} were there before`
  const refused = `${count(looked.bad + taken.refused, 'row')} could not be taken`
  scene.print(`${count(taken.filed, 'report')} taken in from ${work.mapping.source}, ${before}, ${refused}.`)
  return looked.bad + taken.refused === 0
}

/** What is wrong with the mapping is said once, not for each row. @throws ConfigError if it does not fit the file */
async function checkMapping(file: string, { mapping, taxonomy, rows }: Work): Promise<void> {
  const unknown = unknownKinds(mapping, taxonomy)
  if (unknown.length > 0)
    throw new ConfigError(`The mapping says ${unknown.join(', ')} under kinds, and there is no such kind here.`)
  const found = new Set<string>()
  const missing = () => headingsOf(mapping).filter(heading => !found.has(heading))
  for await (const { cells } of rows()) {
    for (const heading of cells.keys()) found.add(heading)
    // A table has all of its columns in each row; an object may leave out what is empty.
    if (missing().length === 0 || !isObjects(file)) break
  }
  if (found.size === 0 || missing().length === 0) return
  const quoted = (all: Iterable<string>) =>
    [...all]
      .slice(0, 40)
      .map(one => `"${one}"`)
      .join(', ')
  throw new ConfigError(
    `${file} has no column ${quoted(missing())}, which the mapping names. It has: ${quoted(found)}.`,
  )
}

/** Goes through all rows once: how many are good, and what is wrong with the others. */
async function look(work: Work, each: Print | null, rejected: (row: number, why: string) => void, out: Print) {
  let [good, bad] = [0, 0]
  for await (const outcome of outcomes(work)) {
    if ('row' in outcome) {
      good += 1
      each?.(rowWords(outcome.row, work))
      continue
    }
    bad += 1
    rejected(outcome.number, outcome.why)
    if (each || bad <= shown) out(`row ${outcome.number}: ${outcome.why}`)
    if (!each && bad === shown + 1) out('… more rows cannot be taken; --rejected FILE writes all of them down')
  }
  return { good, bad }
}

async function take(
  work: Work,
  { of, begin }: { readonly of: number; readonly begin: () => Promise<void> },
  asked: AskedToImport,
  { store }: Pick<Opened, 'store' | 'config'>,
  scene: ImportScene,
): Promise<{ filed: number; known: number; refused: number }> {
  const progress = createProgress(scene.screen)
  const tools = {
    ...{ store, taxonomy: work.taxonomy, actor: work.actor, source: work.mapping.source, now: scene.clock },
    ...{ notify: asked.notify === true, endedBefore: asked.open ? Number.NEGATIVE_INFINITY : work.now - twoDays },
  }
  const sum = { filed: 0, known: 0, refused: 0 }
  let batch: Placeable[] = []
  let begun = false
  const flush = async () => {
    if (!begun && (await alreadyIn(batch, store)).size < batch.length) {
      await begin()
      begun = true
    }
    const taken = await takeIn(batch, { ...tools, pause })
    sum.filed += taken.filed
    sum.known += taken.known
    sum.refused += taken.refused.length
    for (const { number, why } of taken.refused) scene.print(`row ${number}: ${why}`)
    batch = []
    const done = sum.filed + sum.known + sum.refused
    progress.show(done, of, `${done.toLocaleString('en')} of ${count(of, 'row')}`)
  }
  for await (const outcome of outcomes(work)) {
    if ('row' in outcome) batch.push(outcome.row)
    if (batch.length === together) await flush()
  }
  if (batch.length > 0) await flush()
  return sum
}

/** What each row becomes, in order; whatever is wrong with one, the next is read. */
async function* outcomes({ mapping, taxonomy, directory, places, now, rows }: Work): AsyncGenerator<Outcome> {
  const read = rowReader({ mapping, taxonomy, zone: directory.zone, now })
  const place = placer(directory, places, mapping.unplaced)
  for await (const { number, cells, problem } of rows()) {
    const found = problem === null ? read(cells) : { problems: [problem] }
    if ('problems' in found) {
      yield { number, why: found.problems.join('; ') }
      continue
    }
    const placed = place(found.draft.where)
    yield 'why' in placed ? { number, why: placed.why } : { number, row: { number, draft: found.draft, ...placed } }
  }
}

function rowWords({ number, draft, placed }: Placeable, { directory, mapping }: Work): string {
  const zone = mapping.zone ?? directory.zone
  const when = new Date(draft.at).toLocaleString('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
  const kind = draft.kind === null ? 'kind open' : `${draft.kind}${draft.kindSaid ? '' : ' (guessed)'}`
  const place = placed.place.county ?? 'county not known'
  const words = draft.what.replace(/\s+/g, ' ')
  const short = words.length > 60 ? `${words.slice(0, 60)}…` : words
  return `row ${number}: ${placed.region} · ${place} · S${draft.severity} · ${kind} · ${when} · ${short}`
}

function answering(callsign: string, directory: Directory): Actor {
  const said = callsign.trim().toLowerCase()
  const person = [...directory.people.values()].find(one => one.callsign.toLowerCase() === said)
  const now = person && personNow(directory, person.id)
  const actor = now ? asThemselves(now.id, directory) : null
  if (!actor) throw new ConfigError(`Nobody has the call sign ${callsign}. See /whoami in chat for one's own.`)
  if (!mayReport(actor))
    throw new ConfigError(`${actor.callsign} may not file reports, and so cannot answer for these.`)
  return actor
}

function placesOf(directory: Directory): Places {
  const list = loadPlaces()
  return list ? listedPlaces(list) : layeredPlaces(directory.regions, loadGazetteer)
}

/** Writes rows that cannot be taken into a file of their own, two columns that a spreadsheet opens as text. */
function rejecting(file: string | undefined): (row: number, why: string) => void {
  if (file === undefined) return () => {}
  rmSync(file, { force: true })
  writeFileSync(file, 'row,why\r\n', { mode: 0o600, flag: 'wx' })
  return (row, why) => appendFileSync(file, `${row},"${why.replaceAll('"', '""')}"\r\n`)
}

import { type Command, InvalidArgumentError, Option } from 'commander'
import { personAsking, regionOf } from '../../workflows/directory.ts'
import { type Edition, editions } from '../../workflows/edition.ts'
import { ConfigError } from '../../workflows/errors.ts'
import { type ExportPlan, type Format, formats, isIdentifiable, whyNotPlan } from '../../workflows/export/plan.ts'
import { againFor, type ExportId, mayExport, mayTake, takeExportId } from '../../workflows/export/request.ts'
import { readIncidentId } from '../../workflows/ids.ts'
import { countyCentres } from '../centres.ts'
import { newPassphrase } from '../passphrase.ts'
import { createProgress, type Screen } from './progress.ts'
import { count, type Opened, run, withStore } from './terminal.ts'
import { writeExport } from './written.ts'

type Asked = {
  readonly format: Format
  readonly for: Edition
  readonly from?: number
  readonly to?: number
  readonly region?: readonly string[]
  readonly kind?: readonly string[]
  readonly incident?: string
  readonly drill?: string
  readonly approved?: string
  readonly open?: boolean
}

/** `hub export FILE`. */
export function addExport(program: Command): void {
  program
    .command('export <file>')
    .description('Write reports into a file that other programs read; what may stand in it depends on who reads it')
    .addOption(new Option('-f, --format <format>', 'as what').choices([...formats]).default('csv'))
    .addOption(new Option('--for <edition>', 'for whom').choices([...editions]).default('response'))
    .option('--from <moment>', 'reported from then on: 2026-11-03 or 2026-11-03T07:00Z; default is all', momentIn)
    .option('--to <moment>', 'reported before then; default is now', momentIn)
    .option('-r, --region <codes...>', 'only of these regions')
    .option('-k, --kind <codes...>', 'only of these kinds (VI-2) or groups of them (VI)')
    .option('-i, --incident <id>', 'that one alone, with all that was done')
    .option('-d, --drill <name>', 'what was made up for that exercise')
    .option('--approved <id>', 'what was asked for in chat, and agreed to there: X-0007')
    .option('--open', 'do not lock the file with a pass-phrase, though it may point to people')
    .action((file: string, asked: Asked) =>
      run(() => withStore(opened => exportTo(file, asked, opened, { now: Date.now(), screen: process.stderr }))),
    )
}

/**
 * Writes the file, checks it by reading it back, and says on the screen what is in it; true if it is whole. What may
 * point to people is locked with a pass-phrase that is said there alone.
 * @throws ConfigError where that cannot be asked for
 */
export async function exportTo(
  file: string,
  asked: Asked,
  { store, config }: Pick<Opened, 'store' | 'config'>,
  { now, screen }: { readonly now: number; readonly screen: Screen },
): Promise<boolean> {
  const directory = store.roster.directory()
  const { plan, name } = await planOf(asked, { store, now, known: code => regionOf(directory, code) !== null })
  const wrong = whyNotPlan(plan)
  if (wrong) throw new ConfigError(refusals[wrong])
  const lock = isIdentifiable(plan) && !asked.open
  const passphrase = lock ? newPassphrase() : null
  const target = lock && !file.endsWith('.age') ? `${file}.age` : file
  const progress = createProgress(screen)
  const centre = countyCentres(config.network.places)
  const source = {
    pages: store.exports,
    directory,
    taxonomy: config.taxonomy,
    centre,
    plan,
    at: now,
    name: name ?? 'local',
  }
  const { tally, bytes, found } = await writeExport(target, source, passphrase, (done, of) =>
    progress.show(done, of, `${done.toLocaleString('en')} of ${of.toLocaleString('en')} reports`),
  )
  const say = (line: string) => screen.write(`${line}\n`)
  const { counted, read, written, withheld, unfit } = tally
  say(`${target}: ${count(written, 'report')}, ${bytes.toLocaleString('en')} bytes, for ${plan.edition}.`)
  if (withheld > 0) say(`${count(withheld, 'report')} left out, because these readers may not have them.`)
  if (unfit > 0) say(`${count(unfit, 'report')} left out, because ${plan.format} has no place for them.`)
  if (read !== counted) say(`${counted} were counted at first, ${read} read: reports were changed meanwhile.`)
  const whole = found === written
  if (name && whole) await store.exports.gone(name, written)
  say(
    whole
      ? `Read back: ${count(found, 'report')}, as written.`
      : `READ BACK: ${found} INSTEAD OF ${written}. Do not use it.`,
  )
  if (passphrase) say(`It is locked. Its pass-phrase, which stands nowhere else:\n\n  ${passphrase}\n`)
  else if (isIdentifiable(plan)) say('It lies open and may point to people: keep it where nobody else can read it.')
  const { format, edition, sealed } = plan
  const facts = {
    did: 'write',
    format,
    edition,
    sealed: sealed ? 'yes' : 'no',
    rows: written,
    ...(name ? { export: name } : {}),
  }
  await store.deeds.add({ at: now, by: null, what: 'export', facts })
  return whole
}

const refusals = {
  times: '--from must lie before --to.',
  sealed: 'What people wrote and who reported can only go to responders.',
  log: 'An activity log names who did what: it is for responders alone.',
}

type Asking = {
  readonly store: Opened['store']
  readonly now: number
  readonly known: (region: string) => boolean
}

/** What lies sealed leaves only where two people asked for it in chat: whoever sits here alone cannot. */
async function planOf(
  asked: Asked,
  { store, now, known }: Asking,
): Promise<{ plan: ExportPlan; name: ExportId | null }> {
  if (asked.approved !== undefined) return approved(asked.approved, store, now)
  const unknown = asked.region?.find(code => !known(code.toUpperCase()))
  if (unknown !== undefined) throw new ConfigError(`There is no region ${unknown}.`)
  const incident = asked.incident === undefined ? null : readIncidentId(asked.incident)
  if (asked.incident !== undefined && !incident) throw new ConfigError(`${asked.incident} is no id of an incident.`)
  const wrong = asked.kind?.find(code => !/^[A-Z]{2}(-\d{1,2})?$/i.test(code))
  if (wrong !== undefined) throw new ConfigError(`${wrong} is no kind: write VI-2, or VI for the whole group.`)
  return {
    name: null,
    plan: {
      format: asked.format,
      edition: asked.for,
      from: asked.from ?? 0,
      to: asked.to ?? now + 1,
      regions: asked.region?.map(code => code.toUpperCase()) ?? 'all',
      kinds: asked.kind?.map(code => code.toUpperCase()) ?? [],
      incident,
      sealed: false,
      drill: asked.drill ?? null,
    },
  }
}

async function approved(typed: string, store: Opened['store'], now: number) {
  const { id } = takeExportId(typed)
  const found = id && (await store.exports.find(id))
  if (!found) throw new ConfigError(`There is no export ${typed}. It is asked for in chat: /export.`)
  if (!mayTake(found, now))
    throw new ConfigError(`${found.id} may not be taken: nobody has agreed to it yet, or it was taken or has run out.`)
  const person = personAsking(store.roster.directory(), found.by)
  if (!person || !mayExport(person, found.plan))
    throw new ConfigError(`${found.id} may not be taken: whoever asked for it may not have it any more.`)
  if (!(await store.exports.take(found.id, now, now - againFor)))
    throw new ConfigError(`${found.id} was taken just now.`)
  return { plan: found.plan, name: found.id }
}

function momentIn(text: string): number {
  const at = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?Z)?$/.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(at)) return at
  throw new InvalidArgumentError('Use a day or a moment in UTC, such as 2026-11-04 or 2026-11-04T07:00Z.')
}

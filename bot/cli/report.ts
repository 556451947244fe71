import { type Command, Option } from 'commander'
import type { Store } from '../../db/store.ts'
import { type Language, personNow, regionOf } from '../../workflows/directory.ts'
import { ConfigError } from '../../workflows/errors.ts'
import { readIncidentId } from '../../workflows/ids.ts'
import { coursesOf } from '../../workflows/report/course.ts'
import { reportPages } from '../../workflows/report/readable.ts'
import { reportCsv } from '../../workflows/report/table.ts'
import type { Taxonomy } from '../../workflows/taxonomy.ts'
import { type Reader, say } from '../../workflows/text/say.ts'
import { zoneName } from '../../workflows/zone.ts'
import { run, withStore } from './terminal.ts'

type Asked = { readonly csv?: boolean; readonly language: Language }

/** `hub protocol report ID [RUN]`. */
export function addReport(program: Command): void {
  const protocol = program.commands.find(one => one.name() === 'protocol') ?? program.command('protocol')
  protocol
    .command('report <incident> [run]')
    .description('Print what was due, done, by whom and how late in the protocols of an incident')
    .option('--csv', 'as a table for a spreadsheet')
    .addOption(new Option('-l, --language <language>', 'in which language').choices(['en', 'es']).default('en'))
    .action((incident: string, which: string | undefined, asked: Asked) =>
      run(() =>
        withStore(({ store, config: { taxonomy } }) =>
          printReport(store, incident, which, asked, {
            now: Date.now(),
            taxonomy,
            write: text => process.stdout.write(text),
          }),
        ),
      ),
    )
}

/**
 * Writes the report of an incident's protocols, all or one, in the zone of its region; true once it is written.
 * @throws ConfigError if there is no such incident, or none was worked through for it
 */
export async function printReport(
  { incidents, roster }: Pick<Store, 'incidents' | 'roster'>,
  typed: string,
  which: string | undefined,
  { csv = false, language }: Asked,
  to: { readonly now: number; readonly taxonomy: Taxonomy; readonly write: (text: string) => void },
): Promise<boolean> {
  const id = readIncidentId(typed)
  const known = id && (await incidents.find(id))
  if (!known) throw new ConfigError(`There is no incident ${typed}.`)
  const { incident } = known
  const directory = roster.directory()
  const all = coursesOf(await incidents.timeline(incident.id, incident.seq), to.taxonomy)
  const courses = which === undefined ? all : all.filter(course => course.run.id === which.toUpperCase())
  if (courses.length === 0)
    throw new ConfigError(
      all.length === 0
        ? `No protocol was worked through for ${incident.id}.`
        : `${incident.id} has no run ${which}. There are: ${all.map(course => course.run.id).join(', ')}.`,
    )
  const zone = regionOf(directory, incident.region)?.zone ?? directory.zone
  const reader: Reader = { language, zone, now: to.now, person: one => personNow(directory, one)?.callsign ?? null }
  // Whoever sits at the terminal has the database and its key: nothing in it is hidden from them.
  const reading = { directory, language, mayRead: () => true }
  if (csv) to.write(reportCsv(courses, reading, reader))
  for (const course of csv ? [] : courses) {
    const shown = { incident, course, zone: zoneName(zone, to.now, language) }
    const { title, lines } = reportPages(shown, reading)
    const texts = lines.flatMap(line => ('text' in line ? [say(line.text, reader)] : ['']))
    to.write(`${[title ? say(title, reader) : '', ...texts].join('\n')}\n\n`)
  }
  return true
}

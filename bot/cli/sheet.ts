import { writeFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import type { Store } from '../../db/store.ts'
import type { Language, Region } from '../../workflows/directory.ts'
import { ConfigError } from '../../workflows/errors.ts'
import type { Identity } from '../../workflows/held.ts'
import type { PersonId, RegionCode } from '../../workflows/ids.ts'
import type { Incident } from '../../workflows/incident.ts'
import { maySee } from '../../workflows/permission.ts'
import { keepersOf } from '../../workflows/sheet/tree.ts'
import { type Sheet, type SheetFacts, sheetOf, sheetPeople } from '../../workflows/sheet.ts'
import type { Taxonomy } from '../../workflows/taxonomy.ts'
import { sheetPage } from './sheet/page.ts'
import { sheetText } from './sheet/text.ts'
import { count, type Print, print, run, withStore } from './terminal.ts'

type Asked = {
  readonly out?: string
  readonly region?: string
  readonly language: Language
  /** Whether names and contacts stay out of it. */
  readonly callsigns?: boolean
  readonly yes?: boolean
}

/** `hub sheet`. */
export function addSheet(program: Command): void {
  program
    .command('sheet')
    .description('Print phone trees, duty and open work for paper, for when no chat tool can be reached')
    .option('-o, --out <file>', 'write it there: .html to print from a browser, anything else plain text')
    .option('-r, --region <code>', 'this region only, with the people of the whole network')
    .addOption(new Option('-l, --language <language>', 'in which language').choices(['en', 'es']).default('en'))
    .option('--callsigns', 'call signs only, without names and contacts')
    .option('-y, --yes', 'do it; without this, say what would leave the database')
    .action((asked: Asked) =>
      run(() =>
        withStore(({ store, config: { taxonomy } }) =>
          printSheet(store, asked, { now: Date.now(), taxonomy, print, write: text => process.stdout.write(text) }),
        ),
      ),
    )
}

/**
 * Prints the sheet, once it is said that it is meant; else what that would give away. True if it was done; then the
 * network's log says so. @throws ConfigError if there is no such region, or the file stands already
 */
export async function printSheet(
  store: Pick<Store, 'roster' | 'held' | 'incidents' | 'deeds'>,
  { out, region, language, callsigns = false, yes = false }: Asked,
  to: {
    readonly now: number
    readonly taxonomy: Taxonomy
    readonly print: Print
    readonly write: (text: string) => void
  },
): Promise<boolean> {
  const { now, taxonomy } = to
  const directory = store.roster.directory()
  const regions = chosen(directory.regions, region)
  const people = sheetPeople(directory, regions, now)
  if (!yes) {
    to.print(
      callsigns
        ? `Call signs, roles and tools of ${count(people.length, 'person', 'people')} would stand open on paper,`
        : `Names and contacts of ${count(people.length, 'person', 'people')} would leave the sealed database,`,
      'and what is open, without its words. Whoever finds the paper can read it, and the hub cannot take it back.',
      'It is written into the network log that it was printed. To do it: add --yes, and --out sheet.html to print it.',
    )
    return false
  }
  const identities = new Map<PersonId, Identity>()
  for (const { id } of callsigns ? [] : people) {
    const identity = await store.held.identity(id)
    if (identity) identities.set(id, identity)
  }
  const facts = { directory, taxonomy, regions, identities, ...(await openWork(store, regions, now)), language, now }
  // Before it is out, so that none is out that nobody hears of.
  const told = { regions: regions.map(one => one.code), people: people.length, names: callsigns ? 'no' : 'yes' }
  await store.deeds.add({ at: now, by: null, what: 'sheet', facts: told })
  const sheet = sheetOf(facts)
  if (out === undefined) to.write(sheetText(sheet))
  else {
    keep(out, sheet)
    to.print(
      `Written: ${out} (only you can read it). Print it, then delete the file; shred or burn the paper afterwards.`,
    )
  }
  return true
}

function chosen(regions: readonly Region[], code: string | undefined): readonly Region[] {
  if (code === undefined) return regions
  const found = regions.find(region => region.code === code.toUpperCase())
  if (!found)
    throw new ConfigError(`There is no region ${code}. There are: ${regions.map(one => one.code).join(', ')}.`)
  return [found]
}

function keep(file: string, sheet: Sheet): void {
  try {
    writeFileSync(file, /\.html?$/i.test(file) ? sheetPage(sheet) : sheetText(sheet), { mode: 0o600, flag: 'wx' })
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException
    const why =
      code === 'EEXIST' ? 'stands there already: name another file, or delete it' : `cannot be written (${code})`
    throw new ConfigError(`${file} ${why}.`, { cause })
  }
}

/** What stands open, as everybody of each region may know it; and the restricted that all its keepers may know of. */
async function openWork(
  { roster, incidents }: Pick<Store, 'roster' | 'incidents'>,
  regions: readonly Region[],
  now: number,
): Promise<Pick<SheetFacts, 'open' | 'restricted'>> {
  const open = new Map<RegionCode, readonly Incident[]>()
  const restricted = new Map<RegionCode, readonly Incident[]>()
  for (const { code } of regions) {
    open.set(
      code,
      (await all(nobody)).filter(one => one.visibility === 'region'),
    )
    const keepers = keepersOf(roster.directory(), code, now)
    const [first] = keepers
    const theirs = first ? await all(first.id) : []
    restricted.set(
      code,
      theirs.filter(one => one.visibility === 'restricted' && keepers.every(keeper => maySee(keeper, one))),
    )

    async function all(viewer: PersonId): Promise<readonly Incident[]> {
      const found: Incident[] = []
      for (let after: string | null = ''; after !== null; ) {
        const asked = { regions: [code], viewer, open: true, limit: 200, ...(after ? { after } : {}) } as const
        const page = await incidents.list(asked)
        found.push(...page.items)
        after = page.next
      }
      return found
    }
  }
  return { open, restricted }
}

// Nobody is named on anything restricted by this id.
const nobody = '' as PersonId

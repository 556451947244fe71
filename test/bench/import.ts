import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { importFile } from '../../bot/cli/import.ts'
import { loadTaxonomy } from '../../bot/config.ts'
import { tempFolder } from './folder.ts'
import { openHub } from './hub.ts'
import { type Bench, limited, type Result } from './measure.ts'

const rows = 100_000
const towns = ['Mesa, AZ', 'Phoenix, AZ', 'Tucson, AZ', 'Atlanta, GA', 'Macon, GA', 'Detroit, MI', 'Milwaukee, WI']
const whats = [
  'A man was hit at the door',
  'They say the polls are closed',
  'Leaflets against a faith on cars',
  'Shouting',
]
const map = 'source: Partner\ncolumns: { id: No, what: Words, where: Town, when: Date, severity: Level }\n'

/** A partner's spreadsheet of 100,000 rows, from the file to reports that are durable, on SQLite; and once more. */
export const partnerImport: Bench = {
  names: ['import-100k', 'import-again'],
  run: wanted => limited(400, 'import', measure(wanted)),
}

async function* measure(wanted: (name: string) => boolean): AsyncGenerator<Result> {
  using folder = tempFolder()
  const hub = await openHub(`file:${join(folder.path, 'hub.db')}`, folder.path)
  try {
    const [file, mapping] = [join(folder.path, 'table.csv'), join(folder.path, 'map.yaml')]
    writeFileSync(file, table())
    writeFileSync(mapping, map)
    const opened = {
      store: hub.store,
      config: { taxonomy: loadTaxonomy() } as Parameters<typeof importFile>[2]['config'],
    }
    const [person] = [...hub.store.roster.directory().people.values()]
    const scene = { clock: () => Date.now(), print: () => {}, screen: { write: () => true } }
    const run = async () => {
      const begun = performance.now()
      await importFile(file, { map: mapping, as: person?.callsign ?? '' }, opened, scene)
      return (performance.now() - begun) / 1000
    }
    const first = await run()
    if (wanted('import-100k')) yield goal('import-100k', first, 120, `${rows} rows of CSV into SQLite`)
    if (wanted('import-again'))
      yield goal('import-again', await run(), 60, 'the same file again: nothing is taken twice')
  } finally {
    await hub.store.close()
  }
}

function table(): string {
  const now = Date.now()
  const lines = Array.from({ length: rows }, (_, at) => {
    const day = new Date(now - (rows - at) * 300_000).toISOString()
    const words = `${whats[at % whats.length]}, report ${at} of the partner`
    return `${at},"${words}","${towns[at % towns.length]}",${day},S${1 + (at % 4)}`
  })
  return `No,Words,Town,Date,Level\n${lines.join('\n')}\n`
}

function goal(name: string, value: number, most: number, note: string): Result {
  const rounded = Math.round(value * 10) / 10
  return { name, unit: 's', value: rounded, baseline: null, ratio: null, goal: `<= ${most}`, ok: value <= most, note }
}

import type { ExportPages } from '../db/exporting.ts'
import type { Directory } from '../workflows/directory.ts'
import { leaves } from '../workflows/edition.ts'
import { type ExportPlan, filterOf, isApart } from '../workflows/export/plan.ts'
import { type LonLat, type Row, rowMaker } from '../workflows/export/row.ts'
import { type Writer, writerOf } from '../workflows/export/writer.ts'
import { countyOf } from '../workflows/figures.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import { tarEntry, tarTail } from './tar.ts'

/** What a file is made from: what leaves it to whom, and when (epoch ms) it is made under which name. */
export type ExportSource = {
  readonly pages: ExportPages
  readonly directory: Directory
  readonly taxonomy: Taxonomy
  /** The middle of a county by its code; null where nobody knows it. */
  readonly centre: (fips: string) => LonLat | null
  readonly plan: ExportPlan
  readonly at: number
  readonly name: string
}

/**
 * How a file comes along: how many incidents fit when it was begun, were read so far, went in, and were left out
 * because these readers may not have them, or because the form has no place for them.
 */
export type Tally = { readonly counted: number; read: number; written: number; withheld: number; unfit: number }

/** A file in the making: its pieces, one after the other, and how it comes along. */
export type Exporting = {
  readonly tally: Tally
  readonly writer: Writer
  readonly pieces: AsyncGenerator<string>
}

/**
 * Makes a file piece by piece, so that it may be of any length. Who reads beyond the network is told of no county of
 * which only one or two reports are in it; for that everything is read twice.
 */
export async function beginExport(source: ExportSource): Promise<Exporting> {
  const { pages, plan, directory, taxonomy, at, name } = source
  const filter = filterOf(plan)
  const tally: Tally = { counted: await pages.count(filter), read: 0, written: 0, withheld: 0, unfit: 0 }
  const writer = writerOf({ plan, directory, taxonomy, at, name })
  return { tally, writer, pieces: pieces() }

  async function* pieces(): AsyncGenerator<string> {
    const few = leaves(plan.edition) ? await fewIn(source) : new Set<string>()
    const make = rowMaker({ ...source, few })
    const wish = { words: plan.sealed, timeline: plan.format === 'ics214' || (plan.format === 'json' && isLong(plan)) }
    const archived = isApart(plan.format) && plan.incident === null
    yield writer.head
    for await (const page of pages.pages(filter, wish)) {
      let text = ''
      for (const one of page) {
        tally.read += 1
        const row = make(one)
        const piece = row && writer.row(row, tally.written)
        if (!row) tally.withheld += 1
        else if (piece === null) tally.unfit += 1
        else {
          text += archived ? tarEntry(entryName(row, source, tally.written), piece as string, at) : piece
          tally.written += 1
        }
      }
      if (text !== '') yield text
    }
    yield writer.tail(tally.written)
    if (archived) yield tarTail
  }
}

// What happened in each is told where one is asked for, or two agreed to everything.
function isLong({ incident, sealed, edition }: ExportPlan): boolean {
  return edition === 'response' && (incident !== null || sealed)
}

function entryName({ id }: Row, { plan, name }: ExportSource, index: number): string {
  return `${name}/${id ?? `${name}-${index}`}.${plan.format === 'cap' ? 'xml' : 'txt'}`
}

const fewest = 3

/** The counties of which too few reports would stand in the file. */
async function fewIn(source: ExportSource): Promise<ReadonlySet<string>> {
  const make = rowMaker({ ...source, few: new Set() })
  const writer = writerOf(source)
  const counts = new Map<string, number>()
  for await (const page of source.pages.pages(filterOf(source.plan), { words: false, timeline: false })) {
    for (const one of page) {
      const row = make(one)
      const county = row?.place.county && countyOf(one.incident.place)
      if (row && county && writer.row(row, 0) !== null) counts.set(county, (counts.get(county) ?? 0) + 1)
    }
  }
  return new Set([...counts].flatMap(([county, count]) => (count < fewest ? [county] : [])))
}

import type { GazetteerData } from '../../workflows/places/gazetteer.ts'
import type { OutlineData } from '../../workflows/places/outline.ts'
import type { Spot } from './build.ts'

/** What is packed: lines of counties by code, their places in that list, named spots, ZIPs and borders. */
export type Load = {
  readonly counties: readonly string[]
  readonly former: readonly string[]
  readonly index: ReadonlyMap<string, number>
  readonly spots: readonly Spot[]
  /** The towns whose people make up those of the counties. */
  readonly settled: readonly Spot[]
  readonly rows: readonly { readonly zip: string; readonly fips: string }[]
  readonly shapes: OutlineData
}

type Head = {
  readonly texts: readonly number[]
  readonly numbers: readonly { readonly width: 1 | 2 | 4; readonly length: number }[]
  readonly scale: readonly [number, number]
  readonly corner: readonly [number, number]
}

/** One buffer: the head's length and the head (JSON), the texts, then the numbers in little-endian columns. */
export function packGazetteer({ counties, former, index, spots, settled, rows, shapes }: Load): Buffer {
  const byKey = [...Map.groupBy(spots, spot => spot.key)].filter(([key]) => key.length > 1).sort(byText)
  const places = byKey.map(([, same]) => merged(same))
  const flat = places.flat()
  const home = (fips: string) => index.get(fips) ?? 0
  const zips = [...new Map(rows.map(row => [row.zip, row.fips]))]
  const populations = new Uint32Array(counties.length)
  for (const { fips, people } of settled) populations[home(fips)] = (populations[home(fips)] ?? 0) + people
  const columns = [
    populations,
    Uint8Array.from(places, same => same.length),
    Uint16Array.from(flat, spot => home(spot.fips)),
    Uint32Array.from(flat, spot => spot.people),
    Uint32Array.from(zips, ([zip]) => Number(zip)),
    Uint16Array.from(zips, ([, fips]) => home(fips)),
    shapes.steps,
    shapes.lengths,
    shapes.shapes,
  ]
  const texts = [counties, former, byKey.map(([key]) => key)].map(lines => Buffer.from(lines.join('\n')))
  const head: Head = {
    texts: texts.map(text => text.length),
    numbers: columns.map(column => ({ width: column.BYTES_PER_ELEMENT as 1 | 2 | 4, length: column.length })),
    scale: shapes.scale,
    corner: shapes.corner,
  }
  const start = Buffer.from(JSON.stringify(head))
  const size = Buffer.alloc(4)
  size.writeUInt32LE(start.length)
  return Buffer.concat([size, start, ...texts, ...columns.map(bytesOf)])
}

/** What `packGazetteer` packed. */
export function unpackGazetteer(packed: Buffer): GazetteerData {
  const begin = 4 + packed.readUInt32LE(0)
  const { texts, numbers, scale, corner } = JSON.parse(packed.toString('utf8', 4, begin)) as Head
  let at = begin
  const take = (length: number) => {
    at += length
    return packed.subarray(at - length, at)
  }
  const [counties = [], former = [], keys = []] = texts.map(length => {
    const text = take(length).toString('utf8')
    return text === '' ? [] : text.split('\n')
  })
  // Copied, so that a column begins where its width wants it and nothing else of the file is kept.
  const columns = numbers.map(({ width, length }) => new Uint8Array(take(width * length)).buffer)
  const [populations, many, homes, people, zips, zipHomes, steps, lengths, shapes] = columns as [
    ArrayBuffer,
    ...ArrayBuffer[],
  ]
  return {
    counties,
    former,
    keys,
    populations: new Uint32Array(populations),
    many: new Uint8Array(many ?? populations),
    homes: new Uint16Array(homes ?? populations),
    people: new Uint32Array(people ?? populations),
    zips: new Uint32Array(zips ?? populations),
    zipHomes: new Uint16Array(zipHomes ?? populations),
    outlines: {
      scale,
      corner,
      steps: new Int32Array(steps ?? populations),
      lengths: new Uint16Array(lengths ?? populations),
      shapes: new Uint16Array(shapes ?? populations),
    },
  }
}

/** Names in one county are one place, with the most people that a source gives it. */
function merged(same: readonly Spot[]): Spot[] {
  const homes = Map.groupBy(same, spot => spot.fips)
  const spots = [...homes.values()].map(group => ({
    ...(group[0] as Spot),
    people: Math.max(...group.map(spot => spot.people)),
  }))
  return spots.sort((one, other) => other.people - one.people || (one.fips < other.fips ? -1 : 1)).slice(0, 255)
}

function byText([one]: [string, unknown], [other]: [string, unknown]): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function bytesOf(column: Uint8Array | Uint16Array | Uint32Array | Int32Array): Buffer {
  return Buffer.from(column.buffer, column.byteOffset, column.byteLength)
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const square = (left: number, bottom: number) => [
  [left, bottom],
  [left + 2, bottom],
  [left + 2, bottom + 2],
  [left, bottom + 2],
  [left, bottom],
]

/** A folder for files of borders, and two islands on either side of the 180th meridian. */
export function boundaryFiles() {
  let folder: string | null = null
  const islands = JSON.stringify({
    type: 'FeatureCollection',
    features: [
      ['North', 178.5, -16],
      ['South', -179.5, -20],
    ].map(([code, left, bottom]) => ({
      type: 'Feature',
      properties: { code, country: 'Islands' },
      geometry: { type: 'Polygon', coordinates: [square(Number(left), Number(bottom))] },
    })),
  })
  return {
    islands,
    write(name: string, text: string | Uint8Array): string {
      folder ??= mkdtempSync(join(tmpdir(), 'hub-borders-'))
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    },
    leave(): void {
      if (folder) rmSync(folder, { recursive: true, force: true })
      folder = null
    },
  }
}

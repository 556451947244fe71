import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'
import type { GazetteerData } from '../workflows/places/gazetteer.ts'
import { unpackGazetteer } from './gazetteer/pack.ts'

/** Reads the compiled gazetteer of the United States (`npm run places:build` makes it) in about ten milliseconds. */
export function loadGazetteer(): GazetteerData {
  return unpackGazetteer(brotliDecompressSync(readFileSync(new URL('./gazetteer/us.bin', import.meta.url))))
}

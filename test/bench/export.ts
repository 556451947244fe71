import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { makeHistory } from './fill.ts'
import { tempFolder } from './folder.ts'
import { atMost, type Bench, compared, type Goal, limited, median, type Result } from './measure.ts'

const long = 1_000_000
const rounds = 3
const mebi = 1_048_576
const names = ['export-million', 'export-memory']
const most: Goal = { text: '<= 200 MiB', met: value => value <= 200 }

/** A million incidents as a file of JSON, written and read back, against bare Node that writes as many bytes. */
export const exportMillion: Bench = {
  names,
  run: wanted => limited(420, 'the export of a million', measure(wanted)),
}

async function* measure(wanted: (name: string) => boolean): AsyncGenerator<Result> {
  using folder = tempFolder()
  const database = join(folder.path, 'long.db')
  await makeHistory(`file:${database}`, folder.path, long, Date.now())
  const ours: number[] = []
  const bare: number[] = []
  const held: number[] = []
  for (let round = 0; round < rounds; round++) {
    const [ms = 0, memory = 0, bytes = 0, rows = 1] = await alone('export.ours.ts', database, folder.path, folder.path)
    const [baseline = 0] = await alone('export.bare.ts', database, folder.path, String(Math.round(bytes / rows)))
    ours.push(ms / 1_000)
    bare.push(baseline / 1_000)
    held.push(memory / mebi)
  }
  const both = { value: median(ours), baseline: median(bare) }
  const note = 'bare Node: the same rows read, parsed and written as as many bytes; not read back'
  if (wanted('export-million')) yield compared('export-million', 's', both, atMost(3), note)
  const memory = { value: median(held), baseline: 200 }
  if (wanted('export-memory')) yield compared('export-memory', 'MiB', memory, most, 'the most it adds while it runs')
}

async function alone(file: string, database: string, folder: string, more: string): Promise<number[]> {
  const target = join(folder, 'out.json')
  rmSync(target, { force: true })
  const script = fileURLToPath(new URL(`./${file}`, import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [script, database, target, more])
  return stdout.trim().split(/\s+/).map(Number)
}

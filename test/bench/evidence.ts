import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { atLeast, type Bench, compared, informed, limited, type Result } from './measure.ts'

const most = 32

/** How fast a film of 100 MB is kept, by the disk's own rate, and what memory that takes. */
export const evidenceIngest: Bench = {
  names: ['evidence-ingest', 'evidence-memory'],
  run: wanted => limited(120, 'evidence', measure(wanted)),
}

async function* measure(wanted: (name: string) => boolean): AsyncGenerator<Result> {
  const file = fileURLToPath(new URL('./evidence.first.ts', import.meta.url))
  const { value, baseline, mebibytes } = JSON.parse(
    execFileSync(process.execPath, ['--expose-gc', file], { encoding: 'utf8' }),
  )
  if (wanted('evidence-ingest')) {
    const note = 'plain writes and fsync of as many bytes'
    yield compared('evidence-ingest', 'MB/s', { value, baseline }, atLeast(0.5), note)
  }
  if (!wanted('evidence-memory')) return
  const note = 'growth while a film of 100 MB is kept'
  const line = informed('evidence-memory', 'MiB', mebibytes, note)
  yield { ...line, goal: `<= ${most}`, ok: mebibytes <= most }
}

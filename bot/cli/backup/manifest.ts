import { z } from 'zod'
import { ConfigError } from '../../../workflows/errors.ts'

/** What an archive says of itself, before all else that is in it. */
export type Manifest = z.output<typeof shape>

const count = z.int().min(0)
const shape = z.object({
  format: z.literal(1),
  program: z.literal('trust-hub'),
  version: z.string(),
  /** What it holds of the database stood so at this moment. */
  madeAt: z.iso.datetime(),
  network: z.string(),
  /** With `postgres`, the database itself is not in it. */
  engine: z.enum(['sqlite', 'postgres']),
  /** Whether it is of a practice workspace, which has a database of its own; those of before do not say. */
  practice: z.boolean().default(false),
  /** The ids of the hub's keys in it, the first of which is in use. */
  keys: z.array(z.string()).min(1),
  incidents: count,
  entries: count,
  files: count,
  bytes: count,
  /** Attached files that were not in their place when it was made. */
  missing: count,
  /** Whether signal-cli's account is in it. */
  signal: z.boolean(),
})

/** The manifest as it stands in an archive. */
export function writtenManifest(manifest: Manifest): Buffer {
  return Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)
}

/** Reads a manifest; @throws ConfigError if it is none, or one of a later format */
export function readManifest(text: string): Manifest {
  const read = shape.safeParse(jsonOf(text))
  if (read.success) return read.data
  throw new ConfigError('This backup was made by another version of the hub, or is none. Use the version that made it.')
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

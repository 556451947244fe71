import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

const room = z.object({ platform: z.enum(['slack', 'discord', 'signal']), address: z.string(), name: z.string() })
const region = z.object({ code: z.string(), name: z.string(), zone: z.string(), state: z.string().nullable() })

const shape = z.object({
  network: z.object({ name: z.string(), zone: z.string(), languages: z.array(z.enum(['en', 'es'])) }).optional(),
  regions: z.array(region).optional(),
  /** Null: this network does not use it. */
  slack: z.object({ botToken: z.string(), appToken: z.string() }).nullable().optional(),
  discord: z.object({ token: z.string() }).nullable().optional(),
  signal: z.object({ apiUrl: z.string(), number: z.string() }).nullable().optional(),
  /** By region code, or by `coordination` and `leadership`. */
  rooms: z.record(z.string(), z.array(room)).optional(),
  strangers: z.enum(['refuse', 'report']).optional(),
})

/** What was answered so far; a part that is absent is still to be asked. */
export type Answers = Readonly<z.output<typeof shape>>
/** A room that was chosen for a region or a purpose. */
export type ChosenRoom = z.output<typeof room>
/** A region as it was answered; `state` null stands for everywhere else. */
export type ChosenRegion = z.output<typeof region>

/** Answers kept in a file that only its owner can read, for they hold tokens. */
export type AnswerFile = {
  readonly load: () => Answers
  readonly save: (answers: Answers) => void
  readonly remove: () => void
}

/** The answers in that file; one that cannot be read is as none. */
export function answerFile(path: string): AnswerFile {
  return {
    load() {
      if (!existsSync(path)) return {}
      try {
        return shape.parse(JSON.parse(readFileSync(path, 'utf8')))
      } catch {
        return {}
      }
    },
    save(answers) {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
      writeFileSync(`${path}.new`, `${JSON.stringify(answers, null, 2)}\n`, { mode: 0o600 })
      renameSync(`${path}.new`, path)
    },
    remove: () => rmSync(path, { force: true }),
  }
}

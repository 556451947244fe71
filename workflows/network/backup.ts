import { z } from 'zod'

/** How the network file says when backups are made, where they lie, and how they leave this machine. */
export type BackupPlan = z.output<ReturnType<typeof backupShape>>

/** How many days backups are kept where the network file says nothing. */
const usualKeep = 14

/** The part of the network file about backups; `zone` is how a time zone is written there. */
export function backupShape(zone: z.ZodType<string>) {
  return z.strictObject(
    {
      /** When one is made each day, by the clock of `zone`, else of the network. */
      at: z
        .string()
        .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, { error: 'is no time of day | Write it like "03:30"' })
        .default('03:30'),
      zone: zone.optional(),
      /** Where they lie; a relative path counts from the folder in which the hub is started. */
      folder: path.optional(),
      /** How many are kept there; older ones are deleted. */
      keep: z.int().min(1).max(1_000).default(usualKeep),
      /** The command that brings one off this machine: a program and its words; no shell reads it. */
      copy: z
        .string()
        .refine(isCopy, { error: issue => copyProblem(String(issue.input)) })
        .optional(),
      /** The folder in which signal-cli keeps its account. */
      signal: path.optional(),
    },
    {
      error: issue => (issue.code === 'unrecognized_keys' ? 'Use at, zone, folder, keep, copy, signal' : undefined),
    },
  )
}

/**
 * A command as a person writes it, in its words: parted at spaces, unless these stand within quotes (either kind).
 * Nothing else means anything. Null if a quote is not closed or no word stands there.
 */
export function wordsOf(command: string): readonly string[] | null {
  const words: string[] = []
  const pattern = /\s*((?:"[^"]*"|'[^']*'|[^\s"'])+)/gy
  let end = 0
  for (let found = pattern.exec(command); found; found = pattern.exec(command)) {
    words.push((found[1] ?? '').replace(/"([^"]*)"|'([^']*)'/g, '$1$2'))
    end = pattern.lastIndex
  }
  return words.length > 0 && command.slice(end).trim() === '' ? words : null
}

const path = z.string().trim().min(1).max(1_000)

const isCopy = (command: string) => copyProblem(command) === undefined

function copyProblem(command: string): string | undefined {
  const words = wordsOf(command)
  if (!words) return 'has a quote that is not closed, or says nothing | Write a program and its words'
  if (words.some(word => word.includes('{file}'))) return undefined
  return 'does not say which file | Put {file} where its path belongs, as in rclone copy {file} remote:hub'
}

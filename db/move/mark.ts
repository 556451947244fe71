/** Where a network went, and when (epoch ms): written into the SQLite file that it left. */
export type Mark = { readonly at: number; readonly to: string }

/** The setting under which it stands there. */
export const markKey = 'moved'

/** What whoever would use such a file is told. */
export function movedAway({ at, to }: Mark): string {
  return (
    `This SQLite file was left on ${new Date(at).toISOString().slice(0, 10)}: the network moved to ${to}. ` +
    'Set DATABASE_URL to that database. To take the file up again as it was then, without what was done since and ' +
    'with what was erased since: npm run -s hub -- migrate back'
  )
}

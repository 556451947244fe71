import type { Store } from '../db/store.ts'
import type { Protocols } from '../workflows/protocol.ts'

/**
 * Keeps the wordings that are in force from now (epoch ms) on, so that runs find theirs whatever becomes of the files.
 * Gives a line for each whose words were changed while its number was not.
 */
export async function keepProtocols(
  { protocols: kept }: Pick<Store, 'protocols'>,
  { current }: Protocols,
  now: number,
): Promise<readonly string[]> {
  return (await kept.keep(current, now)).map(
    ({ id, version }) =>
      `${id} has other words than before, but is still version ${version}. What runs keeps its own words. ` +
      'Give its file the next version number, so that people can tell which one they work by.',
  )
}

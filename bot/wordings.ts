import type { Store } from '../db/store.ts'
import { revOf } from '../workflows/protocol/define.ts'
import type { Protocol, Protocols } from '../workflows/protocol.ts'

/**
 * Keeps the wordings that are in force from now (epoch ms) on, so that runs find theirs whatever becomes of the files.
 * Gives a line for each protocol whose own words were changed while its number was not.
 */
export async function keepProtocols(
  { protocols: kept }: Pick<Store, 'protocols'>,
  { current }: Protocols,
  now: number,
): Promise<readonly string[]> {
  const reworded = await kept.keep(current, now)
  return reworded
    .filter(({ now, before }) => ownWords(now) !== ownWords(before))
    .map(
      ({ now: { id, version } }) =>
        `${id} has other words than before, but is still version ${version}. What runs keeps its own words. ` +
        'Give its file the next version number, so that people can tell which one they work by.',
    )
}

// Gates and closing steps are files of their own: who changes these cannot give the protocols other numbers.
function ownWords(protocol: Protocol): string {
  return revOf({ ...protocol, gates: [], closing: [], roles: [] })
}

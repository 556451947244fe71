import type { Seen, Someone } from '../peers/peer.ts'
import { type Net, until } from './net.ts'

/** What somebody alone reads, once one of their messages says all that. */
export function reads(who: Pick<Someone, 'direct'>, ...words: readonly string[]): Promise<Seen> {
  return until(`"${words.join(' … ')}"`, async () => {
    const all = await who.direct()
    const found = all.findLast(seen => words.every(word => seen.text.includes(word)))
    return { found, instead: all.map(seen => `${seen.text}\n${seen.buttons.join(' | ')}`).join('\n---\n') }
  })
}

/** Waits until Discord knows what can be typed there. */
export async function typable({ peers }: Net): Promise<void> {
  await until('what can be typed on Discord', async () => {
    const { commands, guild } = peers.discord.world
    return { found: commands.get(guild)?.length, instead: 'nothing' }
  })
}

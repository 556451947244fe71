import type { Store } from '../db/store.ts'
import type { Room } from '../workflows/directory.ts'
import type { Interaction } from './platform.ts'

// A message may be answered hours later, a person waits now.
const longest = { message: 10_000, command: 2_000 }
const stepMs = 50

/**
 * Waits where somebody answers a card that platforms show already and the hub has not yet written down: phones may have
 * it seconds before the platform says so to the hub. Else what they wrote would be about nothing.
 */
export async function awaitCard(
  interaction: Interaction,
  room: Room | null,
  { cards }: Pick<Store, 'cards'>,
  pause: (ms: number) => Promise<void>,
): Promise<void> {
  const { type, platform, message } = interaction
  if (!room || !message || (type !== 'message' && type !== 'command')) return
  for (let waited = 0; waited < longest[type]; waited += stepMs) {
    if ((await cards.at(platform, message)) || !(await cards.arriving(room.id))) return
    await pause(stepMs)
  }
}

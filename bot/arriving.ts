import type { Store } from '../db/store.ts'
import type { Room } from '../workflows/directory.ts'
import { PlatformError } from '../workflows/errors.ts'
import type { Interaction } from './platform.ts'

// A message may be answered hours later, a person waits now.
const longest = { message: 10_000, command: 2_000 }
const stepMs = 50
// As long as it may take after an outage until it is known that a card stands.
const putOffFor = 60 * 60_000

/** What somebody wrote may be about a card of which nobody knows yet whether it stands: it is handed over later. */
export class CardUnsettledError extends PlatformError {
  override name = 'CardUnsettledError'

  constructor(platform: string) {
    super(platform, 'it may be about a card that is not known to stand yet', { permanent: false })
  }
}

/** What is needed to wait for a card; `now` in epoch ms. */
type Waiting = {
  readonly store: Pick<Store, 'cards'>
  readonly pause: (ms: number) => Promise<void>
  readonly now: number
}

/**
 * Waits where somebody answers a card that platforms show already and the hub has not yet written down: phones may have
 * it seconds before the platform says so to the hub. Else what they wrote would be about nothing.
 * @throws CardUnsettledError where it takes longer, for instance because the answer was lost, and who handed over what
 * they wrote keeps it
 */
export async function awaitCard(
  interaction: Interaction,
  room: Room | null,
  { store: { cards }, pause, now }: Waiting,
): Promise<void> {
  const { type, platform, message, at } = interaction
  if (!room || !message || (type !== 'message' && type !== 'command')) return
  for (let waited = 0; waited < longest[type]; waited += stepMs) {
    if ((await cards.at(platform, message)) || !(await cards.arriving(room.id))) return
    await pause(stepMs)
  }
  // What is said in the workspace is kept nowhere else, and its cards stand as soon as they are posted.
  const kept = type === 'message' && platform !== 'workspace'
  if (kept && now < at + putOffFor) throw new CardUnsettledError(platform)
}

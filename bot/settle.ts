import type { Reply } from '../commands/command.ts'
import { HubError, StoreError } from '../workflows/errors.ts'
import { phrase } from '../workflows/phrase.ts'
import { plainView } from '../workflows/view.ts'

const pauses = [1, 2, 4, 8, 15, 30, 30, 30].map(seconds => seconds * 1000)

/**
 * Settles a commit whose answer was lost: the same work under the same key is tried again for two minutes, which does
 * it once whether or not the first try had done it. Then the person is told how it ended. Never rejects.
 */
export async function settle(
  work: () => Promise<Reply>,
  tell: (reply: Reply) => Promise<void>,
  { pause, log }: { pause: (ms: number) => Promise<void>; log: { error(context: object, message: string): void } },
): Promise<void> {
  for (const ms of pauses) {
    await pause(ms)
    try {
      return await told(tell, [phrase('hub.settled')], await work())
    } catch (error) {
      if (error instanceof StoreError) continue
      if (!(error instanceof HubError)) log.error({ err: error }, 'a lost answer could not be settled')
      break
    }
  }
  await told(tell, [phrase('hub.not-settled')], null).catch(err => log.error({ err }, 'nobody could be told'))
}

async function told(
  tell: (reply: Reply) => Promise<void>,
  lines: Parameters<typeof plainView>[0],
  reply: Reply | null,
): Promise<void> {
  const view =
    reply?.type === 'view'
      ? { ...reply.view, lines: [...plainView(lines).lines, ...reply.view.lines] }
      : plainView(lines)
  await tell({ type: 'view', view, private: true })
}

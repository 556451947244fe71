import { hash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Boards } from '../../../workflows/board/session.ts'
import type { Env } from '../strict.ts'

/** What tells browsers that their board is another one by now. */
export type News = { readonly listen: (c: Context<Env>, session: string | null) => Promise<Response> }

// Each holds a connection; whoever comes after them reads on without news.
const mostListeners = 200

/**
 * Server-sent events of a board: `changed` when what it shows is otherwise, `ended` when its session is over, and a
 * comment in between, so that a lost connection is noticed. The events carry nothing of the board itself.
 */
export function newsOf({ look, everyMs, logger }: NewsOptions): News {
  let listeners = 0

  return {
    async listen(c, session) {
      if (session === null || listeners >= mostListeners) return c.body(null, session === null ? 204 : 503)
      // A proxy that holds back what is small would hold back all of it.
      c.header('X-Accel-Buffering', 'no')
      return streamSSE(
        c,
        async stream => {
          listeners += 1
          let shown: string | null = null
          const gone = Promise.withResolvers<void>()
          stream.onAbort(gone.resolve)
          try {
            while (!stream.aborted && !stream.closed) {
              const seen = await look(session)
              if (seen.type === 'not-shown') {
                await stream.writeSSE({ event: 'ended', data: '' })
                return
              }
              // The hour at which it was read is no news, but that a minute passed is: what waits has waited longer.
              const { at, ...rest } = seen.board
              const now = digest([rest, Math.floor(at / 60_000), seen.reader.language])
              if (shown === null) await stream.writeSSE({ event: 'open', data: '' })
              else if (now !== shown) await stream.writeSSE({ event: 'changed', data: '' })
              else await stream.write(': \n\n')
              shown = now
              await Promise.race([gone.promise, pause(everyMs, undefined, { ref: false })])
            }
          } finally {
            listeners -= 1
          }
        },
        async err => logger.error({ err }, 'the news of a board broke off'),
      )
    },
  }
}

type NewsOptions = {
  readonly look: Boards['look']
  readonly everyMs: number
  readonly logger: { error(context: { err: unknown }, message: string): void }
}

function digest(value: unknown): string {
  return hash('sha256', JSON.stringify(value))
}

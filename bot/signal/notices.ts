import type { Logger } from 'pino'
import { reasonOf } from '../../workflows/errors.ts'
import { type Phrase, phrase } from '../../workflows/phrase.ts'
import type { Host } from '../platform.ts'
import type { Unheard } from './gap.ts'
import type { Trouble } from './keeper.ts'
import { refusalFor } from './refusal.ts'

/** What coordinators are told about Signal, each thing once an hour or a day, however often it happens. */
export type Notices = {
  /** Also to the rooms themselves, and to people of whom something is expected. Resolves once that is durable. */
  readonly gap: (gap: Unheard) => Promise<void>
  readonly stuck: (trouble: Trouble) => void
  readonly limited: (token: string | null) => void
  readonly partly: (group: string, reasons: readonly string[]) => void
  readonly unreadable: (untrusted: boolean) => void
  readonly account: () => void
  /** Resolves once all that was said is on its way. */
  readonly settled: () => Promise<void>
}

type Options = {
  readonly host: Pick<Host, 'notice' | 'rooms' | 'away'>
  readonly clock: () => number
  readonly log: Pick<Logger, 'error'>
}

/** Makes the notices; that one cannot be given is logged. */
export function createNotices({ host, clock, log }: Options): Notices {
  const inHand = new Set<Promise<void>>()

  function say(key: string, what: Phrase): void {
    const said = host
      .notice(`signal:${key}`, what)
      .catch(error => log.error({ reason: reasonOf(error), about: what.key }, 'a notice about Signal was not given'))
      .finally(() => inHand.delete(said))
    inHand.add(said)
  }

  const today = () => new Date(clock()).toISOString().slice(0, 10)
  const hour = () => new Date(clock()).toISOString().slice(0, 13)
  const now = () => ({ time: { time: clock() } })

  return {
    async gap({ from, until }) {
      await host.away({ from, until })
      const span = { from: { time: from }, until: { time: until } }
      await host.notice(`signal:gap:${from}`, phrase('gateway.gap', span))
    },
    stuck: ({ from, lost }) => {
      const span = { from: { time: from }, until: { time: clock() } }
      say(`stuck:${from}`, lost > 0 ? phrase('gateway.lost', { ...span, count: lost }) : phrase('gateway.stuck', span))
    },
    limited: token =>
      token === null
        ? say(`limited:${hour()}`, phrase('gateway.limited', now()))
        : say(`challenge:${token}`, phrase('gateway.challenge', { ...now(), token: { words: token } })),
    partly: (group, reasons) => {
      const room = host.rooms().find(one => one.address === group)?.name ?? 'Signal'
      for (const [why, count] of counted(reasons)) {
        const said = phrase('gateway.partly', { count, room: { words: room }, why: phrase(`gateway.partly-${why}`) })
        say(`partly:${group}:${why}:${today()}`, said)
      }
    },
    unreadable: untrusted =>
      say(
        `unreadable:${untrusted}:${hour()}`,
        phrase(untrusted ? 'gateway.unreadable-untrusted' : 'gateway.unreadable', now()),
      ),
    account: () => say(`account:${today()}`, phrase('gateway.account', now())),
    settled: async () => {
      await Promise.all(inHand)
    },
  }
}

type Why = 'untrusted' | 'unregistered' | 'other'

function counted(reasons: readonly string[]): ReadonlyMap<Why, number> {
  const counts = new Map<Why, number>()
  for (const reason of reasons) {
    const { type } = refusalFor(reason)
    const why = type === 'untrusted' || type === 'unregistered' ? type : 'other'
    counts.set(why, (counts.get(why) ?? 0) + 1)
  }
  return counts
}

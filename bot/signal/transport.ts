import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { MessageRef } from '../../workflows/delivery.ts'
import { PlatformError, reasonOf } from '../../workflows/errors.ts'
import { phrase } from '../../workflows/phrase.ts'
import { type Reader, say } from '../../workflows/text/say.ts'
import type { View } from '../../workflows/view.ts'
import type { Host, Limited, Platform, Raw } from '../platform.ts'
import { createClient, type SignalSettings, type Waits } from './client.ts'
import { createContacts } from './contact.ts'
import { filesIn } from './frame.ts'
import { createGap } from './gap.ts'
import type { Heard } from './heard.ts'
import { createIdentity } from './identity.ts'
import { createKeeper, type Patience } from './keeper.ts'
import { createLink, type Pace, usualPace } from './link.ts'
import { createNotices } from './notices.ts'
import { createOutgoing } from './outgoing.ts'
import { createPeople } from './people.ts'
import { createReceipts } from './receipts.ts'
import { createVoice, type ToldPicture, type Voice } from './send.ts'
import { createShelf } from './shelf.ts'
import { whoseIs } from './whose.ts'

/** What a view says on Signal: pieces in `styled` mode, and what it is known by. */
export type Written = { readonly pieces: readonly string[]; readonly title: string }

/** What understands people: it is told what was heard and what was posted. */
export type Mind<W extends Written> = {
  /** Does what follows from something heard; rejects to be given it again later. */
  readonly hear: (heard: Heard) => Promise<void>
  /** Remembers what stands on a message, by the name of each of its pieces; `under`: the card it belongs to. */
  readonly posted: (refs: readonly MessageRef[], written: W, under?: MessageRef) => Promise<void>
  /** The first words of a message that was posted, or null. */
  readonly titleOf: (ref: MessageRef) => Promise<string | null>
  /** The messages in which one that was posted goes on. */
  readonly restOf: (ref: MessageRef) => Promise<readonly MessageRef[]>
}

/** How the connection behaves in time, in ms; the rest as usual. */
export type Timing = Partial<Pace> & {
  /** Gaps in hearing shorter than `gap` are not told. */
  readonly gap?: number
  /** How often the last sign of life is kept, and old files and the account are looked at. */
  readonly beat?: number
  readonly sweep?: number
  /** How often receipts are counted. */
  readonly count?: number
  readonly waits?: Waits
  readonly patience?: Patience
  /** How many times sooner than usual more people may be written to first. */
  readonly faster?: number
}

/** What Signal is made of; `write` says a view in its words, `mind` understands what people say. */
export type TransportOptions<W extends Written> = SignalSettings & {
  readonly clock: () => number
  readonly log: Logger
  /** `shape` card: in one piece, however it must be shortened. */
  readonly write: (view: View, reader: Reader, shape?: 'card') => W
  readonly mind: (host: Host, voice: Pick<Voice, 'send' | 'react' | 'picture'>) => Mind<W>
  readonly timing?: Timing
  readonly limited?: Limited
}

const hours = 60 * 60_000
const usual = { gap: 15_000, beat: 5_000, sweep: 10 * 60_000 }
const tellAgainMs = 1000
const longestMs = 60_000

/** Makes Signal as a platform of the hub. Nothing opens before `start`, which does not wait for the connection. */
export function createTransport<W extends Written>(options: TransportOptions<W>): Platform {
  const { number, write } = options
  let running: Running<W> | null = null

  function at(): Running<W> {
    if (running) return running
    throw new PlatformError('signal', 'the hub is not connected yet', {
      permanent: false,
      because: 'down',
      retryAfterMs: 1000,
    })
  }

  return {
    name: 'signal',
    // The official apps take 10 edits within a day; some room is left for those that count otherwise.
    capabilities: { edits: { most: 8, within: 20 * hours }, lookup: false, threads: false },
    async start(host) {
      running = run(options, host)
    },
    async stop() {
      await running?.stop()
      running = null
    },
    async post(to, message) {
      const { voice, remember, receipts, later } = at()
      const { key, reader, card, urgent = false } = message
      const view = voice.doubted(key) ? perhapsTwice(message.view) : message.view
      const written = write(view, reader, card ? 'card' : undefined)
      const refs = await voice.say(to, written.pieces, { key, urgent }).catch(error => {
        if (written.pieces.length === 1) receipts.lost(key, to, error)
        throw error
      })
      const [first] = refs
      if (!first) throw new PlatformError('signal', 'a message without words', { permanent: true })
      await receipts.posted(key, refs)
      await remember(refs, written, to.type === 'thread' ? to.under : undefined)
      // The words are out: nobody waits for their picture.
      const { image } = message
      const told: ToldPicture = what => say(phrase(`picture.${what}`, { alt: { words: image?.alt ?? '' } }), reader)
      if (image) later(voice.picture(to, image, { key, urgent }, told))
      return first
    },
    async edit(message, to) {
      const { voice, remember, removeRest } = at()
      const written = write(to.view, to.reader, to.whole ? undefined : 'card')
      const [text, ...more] = written.pieces
      if (text === undefined || more.length > 0) {
        const how = { permanent: true, because: 'stale' } as const
        throw new PlatformError('signal', 'what a message should show now is too long for one', how)
      }
      await voice.change(message, text)
      await removeRest(message)
      await remember([message], written)
    },
    async remove(message) {
      const { voice, removeRest } = at()
      await removeRest(message)
      await voice.remove(message)
    },
    fetch: async (source, limit) => at().shelf.fetch(source, limit),
    release: async source => at().shelf.release(source),
    handle: async raw => at().handle(raw),
    whose: raw => whoseIs(raw, number),
    connection: () =>
      running?.connection() ?? { state: 'off', since: options.clock(), problem: `${number} is not used` },
    find: async () => null,
  }
}

function perhapsTwice(view: View): View {
  return { ...view, lines: [{ type: 'note', text: phrase('delivery.twice') }, ...view.lines] }
}

type Running<W extends Written> = ReturnType<typeof run<W>>

function run<W extends Written>(options: TransportOptions<W>, host: Host) {
  const { number, clock, log, timing = {} } = options
  const pace = { ...usualPace, ...timing }
  const { gap: least, beat, sweep } = { ...usual, ...timing }
  const stopping = new AbortController()
  const inHand = new Set<Promise<void>>()
  let lossy = false

  const receipts = createReceipts({
    ...{ number, counter: host.receipts, clock, log },
    ...(timing.count === undefined ? {} : { everyMs: timing.count }),
  })
  const client = receipts.watch(createClient(options, timing.waits))
  const notices = createNotices({ host, clock, log })
  const people = createPeople(host.memory)
  const shelf = createShelf(client, host.memory, clock, log)
  const gap = createGap({ memory: host.memory, clock, least, beat, tell: notices.gap })
  const limited = (token: string | null) => {
    options.limited?.('refused')
    notices.limited(token)
  }
  const outgoing = createOutgoing(client, clock, { ...notices, limited }, host.single)
  const identity = createIdentity({ client, memory: host.memory, number, log, missing: notices.account })
  const { patience } = timing
  const { keep } = host
  const keeper = createKeeper({
    keep,
    clock,
    log,
    over: notices.stuck,
    stir: receipts.take,
    ...(patience ? { patience } : {}),
  })
  const titleOf = (ref: MessageRef) => mind.titleOf(ref)
  const contacts = createContacts(host.memory, clock, timing.faster)
  const rest = (ms: number) => sleep(ms, undefined, { signal: stopping.signal, ref: false })
  const voice = createVoice({ number, client, outgoing, people, contacts, titleOf, clock, pause: rest, log })
  const mind = options.mind(host, voice)
  const link = createLink({
    settings: options,
    client,
    clock,
    log,
    pace,
    frame: keeper.take,
    alive: () => lossy && gap.alive(),
    up(losing) {
      lossy = losing
      if (lossy) later(opened())
      later(identity.settle())
    },
    down(heardUntil) {
      if (lossy) later(gap.closed(heardUntil))
    },
  })

  function later(work: Promise<void>): void {
    const done = work
      .catch(error => log.warn({ reason: reasonOf(error) }, 'something about the connection to Signal was not kept'))
      .finally(() => inHand.delete(done))
    inHand.add(done)
  }

  /** What cannot be told now is told as soon as it can. */
  async function opened(): Promise<void> {
    for (let wait = tellAgainMs; ; wait = Math.min(longestMs, wait * 2)) {
      const told = await gap.opened().then(
        () => true,
        error => void log.warn({ reason: reasonOf(error) }, 'a gap in hearing Signal could not be told yet'),
      )
      if (told || stopping.signal.aborted) return
      await sleep(wait, undefined, { signal: stopping.signal, ref: false }).catch(() => {})
    }
  }

  /** Takes away the messages in which one goes on, as what it was made of is to be read no more. */
  async function removeRest(message: MessageRef): Promise<void> {
    for (const rest of await mind.restOf(message)) await voice.remove(rest)
  }

  async function remember(refs: readonly MessageRef[], written: W, under?: MessageRef): Promise<void> {
    // It stands there: sending it again would be worse than numbers that are not known.
    await mind
      .posted(refs, written, under)
      .catch(error => log.error({ err: error }, 'what was posted is not remembered'))
  }

  async function understand(raw: Raw): Promise<void> {
    const heard = await identity.read(raw.body)
    if (!heard || heard.type === 'nothing') return
    if (heard.type === 'unreadable') {
      log.warn({ untrusted: heard.untrusted }, 'a message from Signal could not be decrypted')
      notices.unreadable(heard.untrusted)
      return
    }
    if (heard.group === null) await contacts.met(await people.accountOf(heard.account))
    await shelf.came(filesIn(raw.body))
    if (heard.type === 'text' && heard.once) for (const id of filesIn(raw.body)) await shelf.release(id)
    const { keptAt } = raw
    await mind.hear({ ...(await people.known(heard)), ...(keptAt === undefined ? {} : { keptAt }) })
  }

  const sweeping = setInterval(() => {
    later(shelf.sweep())
    if (link.connection().state === 'up') later(identity.settle())
  }, sweep)
  const listening = link.run(stopping.signal)

  return {
    voice,
    shelf,
    receipts,
    later,
    remember,
    removeRest,
    handle(raw: Raw): Promise<void> {
      const done = understand(raw)
      const counted = done.catch(() => {}).finally(() => inHand.delete(counted))
      inHand.add(counted)
      return done
    },
    connection() {
      const stuck = keeper.stuckSince()
      if (stuck !== null) return { state: 'down', since: stuck, problem: 'what comes cannot be kept' } as const
      const problem = identity.problem()
      return problem === null ? link.connection() : { ...link.connection(), state: 'down' as const, problem }
    },
    async stop() {
      clearInterval(sweeping)
      const wasUp = link.connection().state === 'up'
      stopping.abort()
      await listening
      if (wasUp && lossy) await gap.closed(clock()).catch(() => {})
      await keeper.settled()
      await receipts.stop()
      while (inHand.size > 0) await Promise.all(inHand)
      await outgoing.stop()
      await notices.settled()
    },
  }
}

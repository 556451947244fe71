import { type Directory, regionName } from '../directory.ts'
import type { BroadcastId, MessageId, RegionCode } from '../ids.ts'
import type { MessageUse } from '../library.ts'
import type { Handout, Messenger } from '../messenger.ts'
import { type Phrase, phrase } from '../phrase.ts'
import { plain } from '../spoken.ts'

/** Words that are about to be handed over: of which message or broadcast, to whom, for which region. */
export type Handing = {
  readonly message: MessageId | null
  readonly broadcast: BroadcastId | null
  readonly messenger: Messenger
  readonly region: RegionCode | null
}

/** What was handed and sent before. */
export type Before = {
  readonly handouts: readonly Handout[]
  readonly uses: readonly MessageUse[]
  readonly messengers: readonly Messenger[]
}

/** How far back (ms) words count as said lately. */
export const latelyMs = 7 * 24 * 60 * 60_000

/** Where the same words went before, so that nobody hears them over and over: to them, their community and region. */
export function repeats({ message, broadcast, messenger, region }: Handing, before: Before, at: At): readonly Phrase[] {
  const { now, directory } = at
  const same = before.handouts.filter(one => (message === null ? one.broadcast === broadcast : one.message === message))
  const own = same.find(one => one.messenger === messenger.id)
  const lately = same.filter(one => one.at > now - latelyMs && one.messenger !== messenger.id)
  const near = lately.find(one => {
    const other = before.messengers.find(({ id }) => id === one.messenger)
    return other !== undefined && other.community !== '' && plain(other.community) === plain(messenger.community)
  })
  const through = before.messengers.find(({ id }) => id === near?.messenger)
  const here = new Set(lately.filter(one => region !== null && one.region === region).map(one => one.messenger))
  const sent = before.uses.find(one => one.broadcast !== null && one.handout === null && one.at > now - latelyMs)
  const alias = { words: messenger.alias }
  return [
    ...(own ? [phrase('kit.repeat-self', { alias, time: { date: own.at } })] : []),
    ...(near && through
      ? [phrase('kit.repeat-community', { alias: { words: through.alias }, time: { date: near.at } })]
      : []),
    ...(here.size > 0 && region !== null
      ? [phrase('kit.repeat-region', { count: here.size, region: regionName(directory, region) })]
      : []),
    ...(sent ? [phrase('kit.repeat-broadcast', { id: sent.broadcast ?? '', time: { date: sent.at } })] : []),
  ]
}

/** The messengers in the order in which to ask them: whose voice and region fit, and who was asked longest ago. */
export function inTurn(
  messengers: readonly Messenger[],
  fits: (one: Messenger) => boolean,
  handouts: readonly Handout[],
): readonly Messenger[] {
  const last = (one: Messenger) => handouts.find(({ messenger }) => messenger === one.id)?.at ?? 0
  return messengers.toSorted(
    (a, b) => Number(fits(b)) - Number(fits(a)) || last(a) - last(b) || (a.alias < b.alias ? -1 : 1),
  )
}

type At = { readonly now: number; readonly directory: Directory }

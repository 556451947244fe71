import type { Broadcast } from '../../broadcast.ts'
import { exercise } from '../../drill/mark.ts'
import { type Phrase, phrase } from '../../phrase.ts'
import { toolName } from '../../sight.ts'
import { type Line, plainView, type View } from '../../view.ts'
import { broadcastButton } from '../screen/button.ts'
import { deliveryButton } from './ledger.ts'
import { byPlatform, counted, type Progress, shareOf } from './share.ts'
import type { Speed } from './speed.ts'

/** What the live message shows: how it comes on, and how fast; `whole`: its title may be read there. */
export type Shown = Progress & { readonly speed: Speed; readonly now: number; readonly whole: boolean }

/**
 * The live message about a broadcast: how far it has come first, then where, how fast and until when, and what needs
 * somebody. It counts nothing down: hours only.
 */
export function progressView(shown: Shown): View {
  const { broadcast, whole } = shown
  const { id, plan } = broadcast
  const title = whole && plan.title ? phrase('progress.title', { id, title: { words: plan.title } }) : { words: id }
  return {
    tone: 'plain',
    title,
    lines: [
      { type: 'strong', text: headOf(broadcast) },
      ...helpLines(shown),
      { type: 'strong', text: phrase('progress.bar', barOf(shown)) },
      ...countLines(shown),
      ...speedLines(shown),
      ...careLines(shown),
      { type: 'note', text: phrase('progress.as-of', { time: { time: shown.now } }) },
    ],
    buttons: buttonsOf(broadcast),
  }
}

/** What is told once it has ended if somebody has not got it, or may not; null where all have. */
export function missedView({ broadcast, tally }: Progress): View | null {
  const count = counted(tally, ['failed', 'unsure', 'unreachable', 'kept'])
  if (count === 0) return null
  const { id, drill } = broadcast
  const view = plainView([phrase('progress.missed', { id, count })], [deliveryButton(id)])
  return drill === undefined ? view : exercise(view)
}

/** Changes whenever the message has something else to show, but for the hour. */
export function progressMark(shown: Progress): string {
  const { broadcast, tally } = shown
  return JSON.stringify([broadcast.seq, tally.people, tally.rooms, tally.platforms, tally.answers, tally.wrote])
}

/** The same for where a message can be changed a few times only: at every quarter, and when it stands or ends. */
export function progressStep(shown: Progress): string {
  const { done, all } = shareOf(shown)
  return `${shown.broadcast.state}:${all === 0 ? 0 : Math.floor((4 * done) / all)}`
}

function headOf({ state, startedAt, endedAt, plan }: Broadcast): Phrase {
  const since = { time: startedAt ?? 0 }
  const at = { time: endedAt ?? 0 }
  switch (state) {
    case 'paused':
      return phrase('progress.paused', { since })
    case 'sent':
      return minuteOf(startedAt) === minuteOf(endedAt)
        ? phrase('progress.sent-at', { at })
        : phrase('progress.sent', { since, at })
    case 'cancelled':
      return phrase('progress.cancelled', { at })
    case 'expired':
      return phrase('progress.expired', { at })
    default:
      return phrase(`progress.going-${plan.urgency}`, { since })
  }
}

const bars = 16
const minuteOf = (at: number | null) => Math.floor((at ?? 0) / 60_000)

/** A bar of blocks, with what it says in numbers beside it: nobody has to see it. */
function barOf(shown: Progress) {
  const { done, all, have, roomsHave } = shareOf(shown)
  // Of what was stopped before its end, it shows how many have it.
  const stopped = shown.broadcast.state === 'cancelled' || shown.broadcast.state === 'expired'
  const share = all === 0 ? 1 : (stopped ? have + roomsHave : done) / all
  // Full only when all is done.
  const full = share === 1 ? bars : Math.min(bars - 1, Math.floor(share * bars))
  const percent = share === 1 ? 100 : Math.min(99, Math.floor(share * 100))
  return { bar: { words: '█'.repeat(full) + '░'.repeat(bars - full) }, percent }
}

function countLines(shown: Progress): readonly Line[] {
  const { have, people, rooms, roomsHave } = shareOf(shown)
  const each = byPlatform(shown.tally).map(({ platform, have: some, all }) =>
    phrase('progress.on', { tool: toolName(platform), have: some, all }),
  )
  return [
    text(phrase('progress.people', { have, count: people })),
    ...(rooms > 0 ? [text(phrase('progress.rooms', { have: roomsHave, count: rooms }))] : []),
    ...(each.length > 1 ? [text(phrase('progress.tools', { each }))] : []),
  ]
}

function speedLines({ broadcast, speed }: Shown): readonly Line[] {
  if (broadcast.state !== 'sending') return []
  const held = speed.held.map(
    ({ platform, since, until }): Line =>
      text(
        until === null
          ? phrase('progress.held', { tool: toolName(platform), since: { time: since } })
          : phrase('progress.held-until', { tool: toolName(platform), since: { time: since }, until: { time: until } }),
      ),
  )
  if (speed.perMinute === 0) return held
  const rate = phrase('progress.rate', { count: speed.perMinute })
  const line = speed.doneAt === null ? rate : phrase('progress.done-about', { rate, time: { time: speed.doneAt } })
  return [text(line), ...held]
}

/** Who needs help stands above all counts. */
function helpLines({ tally }: Progress): readonly Line[] {
  const count = tally.answers.help ?? 0
  return count > 0 ? [strong(phrase('progress.help', { count }))] : []
}

/** What somebody may have to do something about: who has not got it, who is silent, what was corrected. */
function careLines({ broadcast, tally, amended }: Progress): readonly Line[] {
  const none = counted(tally, ['failed', 'unreachable', 'kept'])
  const unsure = counted(tally, ['unsure'])
  const stopped = counted(tally, ['stopped'])
  const dropped = counted(tally, ['dropped'])
  const answers = Object.values(tally.answers).reduce<number>((sum, count) => sum + (count ?? 0), tally.wrote)
  const asked = broadcast.plan.answer.type !== 'none'
  const last = broadcast.corrections.at(-1)
  const how = last && amended ? { done: amended.done, count: amended.all, time: { time: last.at } } : null
  return [
    ...(asked ? [text(phrase('progress.answers', { count: answers, silent: tally.silent }))] : []),
    ...(none > 0 ? [text(phrase('progress.none', { count: none }))] : []),
    ...(unsure > 0 ? [text(phrase('progress.unsure', { count: unsure }))] : []),
    ...(stopped > 0 ? [text(phrase('progress.stopped', { count: stopped }))] : []),
    ...(dropped > 0 ? [text(phrase('progress.dropped', { count: dropped }))] : []),
    ...(last && how ? [text(phrase(last.recall ? 'progress.recalled' : 'progress.corrected', how))] : []),
  ]
}

function buttonsOf(broadcast: Broadcast): View['buttons'] {
  const { id, state, seq } = broadcast
  const steer = (press: 'pause' | 'resume' | 'cancel') => broadcastButton(press, id, seq)
  const going = state === 'sending' ? [steer('pause'), steer('cancel')] : []
  const paused = state === 'paused' ? [steer('resume'), steer('cancel')] : []
  return [...going, ...paused, broadcastButton('see', id), deliveryButton(id)]
}

const text = (said: Phrase): Line => ({ type: 'text', text: said })
const strong = (said: Phrase): Line => ({ type: 'strong', text: said })

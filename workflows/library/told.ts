import { hasRole } from '../directory.ts'
import { type Handout, type Reception, receptions } from '../messenger.ts'
import type { Actor } from '../permission.ts'
import { phrase } from '../phrase.ts'
import type { Read } from '../ports.ts'
import { plain } from '../spoken.ts'
import { buttonId, plainView, type View } from '../view.ts'
import type { LibraryDeed } from './deed.ts'
import { mayWorkWith, outcomeText } from './roster.ts'

/** How words were received, by how many, and what was said. */
export type Told = { readonly how: Reception; readonly reach: number | null; readonly note: string | null }

type Asked = { readonly read: Pick<Read, 'library' | 'messengers' | 'broadcasts'>; readonly actor: Actor }

/** True for the messenger, for whoever hands it on to them, for whoever handed it over, and their coordinators. */
export async function mayTell(handout: Handout, { read, actor }: Asked): Promise<boolean> {
  if (handout.by === actor.id) return true
  const messenger = await read.messengers.find(handout.messenger)
  if (!messenger) return hasRole(actor, 'leader')
  return messenger.person === actor.id || messenger.through === actor.id || mayWorkWith(actor, messenger)
}

/** What was typed or pressed: how it went first, then how many heard it, then what they said; null if it is none. */
export function readTold(words: string): Told | null {
  const [, first = '', rest = ''] = /^\s*(\S+)\s*([\s\S]*)$/.exec(words) ?? []
  const how = isReception(first) ? first : ways.get(plain(first))
  if (!how) return null
  const [, count, note = ''] = /^(?:(\d{1,6})(?:\s+|$))?([\s\S]*)$/.exec(rest.trim()) ?? []
  return { how, reach: count ? Number(count) : null, note: note.trim() === '' ? null : note.trim() }
}

/** Keeps what was told with what was handed out, and thanks for it. */
export async function telling(
  handout: Handout,
  { how, reach, note }: Told,
  { read }: Asked,
): Promise<{ readonly deed: LibraryDeed; readonly view: View }> {
  const { id } = handout
  const messenger = await read.messengers.find(handout.messenger)
  const message = handout.message && (await read.library.find(handout.message))
  const broadcast = handout.broadcast && (await read.broadcasts.find(handout.broadcast))
  const named = broadcast ? { en: broadcast.plan.title, es: broadcast.plan.title } : null
  const title = named ?? (message ? message.newest.title : { en: id, es: id })
  const outcome = outcomeText({ received: how, reach })
  const said = how === 'badly' ? phrase('kit.recorded-badly') : phrase('kit.recorded', { id, outcome })
  const more = note === null ? [{ id: buttonId('received', id), label: phrase('kit.button-note') }] : []
  return {
    deed: { type: 'receive', id, received: how, reach, note, about: { handout, messenger, title } },
    view: plainView([said], more),
  }
}

/** True for the name of a way in which words are received. */
export function isReception(word: string): word is Reception {
  return receptions.some(one => one === word)
}

const ways: ReadonlyMap<string, Reception> = new Map([
  ...(['good', 'ok', 'bien', '1'] as const).map(word => [word, 'well'] as const),
  ...(['doubts', 'dudas', 'regular', '2'] as const).map(word => [word, 'mixed'] as const),
  ...(['bad', 'mal', '3'] as const).map(word => [word, 'badly'] as const),
  ...(['not', 'no', '4'] as const).map(word => [word, 'not-said'] as const),
])

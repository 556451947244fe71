import type { Store } from '../db/store.ts'
import { messageView, type Reading } from '../workflows/broadcast/message/view.ts'
import type { ReaderOf } from '../workflows/broadcast/message/words.ts'
import { type Broadcast, type BroadcastPost, readBroadcastPost } from '../workflows/broadcast.ts'
import { phrase } from '../workflows/phrase.ts'
import type { Viewer } from '../workflows/sight.ts'
import type { Line, View } from '../workflows/view.ts'
import { stopFooter } from '../workflows/wish.ts'

/** True for a post whose words lie in a broadcast, and are taken from there when it goes out. */
export function isCast(key: string): boolean {
  return readBroadcastPost(key) !== null
}

/**
 * What such a post says to that reader as the broadcast stands now: words lie there alone, and whoever gets it late
 * gets the newest ones. `how` where they come to read it in another way than by that post itself. Null if it says
 * nothing.
 */
export async function castNow(key: string, to: Viewer, store: Store, how?: Reading): Promise<View | null> {
  const cast = readBroadcastPost(key)
  if (!cast) return null
  const [broadcast, row] = await Promise.all([store.broadcasts.find(cast.id), store.amends.reader(cast.id, cast.to)])
  if (!broadcast) return null
  const directory = store.roster.directory()
  const reader = readerOf(broadcast, to, row ?? { region: null, language: directory.languages[0] ?? 'en' })
  const view = messageView(broadcast, reader, directory, how ?? (cast.wave > 0 ? 'anew' : 'first'))
  if (cast.nudge !== null && !how) return isTakenBack(broadcast) || !view ? null : reminded(view, cast, store)
  if (!view || 'purpose' in to || cast.wave > 0 || isTakenBack(broadcast)) return view
  const { lines, buttons } = stopFooter(broadcast.plan.urgency === 'life-safety', to.through === 'signal')
  return { ...view, lines: [...view.lines, ...lines], buttons: [...view.buttons, ...buttons] }
}

/** The same words once more, for who is silent still; whoever has answered meanwhile is left in peace. */
async function reminded(view: View, { id, to }: BroadcastPost, store: Store): Promise<View | null> {
  if (!(await store.answers.isSilent(id, to))) return null
  const lead: readonly Line[] = [
    { type: 'strong', text: phrase('answer.nudge-title') },
    { type: 'note', text: phrase('answer.nudge-of', { id }) },
  ]
  return { ...view, lines: [...lead, ...view.lines] }
}

function isTakenBack({ corrections }: Broadcast): boolean {
  return corrections.at(-1)?.recall === true
}

/** In the language that they read now, if there are words in it. */
function readerOf({ plan }: Broadcast, to: Viewer, row: Pick<ReaderOf, 'region' | 'language'>): ReaderOf {
  if ('purpose' in to) return { person: null, room: to.id, region: row.region, language: to.language ?? row.language }
  const { id } = to.person
  const reads = 'languages' in to.person ? (to.person.languages as readonly ReaderOf['language'][]) : []
  const language = reads.find(one => plan.words[one]?.trim()) ?? row.language
  return { person: id, room: null, region: row.region, language }
}

import type { BulletinChange, BulletinDeed, BulletinId } from '../bulletin.ts'
import type { Post } from '../change.ts'
import { type Directory, roomsFor } from '../directory.ts'
import type { PersonId } from '../ids.ts'
import { type Phrase, phrase } from '../phrase.ts'
import { buttonId, plainView, type View } from '../view.ts'
import { planText } from './wording.ts'

/**
 * Who hears of a bulletin: coordination and leadership are asked for a second person; whoever asked hears what was
 * decided, and once it is approved gets it as messages that can be passed on, picture and all.
 */
export function bulletinPosts({ do: deed, by, made }: BulletinChange, directory: Directory): readonly Post[] {
  if (deed.type !== 'ask') return settledPosts(deed, by, directory)
  if (made === null) return []
  const said = phrase('bulletin.asked', { person: { person: by }, id: made, what: planText(deed.plan, directory) })
  const look = {
    id: buttonId('sitrep', made, 'look'),
    label: phrase('bulletin.button-look'),
    style: 'primary',
  } as const
  const rooms = new Map(
    [...roomsFor(directory, 'coordination'), ...roomsFor(directory, 'leadership')].map(room => [room.id, room]),
  )
  return [...rooms.keys()].map(room => ({
    ...of(`bulletin:${made}:asked:${room}`, plainView([said], [look])),
    to: { room },
    author: by,
  }))
}

function settledPosts(
  { type, of: bulletin }: Extract<BulletinDeed, { type: 'approve' | 'refuse' }>,
  settler: PersonId,
  directory: Directory,
): readonly Post[] {
  const { id, by, platform, views } = bulletin
  const accounts = directory.people.get(by)?.accounts ?? []
  const account = accounts.find(one => one.platform === platform) ?? accounts[0]
  if (!account) return []
  const params = { person: { person: settler }, id }
  const tell = (said: Phrase) => ({ ...of(`bulletin:${id}:${type}`, plainView([said])), to: { account: account.id } })
  if (type === 'refuse') return [tell(phrase('bulletin.refused', params))]
  return [
    tell(phrase('bulletin.approved', params)),
    ...views.map((view, part) => ({ ...of(handedKey(id, part), view), to: { account: account.id } })),
  ]
}

/** The key of one of the messages in which a bulletin is handed over. */
function handedKey(id: BulletinId, part: number): string {
  return `bulletin:${id}:handed:${part}`
}

function of(key: string, view: View) {
  return { key, incident: null, thread: false, lane: 'talk', view } as const
}

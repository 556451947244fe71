import type { Replayed } from '../../../db/replay.ts'
import type { LeftOpen } from '../../../db/returned.ts'
import { count } from '../terminal.ts'

/** What of the erasure lists was done over, or that there were none. */
export function replayLines(
  { people, files, entries, strange, until }: Replayed,
  lists: readonly string[],
  stoodAt: number,
): string[] {
  if (lists.length === 0 || until === null) {
    return [
      'WARNING: there was no list of what was erased since. Whoever was erased, and whatever was withdrawn, after',
      `${moment(stoodAt)} can be read again. Find the newest hub.erasures, and run this again with --erasures FILE.`,
    ]
  }
  return [
    `Erased anew: ${count(people, 'person', 'people')}, ${count(files, 'file')}, ` +
      `the words of ${count(entries, 'entry', 'entries')}. The list goes up to ${moment(until)}.`,
    'What was erased after that is not on it: erase it again.',
    ...(strange > 0
      ? [`WARNING: ${count(strange, 'line')} of the list are not of this database, or were cut short.`]
      : []),
  ]
}

/** What whoever runs the hub must know of a database from before. */
export function openLines({ messages, codes, broadcasts }: LeftOpen & { readonly broadcasts: number }): string[] {
  return [
    'What was reported and done after that is not in it; what stands in chat stands there still. The coordinators are',
    'told when the hub starts. People, roles and blocks are those of then: whoever was let go since is in again.',
    ...(messages > 0
      ? [
          `${count(messages, 'message')} had not gone out then, and may have since: each is looked up, or asked`,
          'about in /delivery, before it is sent.',
        ]
      : []),
    ...(broadcasts > 0
      ? [
          `${count(broadcasts, 'broadcast')} may have gone on since: those under way are paused, those whose hour is`,
          'over wait to be approved again. Look who has them before you go on: /broadcast.',
        ]
      : []),
    ...(codes > 0 ? [`${count(codes, 'code')} that let people in hold no longer: give new ones.`] : []),
    'New incidents take numbers from the next thousand on, so that none is given twice.',
  ]
}

/** A moment as it stands in what a command says. */
export function moment(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

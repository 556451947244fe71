import type { Happening } from '../agenda.ts'
import type { Directory, Language } from '../directory.ts'
import type { PersonId } from '../ids.ts'

/** What somebody's calendar holds now, in their language, as it may lie outside the network. */
export type Feed = {
  readonly happenings: readonly Happening[]
  readonly language: Language
  readonly directory: Directory
}

/** Calendars of what is to come, each behind the one link of one person. */
export type Feeds = {
  /**
   * Makes somebody's link, in place of the one before, and until when it works (epoch ms); null where what is read on
   * the way could be read by others.
   */
  readonly link: (person: PersonId, now: number) => Promise<{ readonly url: string; readonly until: number } | null>
  /** What the calendar behind that secret holds; null where it is none, or its person may not read it any more. */
  readonly find: (secret: string) => Promise<Feed | null>
}

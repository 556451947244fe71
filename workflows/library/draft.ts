import { blankPlan } from '../broadcast/plan.ts'
import { broadcastButton } from '../broadcast/screen/button.ts'
import type { LocalText, Plan } from '../broadcast.ts'
import type { Language } from '../directory.ts'
import type { BroadcastId } from '../ids.ts'
import { type KeptMessage, wordingFor } from '../library.ts'
import { phrase } from '../phrase.ts'
import { plainView, type View } from '../view.ts'
import { inLanguage } from './say.ts'

/** The plan of a broadcast with those words, or with the message's own for the network. */
export function planWith(message: KeptMessage, words: LocalText | null, language: Language): Plan {
  const { id, version, title, situation } = message
  const own = wordingFor(message, words ? 'public' : 'network')
  return blankPlan({
    title: inLanguage(title, language).words,
    words: words ?? own?.words ?? {},
    // Words for people outside are approved as such, whoever is sent them.
    public: own !== null && own.for !== 'network',
    from: { message: id, version },
    urgency: situation === 'safety' ? 'urgent' : 'routine',
  })
}

/** What whoever made a draft of a message reads, with the way to it. */
export function draftedView({ state }: KeptMessage, id: BroadcastId): View {
  const unapproved = state === 'approved' ? [] : [phrase('library.draft-unapproved')]
  return plainView([phrase('library.draft-made', { id }), ...unapproved], [broadcastButton('see', id)])
}

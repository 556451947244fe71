import type { Entry } from './event.ts'
import type { Identity } from './held.ts'
import type { Incident } from './incident.ts'
import { phrase } from './phrase.ts'
import type { Line, View } from './view.ts'

/**
 * What whoever opened a name reads, once: the name, how to reach the person, and how to do it safely. It is never kept.
 */
export function identityView({ id, reporter }: Incident, identity: Identity | null, entries: readonly Entry[]): View {
  const safe = identity ? safeContacts(entries, identity.person) : []
  const lines: (Line | false)[] = identity
    ? [
        {
          type: 'text',
          text: phrase('privacy.opened-who', { person: { person: identity.person }, name: words(identity.name) }),
        },
        ...safe.map(
          (contact): Line => ({ type: 'strong', text: phrase('privacy.opened-safe', { contact: words(contact) }) }),
        ),
        identity.contact !== null && {
          type: 'strong',
          text: phrase('privacy.opened-contact', { contact: words(identity.contact) }),
        },
        ...identity.accounts.map(
          ({ platform, address }): Line => ({
            type: 'text',
            text: phrase('privacy.opened-account', {
              platform: phrase(`sight.tool-${platform}`),
              address: words(address),
            }),
          }),
        ),
        { type: 'note', text: phrase('privacy.opened-mind') },
      ]
    : [{ type: 'text', text: phrase('privacy.opened-nobody', { id }) }]
  return {
    tone: 'plain',
    title:
      identity && identity.person !== reporter
        ? phrase('headcount.reach-title', { person: { person: identity.person } })
        : phrase('privacy.opened-title', { id }),
    lines: lines.filter(one => one !== false),
    buttons: [],
  }
}

function safeContacts(entries: readonly Entry[], person: string): readonly string[] {
  return entries.flatMap(({ by, words }) => (by === person && words?.safeContact ? [words.safeContact] : [])).slice(-1)
}

const words = (text: string | null) => ({ words: text ?? '-' })

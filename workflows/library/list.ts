import type { Language } from '../directory.ts'
import { isStale, type Shelved, situations } from '../library.ts'
import { type Phrase, phrase } from '../phrase.ts'
import { type Button, buttonId, type Line, type View } from '../view.ts'
import { inLanguage } from './say.ts'

/** Whose list it is: which page, in which language, and whether they work on messages or only read approved ones. */
export type ListReader = {
  readonly page: number
  readonly language: Language
  readonly works: boolean
  readonly now: number
}

/** How many stand on a page; with a button each they fill one message of the tightest platform. */
export const pageSize = 8

/** The prepared messages by situation, a page of them; what is stale, a sample or not approved is marked. */
export function libraryView(all: readonly Shelved[], { page, language, works, now }: ListReader): View {
  const seen = works ? all : all.filter(one => one.approved !== null)
  const sorted = seen.toSorted(
    (a, b) => situations.indexOf(a.newest.situation) - situations.indexOf(b.newest.situation) || (a.id < b.id ? -1 : 1),
  )
  const start = (page - 1) * pageSize
  const shown = sorted.slice(start, start + pageSize)
  const lines = shown.flatMap((one, index): Line[] => {
    const { situation } = one.newest
    const heading: Line[] =
      shown[index - 1]?.newest.situation === situation
        ? []
        : [{ type: 'strong', text: phrase(`library.situation-${situation}`) }]
    return [...heading, { type: 'item', text: lineOf(one, works, language, now), button: openButton(one.id) }]
  })
  const none = phrase(works ? 'library.none' : 'library.none-approved')
  const more: Button = { id: buttonId('library', '', `page.${page + 1}`), label: phrase('library.more') }
  return {
    tone: 'plain',
    title: phrase('library.title'),
    lines:
      lines.length > 0 ? [...lines, { type: 'note', text: phrase('library.how') }] : [{ type: 'text', text: none }],
    buttons: [
      ...(sorted.length > start + pageSize ? [more] : []),
      ...(works ? [{ id: buttonId('wording'), label: phrase('library.button-new') }] : []),
    ],
  }
}

/** The button that opens a message. */
export function openButton(id: string): Button {
  return { id: buttonId('library', id), label: phrase('library.button-open') }
}

function lineOf({ id, approved, newest }: Shelved, works: boolean, language: Language, now: number): Phrase {
  const used = approved ?? newest
  const params = { id, title: inLanguage(used.title, language), version: newest.version }
  if (isStale(used, now)) return phrase('library.line-stale', params)
  if (works && newest.state === 'waiting' && newest.sample && newest.approvals.length === 0)
    return phrase('library.line-sample', params)
  return phrase(works && newest.state === 'waiting' ? 'library.line-waiting' : 'library.line', params)
}

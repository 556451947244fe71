import { listLines } from '../workflows/inside.ts'
import { type Phrase, phrase } from '../workflows/phrase.ts'
import type { IncidentPage } from '../workflows/ports.ts'
import { type Asked, type Part, readSearch } from '../workflows/search/ask.ts'
import { type Button, buttonId, type Line, plainView } from '../workflows/view.ts'
import { defineCommand, type Reply, tell } from './command.ts'

// Ten lines with a button each are what the tightest platform shows in one message.
const perPage = 10
const longestId = 100
const mostCounted = 1_000

type Search = Extract<Asked, { type: 'search' }>

/** Finds incidents by words and filters in any order, most urgent first, a page at a time; without any, the open. */
export const incidents = defineCommand({
  name: 'incidents',
  summary: 'command.incidents',
  usage: 'usage.incidents',
  permission: 'read',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async (request, context) => {
    const { read, actor, now } = context
    const { words, token } = request.from === 'press' ? unpack(request.assumed) : { words: request.words, token: '' }
    const asked = readSearch(words, actor, read, now)
    if (asked.type === 'other-region') return tell('reply.list-other', { region: asked.region })
    const found = await read.incidents.list({
      ...asked.filter,
      viewer: actor.id,
      limit: perPage,
      ...(token === '' ? { skip: (asked.page - 1) * perPage } : { after: token }),
    })
    if (found.items.length === 0) return nothing(asked)
    const next = nextPage(asked, found)
    const lines: Line[] = [
      note(readBack(asked)),
      ...common(asked),
      ...quoting(asked),
      ...listLines(found.items, context),
    ]
    if (!asked.filter.open && found.total >= mostCounted) lines.push(note(phrase('search.many')))
    if (found.next !== null && !next) lines.push(note(phrase('search.more-typed', { page: asked.page + 1 })))
    const title = phrase('reply.list-title', { count: found.total })
    return {
      type: 'view',
      private: true,
      view: { tone: 'plain', title, lines, buttons: next ? [next] : [] },
    }
  },
})

function readBack({ read }: Search): Phrase {
  return phrase('search.read', { parts: read })
}

function common({ common }: Search): Line[] {
  return common.length > 0 ? [note(phrase('search.common', { words: { words: common.join(', ') } }))] : []
}

function quoting({ callsign }: Search): Line[] {
  return callsign === null ? [] : [note(phrase('search.try-quotes', { word: callsign }))]
}

function note(text: Phrase): Line {
  return { type: 'note', text }
}

/** What was looked for, and what to change; each change is one press, where it fits into a button. */
function nothing(asked: Search): Reply {
  const { filter, parts } = asked
  const has = (...types: Part['type'][]) => parts.some(part => types.includes(part.type))
  const narrow = has('severity', 'kind', 'who', 'time')
  const lines: Phrase[] = [
    phrase('search.looked', { parts: asked.read }),
    ...(filter.open ? [phrase('search.try-ended')] : []),
    ...(filter.words ? [phrase('search.try-words')] : []),
    ...(narrow ? [phrase('search.try-wider')] : []),
    ...(filter.words ? [phrase('search.concealed')] : []),
  ]
  const buttons = [
    filter.open && change([...parts.filter(part => part.type !== 'state'), all], 'search.button-ended'),
    filter.words && narrow && change(only(parts, 'words', 'region', 'state'), 'search.button-wider'),
    filter.words &&
      parts.length > 1 &&
      change(
        parts.filter(part => part.type !== 'words'),
        'search.button-words',
      ),
  ]
  const view = plainView(
    lines,
    buttons.filter(one => one !== null && one !== undefined && one !== false),
  )
  return {
    type: 'view',
    private: true,
    view: { ...view, title: phrase('search.none'), lines: [...view.lines, ...common(asked), ...quoting(asked)] },
  }
}

const all: Part = { type: 'state', text: 'all' }

function only(parts: readonly Part[], ...types: Part['type'][]): readonly Part[] {
  return parts.filter(part => types.includes(part.type))
}

function change(parts: readonly Part[], label: 'search.button-ended' | 'search.button-words' | 'search.button-wider') {
  return fitting('', parts, phrase(label))
}

function nextPage({ parts }: Search, { next }: IncidentPage): Button | null {
  return next === null ? null : fitting(next, parts, phrase('reply.next-page'))
}

/** The button holds all that was asked: it works for ever, and nothing else remembers. Null if that is too long. */
function fitting(token: string, parts: readonly Part[], label: Phrase): Button | null {
  const words = parts.filter(part => part.type !== 'page').map(({ text }) => (/\s/.test(text) ? `"${text}"` : text))
  const id = buttonId('incidents', '', [token, words.join('+').replace(/[\s:~]+/g, '+')].join('~').replace(/~$/, ''))
  return id.length > longestId ? null : { id, label }
}

function unpack(assumed: string): { words: string; token: string } {
  const [token = '', words = ''] = assumed.split('~', 2)
  return { words: words.replaceAll('+', ' '), token }
}

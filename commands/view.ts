import { whyNotExport, whyNotOpen } from '../workflows/custody.ts'
import { collect, type Exhibit } from '../workflows/exhibit.ts'
import type { Incident } from '../workflows/incident.ts'
import { type Phrase, phrase } from '../workflows/phrase.ts'
import type { Line, View } from '../workflows/view.ts'
import {
  act,
  type Context,
  type Doing,
  defineCommand,
  incidentOf,
  type Reply,
  type Request,
  refuse,
  type Showing,
} from './command.ts'

/** Opens one kept thing: a file on a page of its own by a one-time link, a link with what to mind first. */
export const view = defineCommand({
  name: 'view',
  summary: 'command.view',
  permission: 'read',
  about: 'incident',
  opens: 'work',
  private: true,
  run: async (request, context): Promise<Doing | Showing | Reply> => {
    const incident = incidentOf(request)
    if (request.assumed === 'record') return record(incident, context)
    const { exhibits } = await collect(incident, context.read)
    const one = exhibits.find(each => each.id === request.assumed)
    const why = whyNotOpen(context.actor, incident, one?.by ?? null, context.read.directory, one?.part)
    if (why) return { type: 'refused', phrase: why }
    if (!one) return refuse('look.gone', { id: incident.id })
    return one.link ? follow(request, one, one.link.url) : page(incident, one)
  },
})

function record(incident: Incident, { actor, read }: Context): Showing | Reply {
  const why = whyNotExport(actor, incident, read.directory)
  if (why) return { type: 'refused', phrase: why }
  const { id } = incident
  return {
    type: 'show',
    incident: id,
    item: null,
    say: ({ url, until }) =>
      shown([text(phrase('look.record-why')), go(phrase('look.go-record', { id }), url), once(until)]),
  }
}

function page(incident: Incident, { id: item, kind, number }: Exhibit): Showing {
  const label = kind === 'link' ? phrase('button.open') : phrase(`look.go-${kind}`, { number, id: incident.id })
  const care = kind === 'document' ? 'look.warning-document' : 'look.warning'
  return {
    type: 'show',
    incident: incident.id,
    item,
    say: ({ url, until }) => shown([warning(phrase(care)), go(label, url), once(until)]),
  }
}

function follow(request: Request, { id, kind, by }: Exhibit, url: string): Doing {
  return act(request, { type: 'open-evidence', item: { id, kind, by }, copy: 'original' }, () =>
    shown([warning(phrase('look.warning-link')), go({ words: url }, url)]),
  )
}

function shown(lines: View['lines']): Reply {
  return { type: 'view', private: true, view: { tone: 'plain', title: null, lines, buttons: [] } }
}

const text = (said: Phrase): Line => ({ type: 'text', text: said })
const warning = (said: Phrase): Line => ({ type: 'strong', text: said })
const once = (until: number): Line => ({ type: 'note', text: phrase('look.once', { time: { time: until } }) })
const go = (said: Extract<Line, { type: 'link' }>['text'], url: string): Line => ({ type: 'link', text: said, url })

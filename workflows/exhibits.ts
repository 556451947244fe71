import { whyNotOpen } from './custody.ts'
import { RuleError } from './errors.ts'
import type { EvidenceItem } from './evidence.ts'
import { collect, type Exhibit, maySave, openable, type SeenLink, type Touch } from './exhibit.ts'
import type { Incident } from './incident.ts'
import type { Actor } from './permission.ts'
import { type Param, type Phrase, phrase } from './phrase.ts'
import type { Read } from './ports.ts'
import { type Button, buttonId, type Line, plainView, type View } from './view.ts'

type Asked = { readonly read: Read; readonly actor: Actor }

const pageful = 6
const mostNamed = 3

/**
 * The private list of what is kept with an incident, as far as that person may open it; `page` counts from 1.
 * @throws RuleError with the way on if they may open nothing
 */
export async function evidenceView(incident: Incident, { read, actor }: Asked, page: number): Promise<View> {
  const all = openable(await collect(incident, read), incident, actor, read.directory)
  const why = whyNotOpen(actor, incident, null, read.directory)
  if (all.length === 0 && why) throw new RuleError(why)
  if (all.length === 0) return plainView([phrase('look.none', { id: incident.id })])
  return exhibitsView(incident, all, page, maySave(incident, actor, read.directory))
}

/** The private list of what is kept with an incident: one page of it from 1 on, each item with what opens it. */
function exhibitsView(incident: Incident, all: readonly Exhibit[], page: number, maySave: boolean): View {
  const pages = Math.max(1, Math.ceil(all.length / pageful))
  const shown = Math.min(Math.max(1, page), pages)
  const { id } = incident
  const more: Button = { id: buttonId('evidence', id, String(shown + 1)), label: phrase('reply.next-page') }
  const record: Button = { id: buttonId('view', id, 'record'), label: phrase('look.record') }
  return {
    tone: 'plain',
    title: phrase('look.title', { id }),
    lines: [
      { type: 'note', text: phrase('look.rule') },
      ...all.slice((shown - 1) * pageful, shown * pageful).flatMap(one => exhibitLines(one, incident)),
    ],
    buttons: [...(shown < pages ? [more] : []), ...(maySave ? [record] : [])],
  }
}

/** How large a file is, as people say it. */
export function sizeText(bytes: number): Phrase {
  return bytes < 100_000
    ? phrase('look.size-kb', { size: Math.max(1, Math.round(bytes / 1000)) })
    : phrase('look.size-mb', { size: Math.max(0.1, bytes / 1_000_000) })
}

/** What a file says of itself, and the start of its digest. */
export function factsText({ record, sha256 }: EvidenceItem): Phrase {
  return phrase('look.facts', {
    taken:
      record.takenAt === null ? phrase('look.taken-unknown') : phrase('look.taken', { time: { time: record.takenAt } }),
    device: phrase(record.device === null ? 'look.device-unknown' : 'look.device'),
    platform: record.processed ? phrase('look.platform') : '',
    digest: sha256.slice(0, 12),
  })
}

function exhibitLines(one: Exhibit, incident: Incident): Line[] {
  const open: Button = { id: buttonId('view', incident.id, one.id), label: phrase('button.open') }
  const facts: Line = one.link
    ? { type: 'quote', text: { words: one.link.url } }
    : { type: 'note', text: one.file ? factsText(one.file) : phrase('look.gone', { id: incident.id }) }
  const chain = handled(one.touched)
  return [
    { type: 'item', text: headText(one), button: open },
    facts,
    ...(chain ? [{ type: 'note' as const, text: chain }] : []),
  ]
}

function headText({ number, kind, at, by, file, link }: Exhibit): Phrase {
  const person: Param = by ? { person: by } : phrase('hub.someone')
  const known = { number, time: { time: at }, person }
  return kind === 'link'
    ? phrase('look.link', { ...known, ...(link ? said(link) : {}) })
    : phrase(`look.${kind}`, { ...known, size: sizeText(file?.size ?? 0) })
}

function said({ site, account, post }: SeenLink): Record<'site' | 'account' | 'post', Param> {
  return {
    site: { words: site },
    account: account ? phrase('look.link-account', { account: { words: account } }) : '',
    post: post ? phrase('look.link-post', { post: { words: post } }) : '',
  }
}

/** Who opened and who saved it, the last few; null if nobody did. */
function handled(touched: readonly Touch[]): Phrase | null {
  const parts = (['opened', 'saved'] as const).flatMap(did => {
    const last = new Map(touched.filter(touch => touch.did === did).map(touch => [touch.by, touch.at]))
    const people = [...last].slice(-mostNamed).map(([by, at]): Param => {
      return phrase('look.who', { person: by ? { person: by } : phrase('hub.the-hub'), time: { time: at } })
    })
    return people.length > 0 ? [phrase(`look.${did}`, { people })] : []
  })
  return parts.length > 0 ? phrase('look.chain', { parts }) : null
}

import { planText, withheldLines } from '../workflows/bulletin/wording.ts'
import {
  type Bulletin,
  type BulletinPlan,
  mayApprove,
  mayHandOn,
  type Outside,
  readBulletinId,
} from '../workflows/bulletin.ts'
import { hasRole } from '../workflows/directory.ts'
import type { FigureWindow } from '../workflows/figures.ts'
import { phrase } from '../workflows/phrase.ts'
import { pictureOf } from '../workflows/picture/picture.ts'
import { trusted } from '../workflows/sight.ts'
import { linked } from '../workflows/sitrep/linked.ts'
import { longestWindow, packWish, readWish, type SitrepWish } from '../workflows/sitrep/wish.ts'
import { buildSitrep, readSitrep, type SitrepAsked } from '../workflows/sitrep.ts'
import { type Button, buttonId, type View } from '../workflows/view.ts'
import { type Context, type Doing, defineCommand, handOn, type Reply, type Request, refuse, tell } from './command.ts'

// A button's id has 100 characters, of which `sitrep::` takes some.
const longestPacked = 88

/**
 * Sums up what was reported and done in some regions, time and kinds, for one edition; its map or its days alone. An
 * edition that leaves the network is shown first with what it holds back, and goes out once a second person approved.
 */
export const sitrep = defineCommand({
  name: 'sitrep',
  summary: 'command.sitrep',
  usage: 'usage.sitrep',
  permission: 'lead',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async (request, context) => {
    const id = readBulletinId(request.words)
    if (id) return decide(await context.read.bulletins.find(id), request, context)
    const pressed = request.from === 'press'
    const [verb = '', ...more] = request.assumed.split('+')
    const asks = pressed && verb === 'ask'
    const words = pressed ? (asks ? more : [verb, ...more]).join(' ') : request.words
    const read = readWish(words, { ...context, ...context.read })
    if ('unknown' in read) return tell('reply.sitrep-unknown', { word: { words: read.unknown } })
    if ('hours' in read) return tell('reply.sitrep-hours', { count: longestWindow })
    // Buttons of long ago name no part: they lead to the details.
    const wish = pressed && !asks && read.part === 0 ? { ...read, part: 1 } : read
    if (wish.edition === 'response' && !hasRole(context.actor, 'coordinator')) return refuse('bulletin.not-response')
    if (wish.edition === 'response' || wish.edition === 'leadership') return inside(wish, context)
    const plan = planOf(wish, wish.edition)
    if (!mayHandOn(context.actor, plan)) return refuse('bulletin.not-yours')
    return asks ? ask(wish, plan, context) : preview(wish, plan, context)
  },
})

async function inside(wish: SitrepWish, context: Context): Promise<Reply> {
  const { views } = await made(wish, context)
  const at = Math.min(wish.part, views.length - 1)
  const view = views[at]
  if (!view) return tell('reply.list-none')
  return shown({ ...linked(view), buttons: moreButton(wish, at, views.length) })
}

/** What would leave, above it what it holds back, and the way to a second person. */
async function preview(wish: SitrepWish, plan: BulletinPlan, context: Context): Promise<Reply> {
  const { views, figures } = await made(wish, context)
  const at = Math.min(wish.part, views.length - 1)
  const view = views[at]
  if (!view) return tell('reply.list-none')
  const whole = await context.read.incidents.figures(withRed(figures.window))
  const packed = packWish({ ...wish, part: 0 })
  const ask: Button = {
    ...{ id: buttonId('sitrep', '', `ask+${packed}`), label: phrase('bulletin.button-ask'), style: 'primary' },
  }
  return shown({
    ...view,
    lines: [
      { type: 'strong', text: phrase('bulletin.preview', { what: planText(plan, context.read.directory) }) },
      ...(at === 0 ? withheldLines(whole, figures, plan.edition) : []),
      { type: 'rule' },
      ...view.lines,
    ],
    buttons: [...(packed.length <= longestPacked ? [ask] : []), ...moreButton(wish, at, views.length)],
  })
}

async function ask(wish: SitrepWish, plan: BulletinPlan, context: Context): Promise<Doing> {
  const { views } = await made(wish, context)
  const deed = { type: 'ask', plan, views, platform: context.actor.platform } as const
  return handOn(deed, ({ made: id = '' }) => tell('bulletin.waits', { id }))
}

/** Shows a bulletin as it would leave, or says yes or no to it. */
async function decide(
  bulletin: Bulletin | null,
  { from, assumed }: Request,
  { actor, read, now }: Context,
): Promise<Doing | Reply> {
  if (!bulletin || !mayHandOn(actor, bulletin.plan)) return refuse('bulletin.unknown')
  const { id, state, until, settledBy, by } = bulletin
  if (state === 'asked' && until <= now) return refuse('bulletin.over', { id })
  const may = state === 'asked' && mayApprove(actor, bulletin)
  const [press, part] = from === 'press' ? assumed.split('+') : []
  if (press === 'approve' || press === 'refuse') {
    if (state !== 'asked') return refuse(`bulletin.is-${state}`, { id, person: { person: settledBy ?? by } })
    if (!may) return refuse('bulletin.alone', { id })
    return handOn({ type: press, of: bulletin }, () => tell(`bulletin.did-${press}`, { id }))
  }
  const at = Math.min(Number(part ?? 0), bulletin.views.length - 1)
  const view = bulletin.views[at]
  if (!view) return refuse('bulletin.unknown')
  const last = at === bulletin.views.length - 1
  const said = phrase(`bulletin.stands-${state}`, { id, person: { person: settledBy ?? by } })
  const more = { id: buttonId('sitrep', id, `look+${at + 1}`), label: phrase('reply.sitrep-details') }
  const answers: readonly Button[] = [
    { id: buttonId('sitrep', id, 'approve'), label: phrase('bulletin.button-approve'), style: 'primary' },
    { id: buttonId('sitrep', id, 'refuse'), label: phrase('bulletin.button-refuse') },
  ]
  const what = { type: 'note', text: planText(bulletin.plan, read.directory) } as const
  return shown({
    ...view,
    lines: [{ type: 'strong', text: said }, what, { type: 'rule' }, ...view.lines],
    // Whoever approves has seen all of it.
    buttons: [...(last ? [] : [more]), ...(last && may ? answers : [])],
  })
}

/** The messages of a summary: all, or its map or its days alone, with its picture. */
async function made(wish: SitrepWish, { read, actor, now }: Context) {
  const { span, regions, kinds, edition, show, theme } = wish
  const { directory, taxonomy, places } = read
  const { zone } = actor
  const some = wish.codes.length > 0 ? { kinds } : {}
  const asked: SitrepAsked = { span, regions, edition, taxonomy, zone, now, ...some }
  const { figures, material } = await readSitrep(read, asked)
  const only = regions !== 'all' && regions.length === 1 ? regions[0] : undefined
  const region = only ?? 'all'
  const depicted = { figures, directory, zone, region, edition, warnings: material.warnings }
  const picture = pictureOf(depicted, places, { kind: show, theme })
  const maySeeRed = trusted(actor.platform, directory) && sees(actor, regions)
  const [first, ...rest] = buildSitrep(figures, {
    ...{ directory, taxonomy, zone, region, edition, material, maySeeRed },
  })
  if (!first) return { views: [], figures }
  if (show === 'summary') return { views: [{ ...first, picture }, ...rest], figures }
  const { title, subtitle } = picture.drawing
  const alone: View = {
    ...{ tone: 'plain', title: phrase('bulletin.words', { words: bothOf(title) }), buttons: [], picture },
    lines: [
      { type: 'note', text: phrase('bulletin.words', { words: bothOf(subtitle) }) },
      { type: 'note', text: phrase('sitrep.caveat') },
    ],
  }
  return { views: [alone], figures }
}

function moreButton(wish: SitrepWish, at: number, of: number): readonly Button[] {
  const packed = packWish({ ...wish, part: at + 1 })
  if (at + 1 >= of || packed.length > longestPacked) return []
  return [{ id: buttonId('sitrep', '', packed), label: phrase('reply.sitrep-details') }]
}

function planOf({ span, regions, codes, show }: SitrepWish, edition: Outside): BulletinPlan {
  return { edition, ...span, regions, codes, show }
}

function sees(actor: Context['actor'], regions: SitrepWish['regions']): boolean {
  if (actor.regions === 'all') return true
  const { regions: own } = actor
  return regions !== 'all' && regions.every(region => own.includes(region))
}

/** The figures that the network itself would read. */
function withRed({ withoutRed: _, ...window }: FigureWindow): FigureWindow {
  return window
}

function bothOf({ en = '', es = en }: { readonly en?: string; readonly es?: string }) {
  return { en, es }
}

function shown(view: View): Reply {
  return { type: 'view', view, private: true }
}

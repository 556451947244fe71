import { type Context, Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { html } from 'hono/html'
import { streamSSE } from 'hono/streaming'
import type { PracticeStore } from '../../workflows/delivery.ts'
import { en } from '../../workflows/text/en.ts'
import { readBody } from './body.ts'
import type { Env } from './guard.ts'
import type { Live, News } from './live.ts'
import { messageHtml, versionOf } from './message.ts'
import { olderHtml, pageHtml, startHtml } from './page.ts'
import { addressOf, directAddress, pathOf, type Setting, type Sight, sightOf } from './setting.ts'
import { countUnread, readSeen, type Seen } from './unread.ts'

const pageful = 50
const heartbeat = 15_000

/** What the pages need of the workspace. */
export type Gallery = {
  readonly setting: Setting
  readonly store: PracticeStore
  readonly live: Live
  /** The newest message of each conversation when the workspace started. */
  readonly floor: () => Seen
  /** Aborted when the workspace stops, so that no stream keeps it up. */
  readonly closing: AbortSignal
}

/** The pages of the workspace: a conversation, what came before, and the stream of what comes. */
export function viewRoutes(gallery: Gallery): Hono<Env> {
  const routes = new Hono<Env>()
  const { setting } = gallery
  const door = setting.rooms.find(room => room.purpose === 'region') ?? setting.rooms[0]
  routes.get('/', c => c.redirect(pathOf(setting.personas[0]?.account ?? '', door?.address ?? null)))
  routes.get('/as/:persona/picture/:message{\\d+}', c => see(c, gallery, sight => givePicture(c, gallery, sight)))
  for (const path of ['/as/:persona/direct', '/as/:persona/room/:room']) {
    routes.get(path, c => see(c, gallery, sight => showPage(c, gallery, sight)))
    routes.get(`${path}/before/:id{\\d+}`, c => see(c, gallery, sight => showOlder(c, gallery, sight)))
    routes.get(`${path}/live`, c => see(c, gallery, sight => streamNews(c, gallery, sight)))
  }
  return routes
}

function see(c: Context<Env>, { setting }: Gallery, show: (sight: Sight) => Promise<Response> | Response) {
  const sight = sightOf(setting, c.req.param('persona') ?? '', c.req.param('room') ?? '')
  return sight ? show(sight) : c.text(en['workspace.gone'], 404)
}

async function showPage(c: Context<Env>, { store, setting, floor }: Gallery, sight: Sight): Promise<Response> {
  const since = setting.clock()
  const address = addressOf(sight)
  const seen = readSeen(getCookie(c, 'seen'))
  const [recent, unread] = await Promise.all([
    store.list(address, pageful + 1),
    countUnread(store, seen, floor(), sight),
  ])
  const messages = recent.slice(-pageful)
  const asked = Number(c.req.query('thread') ?? 0)
  const root = asked > 0 ? await store.get(asked) : null
  const thread = root && root.room === address ? { root, messages: await store.thread(root.id) } : null
  const replies = await store.threadCounts(messages.map(message => message.id))
  const last = unread.find(one => one.address === address)?.last ?? 0
  setCookie(c, 'seen', JSON.stringify({ ...seen, [address]: last }), {
    path: pathOf(sight.persona.account, null).replace(/\/direct$/, ''),
    sameSite: 'Strict',
  })
  c.header('Cache-Control', 'no-store')
  const earlier = recent.length > pageful
  return c.html(pageHtml({ messages, replies, earlier, thread, unread, since }, sight))
}

async function showOlder(c: Context<Env>, { store }: Gallery, sight: Sight): Promise<Response> {
  const recent = await store.list(addressOf(sight), pageful + 1, Number(c.req.param('id')))
  const messages = recent.slice(-pageful)
  const replies = await store.threadCounts(messages.map(message => message.id))
  const first = messages[0]
  const top = recent.length > pageful && first ? olderHtml(first.id, sight) : startHtml(sight)
  return c.html(html`${top}${messages.map(each => messageHtml(each, replies.get(each.id) ?? 0, 'log', sight))}`)
}

async function givePicture(c: Context<Env>, { store }: Gallery, sight: Sight): Promise<Response> {
  const message = await store.get(Number(c.req.param('message')))
  const body = message && mayHear(message.room, sight) ? readBody(message.body) : null
  const picture = body?.type === 'hub' ? body.picture : undefined
  if (!picture) return c.text(en['workspace.gone'], 404)
  c.header('Cache-Control', 'private, max-age=3600')
  return c.body(new Uint8Array(Buffer.from(picture.data, 'base64')), 200, { 'Content-Type': 'image/png' })
}

function streamNews(c: Context<Env>, gallery: Gallery, sight: Sight): Response {
  const since = Number(c.req.header('last-event-id') ?? c.req.query('since') ?? gallery.setting.clock())
  c.header('Cache-Control', 'no-store')
  return streamSSE(c, async stream => {
    let sent = Promise.resolve()
    const tell = (news: readonly News[]) => {
      const own = news.filter(({ message }) => mayHear(message.room, sight))
      const id = String(gallery.setting.clock())
      sent = sent.then(async () => stream.writeSSE({ id, event: 'news', data: JSON.stringify(await draw(own, sight)) }))
    }
    const leave = await gallery.live.follow(Number.isFinite(since) ? since : 0, tell)
    const beat = setInterval(() => void stream.write(': still here\n\n'), heartbeat)
    await new Promise<void>(done => {
      stream.onAbort(done)
      gallery.closing.addEventListener('abort', () => done(), { once: true })
      if (gallery.closing.aborted) done()
    })
    clearInterval(beat)
    leave()
  })
}

function mayHear(room: string, sight: Sight): boolean {
  return room === directAddress(sight.persona.account) || sight.setting.rooms.some(one => one.address === room)
}

/** Only what stands in the open conversation is drawn; of the rest the page needs to know that it is there. */
function draw(news: readonly News[], sight: Sight): Promise<unknown[]> {
  return Promise.all(
    news.map(async ({ message, replies }) => ({
      id: message.id,
      address: message.room,
      thread: message.thread,
      mine: message.author === sight.persona.account,
      version: versionOf(message, replies),
      html: message.room === addressOf(sight) ? String(await messageHtml(message, replies, 'log', sight)) : null,
    })),
  )
}

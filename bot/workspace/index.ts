import { Hono } from 'hono'
import type { MessageRef, PracticeMessage, PracticeStore } from '../../workflows/delivery.ts'
import { ConfigError, PlatformError } from '../../workflows/errors.ts'
import type { Outgoing, Platform, Receive, Target } from '../platform.ts'
import { assetRoutes } from './asset.ts'
import { renderBody } from './body.ts'
import { type Env, guard, isLoopback } from './guard.ts'
import { intakeRoutes } from './intake.ts'
import { createLive } from './live.ts'
import { hubAuthor } from './message.ts'
import { directAddress, type Setting } from './setting.ts'
import type { Seen } from './unread.ts'
import { viewRoutes } from './view.ts'

/** What the practice workspace is made of; `host` is where its pages are served and must be this machine alone. */
export type WorkspaceOptions = Setting & {
  readonly store: PracticeStore
  readonly host: string
  readonly logger: { error(context: { err: unknown }, message: string): void }
}

/** The chat tool in the browser, as the hub sees it, with the routes of its pages to be served at the root. */
export type Workspace = Platform & { readonly routes: Hono<Env> }

/**
 * Makes the practice workspace: a chat server of its own, kept in the store, whose every part can be played by whoever
 * sits at the browser. @throws ConfigError if it would listen beyond this machine, or nobody or no room is there.
 */
export function createWorkspace(options: WorkspaceOptions): Workspace {
  checkSetting(options)
  const { store, clock, logger } = options
  const failed = (err: unknown) => logger.error({ err }, 'the practice workspace could not do something')
  const live = createLive(store, clock, failed)
  const closing = new AbortController()
  const inHand = new Set<Promise<unknown>>()
  let receive: Receive | null = null
  let floor: Seen = {}

  const counted: Receive = async interaction => {
    if (!receive) throw new PlatformError('workspace', 'the hub is not there', { permanent: false })
    const answer = receive(interaction)
    inHand.add(answer)
    return answer.finally(() => inHand.delete(answer))
  }

  return {
    name: 'workspace',
    capabilities: {
      edits: { most: Number.MAX_SAFE_INTEGER, within: Number.MAX_SAFE_INTEGER },
      lookup: true,
      threads: true,
    },
    routes: new Hono<Env>()
      .use(guard)
      .route('/assets', assetRoutes())
      .route('/', viewRoutes({ setting: options, store, live, floor: () => floor, closing: closing.signal }))
      .route(
        '/',
        intakeRoutes({
          setting: options,
          store,
          receive: () => (receive ? counted : null),
          written: live.nudge,
          failed,
        }),
      ),

    async start(host) {
      floor = await newest(options)
      receive = host.receive
    },

    async stop() {
      receive = null
      await Promise.allSettled(inHand)
      closing.abort()
      live.close()
    },

    async post(to, message) {
      const body = renderBody(message.view, message.reader, message.image)
      const place = placeOf(to, options)
      const key = outgoingKey(message)
      const kept = await store.add({ ...place, key, author: hubAuthor, body, at: clock() })
      live.nudge()
      return refOf(kept)
    },

    async edit(message, to) {
      const kept = await store.edit(Number(message.id), renderBody(to.view, to.reader, to.image), clock())
      if (!kept)
        throw new PlatformError('workspace', `there is no message ${message.id}`, { permanent: true, because: 'stale' })
      live.nudge()
    },

    async find(_to, key) {
      const kept = await store.byKey(outgoingKey({ key }))
      return kept && refOf(kept)
    },
  }
}

function checkSetting({ host, rooms, personas }: WorkspaceOptions): void {
  if (!isLoopback(host)) {
    throw new ConfigError(`HOST: the practice workspace runs only on this machine: use 127.0.0.1, not ${host}.`)
  }
  if (rooms.length === 0 || personas.length === 0) {
    throw new ConfigError(
      'The practice workspace needs a room and a person with a workspace account in the network file.',
    )
  }
}

/** What was there before is history and does not count as unread. */
async function newest({ store, rooms, personas }: WorkspaceOptions): Promise<Seen> {
  const addresses = [...rooms.map(room => room.address), ...personas.map(persona => directAddress(persona.account))]
  const last = await Promise.all(
    addresses.map(async address => [address, (await store.list(address, 1)).at(-1)?.id ?? 0]),
  )
  return Object.fromEntries(last)
}

function placeOf(to: Target, { rooms, personas }: Setting): { room: string; thread: number | null } {
  switch (to.type) {
    case 'room':
      if (rooms.some(room => room.address === to.room)) return { room: to.room, thread: null }
      throw new PlatformError('workspace', `there is no room ${to.room}`, { permanent: true })
    case 'thread':
      return { room: to.under.room, thread: Number(to.under.thread ?? to.under.id) }
    case 'direct':
      if (personas.some(one => one.account === to.account)) return { room: directAddress(to.account), thread: null }
      throw new PlatformError('workspace', 'there is no such account', { permanent: true })
  }
}

function refOf(message: PracticeMessage): MessageRef {
  const ref = { room: message.room, id: String(message.id) }
  return message.thread === null ? ref : { ...ref, thread: String(message.thread) }
}

// What browsers send is keyed `workspace:`, so that nobody's words can ever stand in for the hub's.
function outgoingKey({ key }: Pick<Outgoing, 'key'>): string {
  return `hub:${key}`
}

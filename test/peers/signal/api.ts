import type { Faults } from './faults.ts'
import { type Answered, type Letter, limitedAnswer, type Manner, refused, send } from './send.ts'
import { directOf, type Person, type World } from './world.ts'

/** A request as the routes see it. */
export type Asked = {
  readonly method: string
  readonly path: readonly string[]
  readonly query: URLSearchParams
  readonly body: Record<string, unknown>
}

/** Bytes instead of JSON. */
export type Bytes = { readonly status: 200; readonly bytes: Buffer; readonly type: string }

type Parts = {
  readonly world: World
  readonly faults: Faults
  readonly manner: Manner & { readonly version: string }
  readonly broken: (rule: string) => void
  /** The next frames for whoever polls, after at most that many seconds. */
  readonly poll: (seconds: number) => Promise<readonly unknown[]>
}

/** Answers a request as the real server does; null: there is no such path. */
export async function answer(asked: Asked, parts: Parts): Promise<Answered | Bytes | null> {
  const { world, manner } = parts
  const [, version, kind = '', number = '', third] = asked.path
  const known = number === world.own.number
  switch (`${asked.method} /${version}/${kind}`) {
    case 'GET /v1/health':
      return { status: 204 }
    case 'GET /v1/about': {
      const { mode, version: release } = manner
      return { status: 200, body: { versions: ['v1', 'v2'], build: 2, mode, version: release, capabilities: {} } }
    }
    case 'GET /v1/accounts':
      return { status: 200, body: [world.own.number] }
    case 'POST /v2/send':
      return send(asked.body as Letter, world, parts.faults, manner, parts.broken)
    case 'GET /v1/receive':
      return receive(asked, parts)
    case 'GET /v1/groups':
      return { status: 200, body: groupsOf(world) }
    case 'GET /v1/identities':
      return { status: 200, body: identitiesOf(world) }
    case 'PUT /v1/identities':
      return trust(asked, world)
    case 'GET /v1/contacts':
      return { status: 200, body: third ? contactOf(third, world) : [] }
    case 'PUT /v1/profiles':
      names.set(world, String(asked.body.name))
      return { status: 204 }
    case 'POST /v1/accounts':
      return challenge(asked, parts)
    case 'DELETE /v1/remote-delete':
      return known ? takeAway(asked, parts) : refused('Specified account does not exist')
    case 'POST /v1/reactions':
      return known ? react(asked, parts) : refused('Specified account does not exist')
    case 'GET /v1/attachments':
    case 'DELETE /v1/attachments':
      return attachment(asked, number, world)
    default:
      return null
  }
}

/** The name that the hub shows there; '' while it has none. */
function profileName(world: World): string {
  return names.get(world) ?? ''
}

const names = new WeakMap<World, string>()
const day = 24 * 60 * 60_000

async function receive({ query }: Asked, { manner, poll }: Parts): Promise<Answered> {
  if (manner.mode === 'json-rpc') {
    return { status: 400, body: 'Bad Request\n{"error":"websocket: the client is not using the websocket protocol"}' }
  }
  return { status: 200, body: await poll(Number(query.get('timeout') ?? 1)) }
}

function groupsOf({ groups, own }: World): unknown {
  return [...groups.values()].map(({ id, internal, name, hub, members }) => ({
    id,
    internal_id: internal,
    name,
    description: '',
    member: hub,
    blocked: false,
    members: [own.uuid, ...members],
    admins: [],
    pending_invites: [],
    pending_requests: [],
    invite_link: '',
    permissions: { add_members: 'every-member', edit_group: 'every-member', send_messages: 'every-member' },
  }))
}

function identitiesOf({ people, own }: World): unknown {
  const identity = (uuid: string, number: string | null, status: string) => ({
    number: number ?? '',
    uuid,
    status,
    fingerprint: 'aa bb',
    safety_number: safetyNumber(uuid),
    added: '1700000000000',
  })
  const status = ({ trusted }: Person) => (trusted ? 'TRUSTED_UNVERIFIED' : 'UNTRUSTED')
  return [
    identity(own.uuid, own.number, 'TRUSTED_VERIFIED'),
    ...[...people.values()].map(one => identity(one.uuid, one.number, status(one))),
  ]
}

/** The safety number of somebody as it is now. */
export function safetyNumber(uuid: string): string {
  return [...uuid].map(sign => String(sign.charCodeAt(0) % 10)).join('')
}

function trust({ path, body }: Asked, world: World): Answered {
  const person = world.reached(path[5] ?? '')
  if (!person || body.verified_safety_number !== safetyNumber(person.uuid)) return refused('Invalid safety number')
  person.trusted = true
  return { status: 204 }
}

function contactOf(uuid: string, world: World): unknown {
  const name = uuid === world.own.uuid ? profileName(world) : (world.people.get(uuid)?.name ?? '')
  return { uuid, name: '', profile_name: name, profile: { given_name: name, about: '' } }
}

function challenge({ body, path }: Asked, { faults }: Parts): Answered | null {
  if (path[4] !== 'rate-limit-challenge') return null
  const right = faults.limited()?.tokens.includes(String(body.challenge_token))
  if (!right || !String(body.captcha).startsWith('signalcaptcha://')) return refused('Captcha rejected')
  faults.lift()
  return { status: 204 }
}

function roomOf(recipient: string, world: World): string {
  if (recipient.startsWith('group.')) return recipient
  const person = world.reached(recipient)
  return person ? directOf(person.uuid) : ''
}

function takeAway({ body }: Asked, { world, faults, manner, broken }: Parts): Answered {
  const limit = faults.limited()
  if (limit) return limitedAnswer(limit.tokens, world.own.number, false, manner)
  const message = world.message(roomOf(String(body.recipient), world), world.own.uuid, Number(body.timestamp))
  const at = world.now()
  if (!message || at - message.at > day) broken('a deletion of what is no own message there, or after a day')
  else {
    message.deleted = true
    message.text = ''
  }
  return { status: 201, body: { timestamp: String(at) } }
}

function react({ body }: Asked, { world, faults, manner, broken }: Parts): Answered {
  const limit = faults.limited()
  if (limit) return limitedAnswer(limit.tokens, world.own.number, false, manner)
  const author = world.reached(String(body.target_author))?.uuid ?? world.own.uuid
  const message = world.message(roomOf(String(body.recipient), world), author, Number(body.timestamp))
  if (message) message.reactions.set(world.own.uuid, String(body.reaction))
  else broken('a reaction to a message that does not stand there')
  return { status: 204 }
}

function attachment({ method }: Asked, id: string, { files }: World): Answered | Bytes {
  if (id === '') return { status: 200, body: [...files.keys()] }
  const file = files.get(id)
  if (!file) return refused('No attachment with that name', 404)
  if (method === 'DELETE') {
    files.delete(id)
    return { status: 204 }
  }
  return { status: 200, bytes: file.bytes, type: file.type }
}

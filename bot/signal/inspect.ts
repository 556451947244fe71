import { isIP } from 'node:net'
import { ConfigError } from '../../workflows/errors.ts'
import type { FoundRoom, Inspection, Probe } from '../platform.ts'
import { type About, createClient, type Group, type SignalSettings } from './client.ts'
import { SignalError } from './refusal.ts'

const waits = { look: 15_000, send: 15_000, file: 15_000 }

/** What whoever sets the hub up can ask of Signal. Probes fail with a ConfigError that says what to do. */
export function inspectSignal(settings: SignalSettings): Inspection {
  const client = createClient(settings, waits)
  const groups = () => asked(client.groups, settings)
  return {
    rooms: async () => (await groups()).filter(one => one.member !== false).map(roomOf),
    probes: rooms => [
      { name: 'Signal: address', run: () => addressSaid(settings.apiUrl) },
      { name: 'Signal: server', run: async () => serverSaid(await asked(() => client.about(), settings)) },
      {
        name: 'Signal: number',
        run: async () => numberSaid(settings.number, await asked(() => client.accounts(), settings)),
      },
      ...rooms.map((room): Probe => ({ name: `Signal: ${room.name}`, run: async () => said(room, await groups()) })),
    ],
  }
}

/** The numbers that are registered with the API at that address. @throws ConfigError that says what to do */
export async function signalNumbers(apiUrl: string): Promise<readonly string[]> {
  const settings = { apiUrl, number: '' }
  return asked(() => createClient(settings, waits).accounts(), settings)
}

function roomOf({ id, name }: Group): FoundRoom {
  return { address: id, name: name || id }
}

async function asked<T>(work: () => Promise<T>, { apiUrl }: SignalSettings): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof SignalError)) throw error
    if (error.refusal.type !== 'down') throw new ConfigError(`${error.message}.`, { cause: error })
    throw new ConfigError(
      `Nothing that works answers at ${apiUrl} (${error.refusal.reason}). Is signal-cli-rest-api running? See with ` +
        '"docker ps", and set SIGNAL_API_URL to its address, as in http://127.0.0.1:8080.',
      { cause: error },
    )
  }
}

// Whoever reaches the API can read and write as the hub: it has no log-in.
function addressSaid(apiUrl: string): string {
  const host = new URL(apiUrl).hostname.replace(/^\[|\]$/g, '')
  if (isLoopback(host)) return `${apiUrl}, on this machine only`
  if (isPrivate(host)) return `${apiUrl}, on a private network: see that nobody else can reach it, it has no log-in`
  throw new ConfigError(
    `${apiUrl} is an address that others may reach, and signal-cli-rest-api has no log-in: whoever reaches it reads ` +
      'and writes as the hub. Let it listen on 127.0.0.1 (docker run -p 127.0.0.1:8080:8080 ...) or on a private ' +
      'network.',
  )
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host)
}

function isPrivate(host: string): boolean {
  if (isIP(host) === 4)
    return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/.test(host)
  if (isIP(host) === 6) return /^f[cd]/i.test(host)
  // A name without a dot is that of a container beside the hub.
  return !host.includes('.') || /\.(local|internal|lan|home\.arpa)$/.test(host)
}

function serverSaid({ mode, version }: About): string {
  const old = olderThan(version, oldest)
  if (mode === 'json-rpc-native') {
    throw new ConfigError(
      'Mode json-rpc-native loses messages in some versions. Start the container with MODE=json-rpc.',
    )
  }
  if (!['json-rpc', 'normal', 'native'].includes(mode)) {
    throw new ConfigError(`The server says its mode is "${mode}". Start the container with MODE=json-rpc.`)
  }
  if (old) {
    throw new ConfigError(
      `Version ${version} is too old for edits and quotes: update the container to ${oldest} or later.`,
    )
  }
  const slow = mode === 'json-rpc' ? '' : ': works, but each message takes some 10 seconds. MODE=json-rpc is faster'
  return `version ${version || 'unknown'}, mode ${mode}${slow}`
}

const oldest = '0.90'

function olderThan(version: string, other: string): boolean {
  const [major = 0, minor = 0] = (/^(\d+)\.(\d+)/.exec(version)?.slice(1) ?? []).map(Number)
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number)
  return /^\d+\.\d+/.test(version) && (major < otherMajor || (major === otherMajor && minor < otherMinor))
}

function numberSaid(number: string, accounts: readonly string[]): string {
  if (accounts.includes(number)) return `${number} is registered here`
  const others = accounts.length > 0 ? `It knows ${accounts.join(', ')}.` : 'No number is registered there yet.'
  throw new ConfigError(
    `signal-cli-rest-api does not know ${number}. ${others} Set SIGNAL_NUMBER in full, as in +15551234567, or ` +
      'register it: the guide says how (captcha, code, PIN).',
  )
}

function said({ address, name }: FoundRoom, groups: readonly Group[]): string {
  const found = groups.find(one => one.id === address)
  if (!found || found.member === false) {
    throw new ConfigError(
      `The hub is not in the group ${name}. Add its number to the group on a phone, then have somebody write there ` +
        `once.`,
    )
  }
  if (found.blocked)
    throw new ConfigError(`The hub has blocked the group ${name}. Unblock it on the hub's Signal account.`)
  return `${found.name || address}: the hub is in it`
}

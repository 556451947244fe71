import { Agent } from 'node:http'
import { Agent as SecureAgent } from 'node:https'
import type { Readable } from 'node:stream'
import axios, { type AxiosInstance, isAxiosError } from 'axios'
import { z } from 'zod'
import { refusalOf, SignalError } from './refusal.ts'
import { type Sent, sentIn } from './sent.ts'

/** Where the API is, and the hub's number in E.164. */
export type SignalSettings = { readonly apiUrl: string; readonly number: string }

/** How long requests may take, in ms: those that only look, those that send, and the silence within a file. */
export type Waits = { readonly look: number; readonly send: number; readonly file: number }

/** A message as `/v2/send` takes it, without the number. */
export type Letter = {
  readonly recipients: readonly [string]
  readonly message: string
  readonly text_mode: 'styled'
  readonly notify_self: false
  readonly quote_timestamp?: number
  readonly quote_author?: string
  readonly quote_message?: string
  readonly edit_timestamp?: number
  readonly base64_attachments?: readonly [string]
}

const about = z.object({ mode: z.string().catch(''), version: z.string().catch('') })
const group = z.object({
  id: z.string(),
  name: z.string().nullish(),
  member: z.boolean().nullish(),
  blocked: z.boolean().nullish(),
})
const identity = z.object({
  number: z.string().nullish(),
  uuid: z.string().nullish(),
  status: z.string(),
  added: z.string().nullish(),
  safety_number: z.string().nullish(),
})
const contact = z.object({
  profile_name: z.string().nullish(),
  profile: z.object({ given_name: z.string().nullish() }).nullish(),
})

/** What the API says of itself; `mode` is normal, native or json-rpc. */
export type About = z.infer<typeof about>
/** A group that the hub knows of. */
export type Group = z.infer<typeof group>
/** The key of somebody the hub has written with. */
export type Identity = z.infer<typeof identity>

/** The API, asked over HTTP. Every call ends within its time and rejects with a SignalError. */
export type Client = ReturnType<typeof createClient>

const usual: Waits = { look: 30_000, send: 60_000, file: 30_000 }
const largest = 32 * 1024 * 1024

/** Makes a client; the API has no log-in, so there is nothing to open. */
export function createClient({ apiUrl, number }: SignalSettings, waits: Waits = usual) {
  const http = axios.create({
    baseURL: apiUrl.replace(/\/+$/, ''),
    maxBodyLength: largest,
    maxContentLength: largest,
    maxRedirects: 0,
    validateStatus: () => true,
    proxy: false,
    // On a kept connection that has died meanwhile nobody could tell whether a message went out.
    httpAgent: new Agent({ keepAlive: false }),
    httpsAgent: new SecureAgent({ keepAlive: false }),
    // Some answers are no JSON although they say so: what cannot be read is left as text.
    transitional: { silentJSONParsing: true, forcedJSONParsing: true, clarifyTimeoutError: true },
  })
  const own = encodeURIComponent(number)
  const ask = (request: Request) => answerOf(http, request)
  const look = (url: string, signal?: AbortSignal) =>
    ask({ method: 'GET', url, timeout: waits.look, ...(signal ? { signal } : {}) })
  const act = (method: Request['method'], url: string, data?: object) =>
    ask({ method, url, timeout: waits.send, ...(data ? { data } : {}) })

  return {
    about: async (signal?: AbortSignal): Promise<About> => read(about, await look('/v1/about', signal)),
    accounts: async (signal?: AbortSignal): Promise<readonly string[]> =>
      read(z.array(z.string()), await look('/v1/accounts', signal)),
    groups: async (): Promise<readonly Group[]> =>
      read(z.array(group).nullable(), await look(`/v1/groups/${own}`)) ?? [],
    identities: async (): Promise<readonly Identity[]> =>
      read(z.array(identity).nullable(), await look(`/v1/identities/${own}`)) ?? [],
    trust: async (who: string, safetyNumber: string): Promise<void> => {
      const data = { verified_safety_number: safetyNumber }
      await act('PUT', `/v1/identities/${own}/trust/${encodeURIComponent(who)}`, data)
    },
    /** The name that an account shows, or '' where it has none. */
    profileName: async (uuid: string): Promise<string> => {
      const found = read(contact.nullable(), await look(`/v1/contacts/${own}/${encodeURIComponent(uuid)}`))
      return found?.profile_name || found?.profile?.given_name || ''
    },
    setProfileName: async (name: string): Promise<void> => {
      await act('PUT', `/v1/profiles/${own}`, { name })
    },
    solveChallenge: async (token: string, captcha: string): Promise<void> => {
      const data = { challenge_token: token, captcha }
      await act('POST', `/v1/accounts/${own}/rate-limit-challenge`, data)
    },
    send: async (letter: Letter): Promise<Sent> => sentIn(await act('POST', '/v2/send', { number, ...letter })),
    remoteDelete: async (recipient: string, timestamp: number): Promise<void> => {
      await act('DELETE', `/v1/remote-delete/${own}`, { recipient, timestamp })
    },
    react: async (recipient: string, author: string, timestamp: number, reaction: string): Promise<void> => {
      await act('POST', `/v1/reactions/${own}`, { recipient, target_author: author, timestamp, reaction })
    },
    /** Waits up to that many seconds for frames, each as the socket would give it. */
    receive: async (seconds: number, signal: AbortSignal): Promise<readonly string[]> => {
      const url = `/v1/receive/${own}?timeout=${seconds}&max_messages=100`
      // A Java machine is started for every call, which takes up to half a minute.
      const timeout = seconds * 1000 + waits.send
      const frames = read(z.array(z.unknown()).nullable(), await ask({ method: 'GET', url, timeout, signal }))
      return (frames ?? []).map(frame => JSON.stringify(frame))
    },
    /** Opens a stored file. */
    file: async (
      id: string,
      signal: AbortSignal,
    ): Promise<{ readonly size: number | null; readonly body: Readable }> => {
      const url = `/v1/attachments/${encodeURIComponent(id)}`
      const { data, headers } = await answered(http, { method: 'GET', url, timeout: waits.file, signal }, 'stream')
      const size = Number(headers['content-length'] ?? Number.NaN)
      return { size: Number.isFinite(size) ? size : null, body: data as Readable }
    },
    forget: async (id: string): Promise<void> => {
      await act('DELETE', `/v1/attachments/${encodeURIComponent(id)}`)
    },
  }
}

type Request = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly url: string
  readonly timeout: number
  readonly data?: object
  readonly signal?: AbortSignal
}

async function answerOf(http: AxiosInstance, request: Request): Promise<unknown> {
  return (await answered(http, request, 'json')).data
}

/** Asks once; what is no success rejects with what it means. */
async function answered(http: AxiosInstance, request: Request, responseType: 'json' | 'stream') {
  // The axios time-out covers the answer, this one also the connecting.
  const late = AbortSignal.timeout(request.timeout + 1000)
  const signal =
    responseType === 'stream' || !request.signal ? (request.signal ?? late) : AbortSignal.any([request.signal, late])
  const response = await http.request({ ...request, responseType, signal }).catch(error => {
    throw lost(error)
  })
  const { status } = response
  if (status >= 200 && status < 300) return response
  if (responseType === 'stream') {
    ;(response.data as Readable).destroy()
    throw new SignalError(
      status >= 500 ? { type: 'down', sure: false, reason: `status ${status}` } : { type: 'refused', status },
    )
  }
  throw new SignalError(refusalOf(status, response.data))
}

const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ERR_INVALID_URL'])

function lost(error: unknown): SignalError {
  const code = isAxiosError(error) ? (error.code ?? '') : ''
  return new SignalError({ type: 'down', sure: neverSent.has(code), reason: code || 'no answer' }, { cause: error })
}

function read<T extends z.ZodType>(shape: T, data: unknown): z.infer<T> {
  const parsed = shape.safeParse(data)
  if (parsed.success) return parsed.data
  throw new SignalError({ type: 'down', sure: false, reason: 'an answer that cannot be read' })
}

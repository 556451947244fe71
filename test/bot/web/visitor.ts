import { request } from 'node:http'

/** What a browser got. */
export type Got = {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Buffer
  readonly text: string
}

type Extra = Readonly<Record<string, string>>

/** A browser as a server sees it: its own cookies, the headers that say how it came, and redirects followed. */
export function visitor() {
  const jar = new Map<string, { name: string; value: string }>()

  async function ask(url: string, method: string, extra: Extra, body = ''): Promise<Got> {
    const { pathname, origin } = new URL(url)
    const own = [...jar].filter(([path]) => pathname === path || pathname.startsWith(`${path}/`))
    const cookie = own.map(([, { name, value }]) => `${name}=${value}`).join('; ')
    const got = await send(url, method, { ...(cookie ? { cookie } : {}), ...extra }, body)
    for (const line of got.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      jar.set(/path=([^;]+)/i.exec(line)?.[1] ?? '/', { name, value })
    }
    const next = got.headers.get('location')
    if (got.status === 303 && next)
      return ask(new URL(next, origin).href, 'GET', { ...visitor.headers, 'sec-fetch-site': 'same-origin' })
    return got
  }

  return {
    /** Asks as a program does. */
    get: (url: string, extra: Extra = {}) => ask(url, 'GET', extra),
    /** Asks for no more than the head of the answer. */
    head: (url: string, extra: Extra = {}) => ask(url, 'HEAD', extra),
    /** Goes there as a person does. */
    visit: (url: string, extra: Extra = {}) => ask(url, 'GET', { ...visitor.headers, ...extra }),
    /** Sends a form of the hub's own page; `modern` browsers say so. */
    post: (url: string, values: Extra = {}, extra: Extra = {}, modern = true) => {
      const form = new URLSearchParams(values).toString()
      const own: Record<string, string> = modern ? { origin: 'null', 'sec-fetch-site': 'same-origin' } : {}
      return ask(url, 'POST', { ...own, 'content-type': 'application/x-www-form-urlencoded', ...extra }, form)
    },
  }
}

/** How a browser says that somebody went there themselves. */
visitor.headers = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', 'sec-fetch-site': 'none' } as const

function send(url: string, method: string, headers: Extra, body: string): Promise<Got> {
  return new Promise((done, fail) => {
    const sent = request(url, { method, headers, agent: false }, answer => {
      const pieces: Buffer[] = []
      answer.on('data', piece => pieces.push(piece))
      answer.on('end', () => {
        const bytes = Buffer.concat(pieces)
        const got = new Headers()
        for (const [name, value] of Object.entries(answer.headersDistinct))
          for (const one of value ?? []) got.append(name, one)
        done({ status: answer.statusCode ?? 0, headers: got, bytes, text: bytes.toString('utf8') })
      })
    })
    sent.on('error', fail)
    sent.end(body)
  })
}

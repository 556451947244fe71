import { readAddress, siteOf } from './link/site.ts'
import type { Span } from './mask/span.ts'

/** An address on the internet that somebody wrote, and what it tells by itself; nothing is ever fetched for it. */
export type Link = {
  /** Whole, with its scheme. */
  readonly url: string
  /** The name of a known site (X, Facebook), else the host. */
  readonly site: string
  /** True if the site is one that is known, so that its name tells nothing about a person. */
  readonly known: boolean
  readonly account: string | null
  readonly post: string | null
  /** The same for every way to write the same address: without scheme, mobile hosts, tracking and order. */
  readonly original: string
}

/** The addresses in a text in the order they stand there, each original once; takes time in proportion to the text. */
export function linksIn(text: string): readonly Link[] {
  const found = new Map<string, Link>()
  for (const { link } of linkSpans(text)) if (!found.has(link.original)) found.set(link.original, link)
  return [...found.values()]
}

/** Where addresses stand in a text, with what they tell. */
export function linkSpans(text: string): readonly (Span & { readonly link: Link })[] {
  // Most of what people write has neither a scheme nor a dot between letters.
  if (!/\p{L}(?:\.|\[\.\])\p{L}|:\/\//u.test(text)) return []
  return [...text.matchAll(candidate)].flatMap(match => {
    const typed = trimmed(match[0])
    const link = readLink(typed)
    return link ? [{ start: match.index, end: match.index + typed.length, link }] : []
  })
}

const dot = String.raw`(?:\.|\[\.\])`
const label = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})`
const rest = String.raw`[^\s<>"“”«»\p{Cc}]{0,2000}`
// A dot without a space after it is a slip of the thumb more often than an address, so a bare name must end like one.
const endings = 'com|org|net|edu|gov|mil|info|news|social|tv|me|be|us|mx|ly|gg|co|io|app|it|watch|ca|uk|pro|chat|am|dog'
const plain = new Set(['com', 'org', 'net', 'edu', 'gov', 'mil'])
const candidate = new RegExp(
  String.raw`(?<![\p{L}\p{N}@._/-])(?:h(?:tt|xx)ps?:\/\/${rest}|www\.${rest}|` +
    String.raw`(?:${label}${dot}){1,8}(?:${endings})(?![\p{L}\p{N}@-]|\.[\p{L}\p{N}])(?::\d{1,5})?(?:[/?#]${rest})?)`,
  'giu',
)

// What closes a sentence or a bracket around the address is not part of it.
function trimmed(text: string): string {
  let end = text.length
  for (;;) {
    const last = text[end - 1] ?? ''
    const inside = text.slice(0, end)
    if (/[.,;:!?'’*|…]/.test(last)) end -= 1
    else if (last === ')' && count(inside, ')') > count(inside, '(')) end -= 1
    else if (last === ']' && count(inside, ']') > count(inside, '[')) end -= 1
    else return inside
  }
}

function count(text: string, sign: string): number {
  return text.split(sign).length - 1
}

function readLink(typed: string): Link | null {
  const whole = typed.replaceAll('[.]', '.').replace(/^hxxp/i, 'http')
  const bare = !/^https?:\/\//i.test(whole)
  const url = parsed(bare ? `https://${whole}` : whole)
  if (!url?.hostname.includes('.') || url.hostname.length > 253) return null
  const host = url.hostname.replace(/\.$/, '')
  const ending = host.split('.').at(-1) ?? ''
  const site = siteOf(host)
  const hasPath = url.pathname !== '/' || url.search !== ''
  if (bare && !/^www\./i.test(whole) && !hasPath && !plain.has(ending)) return null
  const { account, post } = site ? readAddress(site, url) : { account: null, post: null }
  return {
    url: url.href,
    site: site?.name ?? host.replace(/^www\./, ''),
    known: site !== null,
    account,
    post,
    original:
      site && post
        ? [site.key, ...(site.local && account ? [account.toLowerCase()] : []), post].join(':')
        : originalOf(url, site?.key ?? null),
  }
}

function parsed(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null
  // Nobody's password belongs in a record.
  if (url) [url.username, url.password] = ['', '']
  return url
}

// What sites add to find out who passed a link on, and how it was to be shown.
const followers =
  'utm_|fbclid|gclid|dclid|msclkid|twclid|ttclid|igsh|igshid|mibextid|mc_|ref_|referrer|refid|trk|rcm$|__'
const manners = 'feature|share|_r$|_t$|_rdr|is_from|is_copy|sender_|smid|cmpid|spm|hl$|lang$|locale|context$|rdid|sfnsn'
const short = 'ref$|source$|src$|si$|s$|t$|paipv|eav|app$|pp$'
const tracking = new RegExp(`^(?:${followers}|${manners}|${short})`, 'i')

function originalOf(url: URL, key: string | null): string {
  const host = key ?? url.hostname.replace(/^(?:www|m|mobile|amp|old)\./, '').replace(/\.$/, '')
  const kept = [...url.searchParams].filter(([name]) => !tracking.test(name)).toSorted()
  const query = kept.map(([name, value]) => `${name}=${value}`).join('&')
  return `${host}${url.pathname.replace(/\/+$/, '')}${query === '' ? '' : `?${query}`}`
}

/** What a path or a query of a site says: the account that speaks there and the post. */
export type Said = { readonly account: string | null; readonly post: string | null }

/** A site whose addresses tell who posted what; `key` is short and never changes. */
export type Site = {
  readonly key: string
  readonly name: string
  readonly hosts: readonly string[]
  /** Tried in order on the path without its first slash; the groups are named `account` and `post`. */
  readonly paths: readonly RegExp[]
  /** Posts are numbered anew for each account. */
  readonly local?: true
  /** Where the query names the account and the post. */
  readonly query?: Partial<Record<'account' | 'post', readonly string[]>>
}

/** The site with that host (lower case), or null if it is none that is known. */
export function siteOf(host: string): Site | null {
  return byHost.get(host) ?? byHost.get(host.replace(/^(?:www|m|mobile|web|old|new|touch|amp|mbasic)\./, '')) ?? null
}

/** Who posted what there, as far as the address tells. */
export function readAddress({ paths, query = {} }: Site, url: URL): Said {
  const path = decoded(url.pathname).replace(/^\/+|\/+$/g, '')
  const found = paths.map(pattern => pattern.exec(path)?.groups).find(groups => groups !== undefined)
  const asked = (names: readonly string[] = []) => names.map(name => url.searchParams.get(name)).find(Boolean)
  return { account: found?.account ?? asked(query.account) ?? null, post: found?.post ?? asked(query.post) ?? null }
}

const id = '(?<post>[\\w-]+)'
const name = '(?<account>[\\p{L}\\p{N}_.-]+)'
const path = (...parts: readonly string[]) => parts.map(part => new RegExp(`^${part}(?:/|$)`, 'iu'))

/** Paths that belong to the site itself and name nobody. */
const own = '(?!(?:i|home|search|explore|hashtag|watch|share|login|reel|reels|p|groups|events|about)(?:/|$))'

const sites: readonly Site[] = [
  {
    key: 'x',
    name: 'X',
    hosts: ['x.com', 'twitter.com', 'fxtwitter.com', 'vxtwitter.com', 'fixupx.com'],
    paths: path(
      `i/(?:web/)?status/${id}`,
      `${own}@?${name}/status(?:es)?/${id}`,
      `i/broadcasts/${id}`,
      `${own}@?${name}`,
    ),
  },
  {
    key: 'facebook',
    name: 'Facebook',
    hosts: ['facebook.com', 'fb.com', 'fb.watch', 'fb.me'],
    paths: path(
      `groups/${name}/(?:posts|permalink)/${id}`,
      `groups/${name}`,
      `(?:reel|events|share/[a-z]|watch/live)/${id}`,
      `${own}${name}/(?:posts|videos|photos|reels?)/(?:[^/]+/)?${id}`,
      `(?!(?:permalink|photo|story|profile|watch|share|groups|reel|events|hashtag)(?:\\.php)?(?:/|$))${name}`,
    ),
    query: { post: ['story_fbid', 'fbid', 'v'], account: ['id'] },
  },
  {
    key: 'instagram',
    name: 'Instagram',
    hosts: ['instagram.com', 'instagr.am'],
    paths: path(
      `stories/${name}/${id}`,
      `(?:p|reels?|tv)/${id}`,
      `${own}${name}/(?:p|reel)/${id}`,
      `share/(?:[a-z]+/)?${id}`,
      `${own}${name}`,
    ),
  },
  {
    key: 'tiktok',
    name: 'TikTok',
    hosts: ['tiktok.com', 'vm.tiktok.com', 'vt.tiktok.com'],
    paths: path(`@${name}/(?:video|photo|live)/${id}`, `@${name}`, `(?:t|v)/${id}`, id),
  },
  {
    key: 'youtube',
    name: 'YouTube',
    hosts: ['youtube.com', 'youtu.be', 'music.youtube.com', 'youtube-nocookie.com'],
    paths: path(`(?:shorts|live|embed|v)/${id}`, `@${name}`, `(?:channel|c|user)/${name}`, '(?<post>[\\w-]{11})'),
    query: { post: ['v'] },
  },
  {
    key: 'telegram',
    local: true,
    name: 'Telegram',
    hosts: ['t.me', 'telegram.me', 'telegram.dog'],
    paths: path(
      `(?:s/)?c/${name}/${id}`,
      `(?:s/)?${name}/(?<post>\\d+)`,
      '(?:joinchat/|\\+)(?<post>[\\w-]+)',
      `(?:s/)?${name}`,
    ),
  },
  {
    key: 'reddit',
    name: 'Reddit',
    hosts: ['reddit.com', 'redd.it', 'np.reddit.com'],
    paths: path(
      `(?<account>(?:r|u|user)/[\\w-]+)/(?:comments|s)/${id}`,
      `comments/${id}`,
      '(?<account>(?:r|u|user)/[\\w-]+)',
      '(?<post>[a-z0-9]{5,8})',
    ),
  },
  {
    key: 'truth',
    name: 'Truth Social',
    hosts: ['truthsocial.com'],
    paths: path(`@${name}/(?:posts/)?(?<post>\\d+)`, `@${name}`, `group/${name}`),
  },
  {
    key: 'threads',
    name: 'Threads',
    hosts: ['threads.net', 'threads.com'],
    paths: path(`@${name}/post/${id}`, `@${name}`, `t/${id}`),
  },
  {
    key: 'bluesky',
    name: 'Bluesky',
    hosts: ['bsky.app'],
    paths: path(`profile/${name}/post/${id}`, `profile/${name}`),
  },
  {
    key: 'gab',
    name: 'Gab',
    hosts: ['gab.com'],
    paths: path(`${name}/posts/${id}`, `groups/${name}`, name),
  },
  {
    key: 'gettr',
    name: 'Gettr',
    hosts: ['gettr.com'],
    paths: path(`post/${id}`, `user/${name}`),
  },
  {
    key: 'rumble',
    name: 'Rumble',
    hosts: ['rumble.com'],
    paths: path(`(?:c|user)/${name}`, '(?<post>v[a-z0-9]+)(?:-[^/]*)?(?:\\.html)?', `embed/${id}`),
  },
  {
    key: 'discord',
    name: 'Discord',
    hosts: ['discord.com', 'discord.gg', 'discordapp.com'],
    paths: path(`channels/${name}/\\d+/${id}`, `invite/${id}`, id),
  },
  {
    key: 'whatsapp',
    name: 'WhatsApp',
    hosts: ['whatsapp.com', 'chat.whatsapp.com', 'wa.me'],
    paths: path(`channel/${name}/${id}`, `channel/${name}`, `invite/${id}`, id),
  },
  { key: 'nextdoor', name: 'Nextdoor', hosts: ['nextdoor.com'], paths: path(`p/${id}`, `profile/${name}`) },
  {
    key: 'linkedin',
    name: 'LinkedIn',
    hosts: ['linkedin.com'],
    paths: path(`in/${name}`, `company/${name}`, 'feed/update/(?<post>[\\w:-]+)', `posts/${id}`),
  },
  { key: 'snapchat', name: 'Snapchat', hosts: ['snapchat.com'], paths: path(`(?:add|@)/?${name}`, `spotlight/${id}`) },
  {
    key: '4chan',
    local: true,
    name: '4chan',
    hosts: ['boards.4chan.org', '4chan.org'],
    paths: path(`${name}/thread/${id}`),
  },
]

const byHost = new Map(sites.flatMap(site => site.hosts.map(host => [host, site] as const)))

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

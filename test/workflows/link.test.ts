import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linkSpans, linksIn } from '../../workflows/link.ts'
import { effort } from '../effort.ts'

const originals = (text: string) => linksIn(text).map(link => link.original)

const told: [string, string, string | null, string | null][] = [
  ['https://x.com/some_one/status/1790?s=20', 'X', 'some_one', '1790'],
  ['https://mobile.twitter.com/i/web/status/1790', 'X', null, '1790'],
  ['https://www.facebook.com/groups/az.patriots/posts/99887/?mibextid=xx', 'Facebook', 'az.patriots', '99887'],
  ['https://m.facebook.com/permalink.php?story_fbid=12&id=34', 'Facebook', '34', '12'],
  ['facebook.com/some.person', 'Facebook', 'some.person', null],
  ['https://www.instagram.com/reel/Cabc_1/?igsh=xx', 'Instagram', null, 'Cabc_1'],
  ['tiktok.com/@bad.actor/video/777', 'TikTok', 'bad.actor', '777'],
  ['youtu.be/dQw4w9WgXcQ?si=abc', 'YouTube', null, 'dQw4w9WgXcQ'],
  ['https://www.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ', 'YouTube', null, 'dQw4w9WgXcQ'],
  ['https://t.me/s/azgroup/123', 'Telegram', 'azgroup', '123'],
  ['https://old.reddit.com/r/arizona/comments/abc12/title/', 'Reddit', 'r/arizona', 'abc12'],
  ['https://truthsocial.com/@someone/posts/11', 'Truth Social', 'someone', '11'],
  ['https://bsky.app/profile/a.bsky.social/post/3k', 'Bluesky', 'a.bsky.social', '3k'],
  ['https://www.azcentral.com/story/2026/1', 'azcentral.com', null, null],
]

const same: [string, string][] = [
  ['https://x.com/a/status/5?s=20&t=q', 'twitter.com/other/status/5'],
  ['https://youtu.be/dQw4w9WgXcQ?si=1', 'https://m.youtube.com/watch?v=dQw4w9WgXcQ&t=10'],
  ['https://t.me/s/azgroup/123', 't.me/AzGroup/123?single'],
  ['https://www.example.org/a/?utm_source=x&b=2&a=1#top', 'http://example.org/a?a=1&b=2&fbclid=zz'],
]

const none = [
  'they left at 7.30pm.so we went home',
  'Mr.Smith and/or St.Louis, a.m./p.m.',
  'write ana@example.com',
  'yes.me too',
  'version 1.2.3.4',
  'https://',
  'http://localhost/admin',
]

describe('the links in what people write', () => {
  it.each(told)('%s tells the site, the account and the post', (text, site, account, post) => {
    expect(linksIn(`See ${text}, please.`)).toMatchObject([{ site, account, post }])
  })

  it.each(same)('%s and %s are one original', (one, other) => {
    expect(originals(`${one} ${other}`)).toHaveLength(1)
  })

  it('posts of two channels with the same number are two', () => {
    expect(originals('t.me/one/5 t.me/two/5')).toHaveLength(2)
  })

  it.each(none)('“%s” has none', text => {
    expect(linksIn(text)).toEqual([])
  })

  it('ends an address where the sentence or the bracket around it ends', () => {
    expect(linksIn('(https://example.org/a_(b)). “https://example.org/c”!').map(link => link.url)).toEqual([
      'https://example.org/a_(b)',
      'https://example.org/c',
    ])
  })

  it('reads addresses that were made harmless, and keeps no password', () => {
    expect(linksIn('hxxps://bad[.]example[.]com/p https://me:secret@example.org/x').map(link => link.url)).toEqual([
      'https://bad.example.com/p',
      'https://example.org/x',
    ])
  })

  it('takes any text, in time that grows with it, and says where each stands', () => {
    const piece = fc.constantFrom('a.', 'www.', 'http://', 'x.com/', '(', ')', '[.]', '-', '@', '%E0', ' ', 'é', '🕊')
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.array(piece, { maxLength: 1500 }).map(pieces => pieces.join('')),
    )
    fc.assert(
      fc.property(text, typed => {
        const spans = linkSpans(typed)
        expect(effort(() => linkSpans(typed))).toBeLessThan(1000)
        for (const { start, end, link } of spans) {
          expect(typed.slice(start, end)).not.toMatch(/\s/)
          expect(URL.canParse(link.url)).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })
})

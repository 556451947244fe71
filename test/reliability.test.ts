import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const page = readFileSync('docs/reliability.md', 'utf8')
const named = (text: string) => [...text.matchAll(/`(test\/[^`]+\.ts)`/g)].map(([, path]) => path as string)

describe('the page of what is promised', () => {
  test('names a test for each promise', () => {
    const rows = page.split('\n').filter(line => /^\| (?!---|What)/.test(line))
    expect(rows.length).toBeGreaterThan(20)
    expect(rows.filter(row => named(row).length === 0)).toEqual([])
  })

  test('names only tests that there are, and each chat tool says what cannot be', () => {
    expect(named(page).filter(path => !existsSync(path))).toEqual([])
    for (const tool of ['Slack', 'Discord', 'Signal']) {
      const part = page.split(`\n## ${tool}\n`)[1]?.split('\n## ')[0] ?? ''
      expect(part, tool).toContain('*What cannot be.*')
    }
  })
})

import { fold } from '../words.ts'

/** True if the words hold a run of seven words or more of that post, as they would if they told it again. */
export function carriesPost(words: string, post: string): boolean {
  const runs = runsOf(post)
  return runs.size > 0 && [...runsOf(words)].some(run => runs.has(run))
}

const length = 7

function runsOf(text: string): ReadonlySet<string> {
  const words = fold(text).match(/[\p{L}\p{N}]+/gu) ?? []
  const runs = new Set<string>()
  for (let start = 0; start + length <= words.length; start++) runs.add(words.slice(start, start + length).join(' '))
  return runs
}

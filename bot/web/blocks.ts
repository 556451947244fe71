import type { Line } from '../../workflows/view.ts'

/** Lines one by one, but for items that follow each other: they are one list. */
export function blocksOf(lines: readonly Line[]): readonly (readonly Line[])[] {
  return lines.reduce<Line[][]>((all, line) => {
    const last = all.at(-1)
    if (line.type === 'item' && last?.[0]?.type === 'item') last.push(line)
    else all.push([line])
    return all
  }, [])
}
